/**
 * Turns what an endpoint found into a response: encoding, status, warnings. An answer in protobuf comes as a promise: what makes it is
 * loaded when it is first needed, by then most of a cluster runs. Nothing else makes anybody wait.
 */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { toStatusError, type Status } from '@navarch/api/status';
import { formatYaml } from '@navarch/codec/yaml';
import { encodedValue } from '../registry/view.ts';
import type { ApiBody, ApiRequest, ApiResponse, Encoded } from '../request/request.ts';
import { parseQuery } from '../request/query.ts';
import type { RequestAudit } from '../audit/request-audit.ts';
import type { KeptEncodings } from '../watch-cache/kept-encodings.ts';
import { formatJson } from '@navarch/codec/json';
import { negotiateError, type Encoding } from './negotiate.ts';

const contentTypes = {
  json: 'application/json',
  yaml: 'application/yaml',
  protobuf: 'application/vnd.kubernetes.protobuf',
} as const;
const jsonHeaders: Readonly<Record<string, string>> = Object.freeze({
  'content-type': contentTypes.json,
});
const noWarnings: readonly string[] = Object.freeze([]);

/** Collects the warnings of one request; most have none. */
export class Warnings {
  #texts: string[] | undefined;

  add(text: string): void {
    this.#texts ??= [];
    if (text !== '' && !this.#texts.includes(text)) this.#texts.push(text);
  }

  get texts(): readonly string[] {
    return this.#texts ?? noWarnings;
  }
}

export type ListBody = Extract<ApiBody, { kind: 'list' }>;

export interface AnswerOptions {
  readonly request: ApiRequest;
  readonly encoding: Encoding;
  /** Whether the client asked for line breaks where it says what it accepts. */
  readonly pretty?: boolean | undefined;
  readonly warnings: Warnings;
  /** Where what was encoded is kept, when the object is one that is stored. */
  readonly encodings?: KeptEncodings | undefined;
  /** Where the answer is remembered, if it is. */
  readonly audit?: RequestAudit | undefined;
}

type Answer = ApiResponse | Promise<ApiResponse>;

export function answerObject(status: number, object: Encoded, options: AnswerOptions): Answer {
  options.audit?.answers(object);
  const headers = headersOf(options);
  if (options.encoding === 'protobuf') {
    return import('./protobuf/encode.ts').then(({ encodeObject }) => {
      const bytes = encodeObject(object, options.encodings);
      return { status, headers, body: { kind: 'bytes', bytes } };
    });
  }
  if (options.encoding === 'json' && !isPretty(options)) {
    return { status, headers, body: { kind: 'object', object } };
  }
  const body = formatted(object.value(), options);
  return { status, headers, body };
}

/** `body` is a list in JSON, of items that have no protobuf of their own yet. */
export function answerList(body: ListBody, options: AnswerOptions): Answer {
  options.audit?.answersList(body);
  const headers = headersOf(options);
  if (options.encoding === 'protobuf') {
    return import('./protobuf/list.ts').then(({ encodeList }) => ({
      status: 200,
      headers,
      body: encodeList(body),
    }));
  }
  if (options.encoding === 'json' && !isPretty(options)) {
    return { status: 200, headers, body };
  }
  return { status: 200, headers, body: formatted(body.value(), options) };
}

export function answerStatus(status: Status, options: AnswerOptions): Answer {
  const object = encodedValue(status);
  return answerObject(status.code ?? 200, object, options);
}

/** An error as its Status, in the client's encoding if it has one that we know. */
export function answerError(error: unknown, request: ApiRequest, warnings: Warnings): Answer {
  const { status } = toStatusError(error);
  const { encoding, pretty } = negotiateError(request.headers['accept']);
  const answer = answerStatus(status, { request, encoding, pretty, warnings });
  return answer instanceof Promise
    ? answer.then((response) => withRetryAfter(response, status))
    : withRetryAfter(answer, status);
}

function withRetryAfter(response: ApiResponse, status: Status): ApiResponse {
  const seconds = status.details?.retryAfterSeconds;
  if (!seconds) return response;
  return { ...response, headers: { ...response.headers, 'retry-after': String(seconds) } };
}

function formatted(value: unknown, { encoding, request }: AnswerOptions): ApiBody {
  // In-process callers want the value whatever they say they accept.
  if ('user' in request.identity) {
    return { kind: 'object', object: encodedValue(value as KubernetesObject) };
  }
  if (encoding === 'yaml') return { kind: 'text', text: formatYaml(value) };
  return { kind: 'text', text: `${formatJson(value, 2)}\n` };
}

export function headersOf({ encoding, warnings }: AnswerOptions): Readonly<Record<string, string>> {
  const { texts } = warnings;
  if (texts.length === 0 && encoding === 'json') return jsonHeaders;
  const type = { 'content-type': contentTypes[encoding] };
  return texts.length === 0 ? type : { ...type, warning: texts.map(warningText).join(', ') };
}

/** RFC 7234's form, with code 299 and no agent. Control characters have no place in a header. */
function warningText(text: string): string {
  // oxlint-disable-next-line no-control-regex
  const printable = text.replaceAll(/[\u0000-\u001f\u007f]/g, ' ');
  return `299 - "${printable.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

/** Go's words for yes. */
const yes: ReadonlySet<string> = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);

/** People who look with a browser or curl get line breaks, unless they say otherwise. */
function isPretty({ request, pretty }: AnswerOptions): boolean {
  if (pretty) return true;
  if (request.query.includes('pretty=')) {
    const asked = parseQuery(request.query).get('pretty');
    if (asked !== null && asked !== '') return yes.has(asked);
  }
  const agent = request.headers['user-agent'] ?? '';
  return /^(curl|Wget|Mozilla\/5\.0)/.test(agent);
}
