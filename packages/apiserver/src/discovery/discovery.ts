/** Serves `/api`, `/apis` and what is directly below: which groups, versions and resources there are. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { structOf } from '@navarch/api/schema/registry';
import type { JsonObject } from '@navarch/api/types/scalars';
import { genericServerResponse, notAcceptable } from '@navarch/api/status';
import type { DelegatedVersion } from '../aggregation/delegation.ts';
import { checkAccepts } from '../endpoints/acceptable.ts';
import { answerObject, Warnings } from '../endpoints/answer.ts';
import { notFoundPage } from '../http/answers.ts';
import type { PathRequest, PathRoute } from '../http/path-routes.ts';
import { encodedValue } from '../registry/view.ts';
import type { ApiRequest, ApiResponse, Encoded } from '../request/request.ts';
import { chooseForm, type DocumentForm, discoveryMediaTypes, protobufType } from './accept.ts';
import { aggregated, coreVersions, groupDocument, groupList, resourceList } from './documents.ts';
import { arrange, type Priorities, type ServedGroup } from './groups.ts';
import { sha256 } from './sha256.ts';

export interface DiscoveryOptions {
  /** What is served now. The same array as long as nothing changed. */
  readonly definitions: () => readonly ResourceDefinition[];
  readonly priorities: Priorities;
  /** What other servers serve. The same array as long as nothing changed. */
  readonly delegated?: () => readonly DelegatedVersion[];
  /** `host:port` of this server. */
  readonly serverAddress: () => string;
}

const none: readonly DelegatedVersion[] = [];

export class Discovery {
  readonly #options: DiscoveryOptions;
  #definitions: readonly ResourceDefinition[] | undefined;
  #delegated: readonly DelegatedVersion[] = none;
  #groups: readonly ServedGroup[] = [];
  /** Documents of the current definitions, by path and form. */
  #documents = new Map<string, Encoded>();
  #tags = new WeakMap<Encoded, string>();

  constructor(options: DiscoveryOptions) {
    this.#options = options;
  }

  routes(): readonly PathRoute[] {
    return [
      { path: '/api', covers: 'tree', methods: 'get', answer: (asked) => this.#answerCore(asked) },
      {
        path: '/apis',
        covers: 'tree',
        methods: 'any',
        answer: (asked) => this.#answerNamed(asked),
      },
    ];
  }

  /** Every path that has a document, for the index page. */
  paths(): readonly string[] {
    return this.#served().flatMap(({ name, versions }) =>
      name === ''
        ? versions.map(({ version }) => `/api/${version}`)
        : [`/apis/${name}`, ...versions.map(({ version }) => `/apis/${name}/${version}`)],
    );
  }

  /** For resource paths that nothing serves: groups that do not exist are pages that do not exist. */
  unknownResource(group: string): ApiResponse {
    if (this.#hasOwnPaths(group)) throw genericServerResponse({ code: 404 });
    return notFoundPage;
  }

  /** Groups of custom kinds alone have no paths of their own: what is not one of theirs is nowhere. */
  #hasOwnPaths(group: string): boolean {
    if (group === '') return true;
    const versions = this.#group(group)?.versions ?? [];
    return versions.some(({ resources }) => resources.some(({ custom }) => !custom));
  }

