/**
 * Serves `/openapi/v2`, `/openapi/v3` and `/openapi/v3/<group version>`. Documents are large and seldom asked for: each is made
 * when it first is, and kept as bytes. What other servers serve is in the index and in version 2; their documents of version 3 they
 * answer themselves.
 */
import type { DelegatedSchema, DelegatedSchemas } from '../aggregation/delegation.ts';
import { jsonResponse, textResponse } from '../http/answers.ts';
import type { PathRequest, PathRoute } from '../http/path-routes.ts';
import { sha256 } from '../discovery/sha256.ts';
import type { ApiResponse } from '../request/request.ts';
import { encodeJson } from '@navarch/codec/json';
import { errorText, type Log } from '@navarch/runtime/log';
import { type Json, mergeV2 } from './merge.ts';

/** Where the documents come from. */
export interface OpenApiSource {
  /** Differs whenever the document at the path (`v2`, or one of `v3Paths`) may: with what is served, and between versions of the server. */
  fingerprint(path: string): string;
  v2(): Promise<Json>;
  /** The documents of version 3, by path: `api/v1`, `apis/apps/v1`. */
  v3Paths(): readonly string[];
  v3(path: string): Promise<object>;
}

const jsonTypes = ['application/json', 'application/*', '*/*'];
/** The media type of the document in protobuf; client-go asks for it by an older name. */
const protobufType = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';
const protobufNames = [protobufType, 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf'];
/** A URL with its document's hash always gives the same: clients may keep it for good. */
const immutable = 'public, immutable, max-age=31536000';

/** Upstream never says what the index is. */
const indexHeaders = { 'content-type': 'text/plain; charset=utf-8' };

const utf8 = new TextEncoder();

interface Document {
  readonly fingerprint: string;
  readonly bytes: Promise<Uint8Array>;
}

export class OpenApi {
  readonly #source: OpenApiSource;
  readonly #delegated: () => DelegatedSchemas;
  readonly #log: Pick<Log, 'warn'> | undefined;
  /** By path; a promise, so that two who ask at once share the work. */
  #documents = new Map<string, Document>();

  constructor(
    source: OpenApiSource,
    delegated: () => DelegatedSchemas = () => nothing,
    log?: Pick<Log, 'warn'>,
  ) {
    this.#source = source;
    this.#delegated = delegated;
    this.#log = log;
  }

  routes(): readonly PathRoute[] {
    return [
      {
        path: '/openapi/v2',
        covers: 'exact',
        methods: 'any',
        answer: (asked) => this.#answerV2(asked),
      },
      {
        path: '/openapi/v3',
        covers: 'tree',
        methods: 'any',
        answer: (asked) => this.#answerV3(asked),
      },
    ];
  }

  async #answerV2({ request }: PathRequest): Promise<ApiResponse> {
    const known = request.headers['if-none-match'];
    const { accept } = request.headers;
    if (acceptsOneOf(accept, protobufNames)) {
      const bytes = await this.#document('v2 protobuf', async () =>
        protobufBytes(await this.#v2()),
      );
      return tagged(this.#hashOf('v2 protobuf'), known, bytes, protobufType);
    }
    if (!acceptsJson(accept)) return notAcceptable;
    const bytes = await this.#document('v2', async () => jsonBytes(await this.#v2()));
    return tagged(this.#hashOf('v2'), known, bytes, 'application/json');
  }

  async #answerV3({ request, path }: PathRequest): Promise<ApiResponse> {
    const name = path.slice('/openapi/v3/'.length).replace(/\/$/, '');
    if (name === '') return jsonResponse(this.#index(), indexHeaders);
    if (!this.#isHere(name)) return notFound;
    if (!acceptsJson(request.headers['accept'])) return notAcceptable;
    const hash = this.#hashOf(name);
    const asked = new URLSearchParams(request.query).get('hash');
    if (asked !== null && asked !== hash) {
      return textResponse(301, '', { location: `${path}?hash=${hash}` });
    }
    const bytes = await this.#document(name, async () => jsonBytes(await this.#v3(name)));
    const response = tagged(hash, request.headers['if-none-match'], bytes, 'application/json');
    if (asked === null) return response;
    return { ...response, headers: { ...response.headers, 'cache-control': immutable } };
  }

  async #v2(): Promise<Json> {
    const others = this.#delegated().v2;
    let merged = await this.#source.v2();
    for (const other of others) {
      try {
        merged = mergeV2(merged, [other.read()]);
      } catch (error) {
        // What nobody can make sense of costs only its own group.
        this.#log?.warn('another server is not in OpenAPI v2: its document makes no sense', {
          document: other.tag,
          error: errorText(error),
        });
      }
    }
    return merged;
  }

  async #v3(path: string): Promise<object> {
    const converted = this.#converted(path);
    if (!converted) return this.#source.v3(path);
    const { toV3 } = await import('./convert.ts');
    return toV3(converted.read());
  }

  #isHere(path: string): boolean {
    return this.#source.v3Paths().includes(path) || this.#converted(path) !== undefined;
  }

  /** What is served here has precedence. */
  #converted(path: string): Extract<DelegatedSchema, { kind: 'converted' }> | undefined {
    const schema = this.#delegated().v3.get(path);
    if (schema?.kind !== 'converted') return undefined;
    return this.#source.v3Paths().includes(path) ? undefined : schema;
  }

  #index(): object {
    const urls = new Map<string, string>();
    const own = (path: string): string => `/openapi/v3/${path}?hash=${this.#hashOf(path)}`;
    for (const [path, schema] of this.#delegated().v3) {
      urls.set(path, schema.kind === 'elsewhere' ? schema.url : own(path));
    }
    for (const path of this.#source.v3Paths()) urls.set(path, own(path));
    const entries = [...urls].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return {
      paths: Object.fromEntries(entries.map(([path, url]) => [path, { serverRelativeURL: url }])),
    };
  }

  /** Of what the document is made from, not of the document: an index must not cost all documents. */
  #hashOf(path: string): string {
    const digest = sha256(utf8.encode(`${this.#fingerprint(path)} ${path}`));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0'))
      .join('')
      .toUpperCase();
  }

  #fingerprint(path: string): string {
    const converted = this.#converted(path);
    const own = this.#source.fingerprint(path);
    if (converted) return `${own} ${converted.tag}`;
    const others = path.startsWith('v2') ? this.#delegated().v2.map(({ tag }) => tag) : [];
    return [own, ...others].join(' ');
  }

  #document(path: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const fingerprint = this.#fingerprint(path);
    const known = this.#documents.get(path);
    if (known?.fingerprint === fingerprint) return known.bytes;
    const document = { fingerprint, bytes: make() };
    this.#documents.set(path, document);
    document.bytes.catch(() => {
      if (this.#documents.get(path) === document) this.#documents.delete(path);
    });
    return document.bytes;
  }
}