  #served(): readonly ServedGroup[] {
    const definitions = this.#options.definitions();
    const delegated = this.#options.delegated?.() ?? none;
    if (definitions !== this.#definitions || delegated !== this.#delegated) {
      this.#definitions = definitions;
      this.#delegated = delegated;
      this.#groups = arrange(definitions, this.#options.priorities, delegated);
      this.#documents = new Map();
    }
    return this.#groups;
  }

  #group(name: string): ServedGroup | undefined {
    return this.#served().find((group) => group.name === name);
  }

  #answerCore({ request, path }: PathRequest): ApiResponse | Promise<ApiResponse> {
    const [, , version = ''] = path.split('/');
    const groups = this.#served();
    if (version !== '') return this.#answerVersion(request, this.#group(''), version);
    checkAccepts(request, discoveryMediaTypes);
    return this.#answer(request, '/api', {
      plain: () => coreVersions(groups, this.#options.serverAddress()),
      aggregated: () => aggregated(groups.filter(({ name }) => name === '')),
    });
  }

  #answerNamed({ request, path }: PathRequest): ApiResponse | Promise<ApiResponse> {
    const [, , name = '', version = ''] = path.split('/');
    const groups = this.#served();
    if (name === '') {
      return this.#answer(request, '/apis', {
        plain: () => groupList(groups),
        aggregated: () => aggregated(groups.filter((group) => group.name !== '')),
      });
    }
    const group = this.#group(name);
    if (!group) return notFoundPage;
    if (version !== '') {
      if (request.method !== 'GET') throw genericServerResponse({ code: 405 });
      return this.#answerVersion(request, group, version);
    }
    return this.#answer(request, `/apis/${name}`, { plain: () => groupDocument(group) });
  }

  #answerVersion(
    request: ApiRequest,
    group: ServedGroup | undefined,
    version: string,
  ): ApiResponse | Promise<ApiResponse> {
    const served = group?.versions.find((candidate) => candidate.version === version);
    if (group && !served && !this.#hasOwnPaths(group.name)) return notFoundPage;
    if (!group || !served) throw genericServerResponse({ code: 404 });
    if (this.#hasOwnPaths(group.name)) checkAccepts(request, discoveryMediaTypes);
    return this.#answer(request, `/apis/${group.name}/${version}`, {
      plain: () => resourceList(served),
    });
  }

  #answer(
    request: ApiRequest,
    key: string,
    documents: { readonly plain: () => object; readonly aggregated?: () => object },
  ): ApiResponse | Promise<ApiResponse> {
    const form = chooseForm(request.headers['accept'], documents.aggregated !== undefined);
    if (form === undefined) throw notAcceptable(discoveryMediaTypes);
    if (form === 'aggregated' && documents.aggregated) {
      return this.#answerTagged(request, this.#document(key, form, documents.aggregated));
    }
    const document = this.#document(key, 'json', documents.plain);
    if (form === 'protobuf') return protobufAnswer(document);
    const encoding = form === 'yaml' ? 'yaml' : 'json';
    return answerObject(200, document, { request, encoding, warnings: new Warnings() });
  }

  #document(key: string, form: DocumentForm, make: () => object): Encoded {
    const id = `${form} ${key}`;
    let document = this.#documents.get(id);
    if (!document) {
      document = encodedValue(make() as KubernetesObject);
      this.#documents.set(id, document);
    }
    return document;
  }

  /** The aggregated documents are large, and clients ask for them again and again: they may keep what has not changed. */
  #answerTagged(request: ApiRequest, document: Encoded): ApiResponse {
    let tag = this.#tags.get(document);
    if (tag === undefined) {
      tag = `"${hex(sha256(document.json()))}"`;
      this.#tags.set(document, tag);
    }
    const headers = { etag: tag, vary: 'Accept' };
    if (request.headers['if-none-match'] === tag) {
      return { status: 304, headers, body: { kind: 'none' } };
    }
    return {
      status: 200,
      headers: {
        ...headers,
        'content-type': 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
      },
      body: { kind: 'object', object: document },
    };
  }
}

async function protobufAnswer(document: Encoded): Promise<ApiResponse> {
  const { encodeProtobuf } = await import('@navarch/api/protobuf/envelope');
  const value = document.value();
  const object = { apiVersion: 'v1', ...value } as unknown as JsonObject;
  const bytes = encodeProtobuf(structOf(`meta/v1.${value.kind}`), object);
  return {
    status: 200,
    headers: { 'content-type': protobufType },
    body: { kind: 'bytes', bytes },
  };
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
}