const nothing: DelegatedSchemas = { v2: [], v3: new Map() };
const notFound: ApiResponse = { status: 404, headers: {}, body: { kind: 'none' } };
const notAcceptable: ApiResponse = { status: 406, headers: {}, body: { kind: 'none' } };

/** Loaded when asked for: many servers never are. */
async function protobufBytes(document: object): Promise<Uint8Array> {
  const { openApiProtobuf } = await import('./protobuf.ts');
  return openApiProtobuf(document);
}

function jsonBytes(document: object): Uint8Array {
  return utf8.encode(encodeJson(document));
}

function acceptsJson(accept: string | undefined): boolean {
  return accept === undefined || accept === '' || acceptsOneOf(accept, jsonTypes);
}

function acceptsOneOf(accept: string | undefined, types: readonly string[]): boolean {
  const ranges = accept?.split(',') ?? [];
  return ranges.some((range) => types.includes(range.split(';')[0]?.trim() ?? ''));
}

function tagged(
  hash: string,
  known: string | undefined,
  bytes: Uint8Array,
  type: string,
): ApiResponse {
  const headers = { etag: `"${hash}"`, vary: 'Accept' };
  if (known === headers.etag) return { status: 304, headers, body: { kind: 'none' } };
  return {
    status: 200,
    headers: { ...headers, 'content-type': type },
    body: { kind: 'bytes', bytes },
  };
}
