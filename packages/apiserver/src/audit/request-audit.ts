/**
 * What is remembered of one request while it is served: an Event in the making. Stages and endpoints tell it what they find out; each
 * stage of the request that the policy does not omit becomes one event.
 */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { isQualifiedName } from '@navarch/api/names';
import type { Status } from '@navarch/api/status';
import type { Impersonated } from '../impersonate/impersonate.ts';
import type { RequestState } from '../request/chain.ts';
import type { ApiBody, Encoded } from '../request/request.ts';
import type { AuditEvent, ObjectReference } from './event.ts';
import { type AuditDecision, isAtLeast, type Level, type Stage } from './policy.ts';
import { compactJson, withoutManagedFields } from './json-text.ts';
import { encodeJson } from '@navarch/codec/json';
import { sourceIps } from './source-ips.ts';

/** Undefined: the request goes on. A promise: it waits, and is told whether the event is kept. Never rejects. */
export type Recorded = Promise<boolean> | undefined;

/** Takes events; must not throw. */
export interface AuditSink {
  record(event: AuditEvent): Recorded;
}

export interface RequestAuditParts {
  readonly sink: AuditSink;
  readonly wallMs: () => number;
  readonly id: string;
  readonly decision: AuditDecision;
}

type ListBody = Extract<ApiBody, { kind: 'list' }>;

const userAgentCharsMax = 1024;

export class RequestAudit {
  readonly #parts: RequestAuditParts;
  readonly #state: RequestState;
  readonly #receivedAtMs: number;
  readonly #annotations = new Map<string, string>();
  readonly #lateAnnotations = new Map<string, string>();
  #impersonated: Impersonated | undefined;
  #object: Pick<ObjectReference, 'namespace' | 'name' | 'uid' | 'resourceVersion'> | undefined;
  #requestObject: string | undefined;
  #status: Partial<Status> | undefined;
  #responseObject: (() => string) | undefined;
  #failure: unknown;

  constructor(parts: RequestAuditParts, state: RequestState) {
    this.#parts = parts;
    this.#state = state;
    this.#receivedAtMs = parts.wallMs();
  }

  /** What is said first of a key stays. Keys that are no names are dropped. `level`: the least at which it is written. */
  annotate(key: string, value: string, level: Level = 'Metadata'): void {
    if (!this.#wants(level) || this.#annotations.has(key)) return;
    if (!key.includes('/') || isQualifiedName(key).length > 0) return;
    this.#annotations.set(key, value);
  }

  /** The same, but not before the request is answered. */
  annotateAtEnd(key: string, value: string): void {
    this.#lateAnnotations.set(key, value);
  }

  actsAs(impersonated: Impersonated): void {
    this.#impersonated = impersonated;
  }

  /** The object that the request brought, with its defaults. It says who it is where the path does not. */
  brings(object: KubernetesObject): void {
    const { namespace = '', name = '', uid = '', resourceVersion = '' } = object.metadata ?? {};
    this.#object = { namespace, name, uid, resourceVersion };
    if (this.#wants('Request')) this.#requestObject = this.#textOf(encodeJson(object));
  }

  /** Something that is no object of a resource, as it was sent: a patch, options. */
  bringsText(json: () => string): void {
    if (this.#wants('Request')) this.#requestObject = compactJson(json());
  }

  /** What the client is shown. */
  answers(object: Encoded): void {
    const value = object.value();
    if (value.kind === 'Status' && value.apiVersion === 'v1') this.#status = value as Status;
    if (!this.#wants('RequestResponse')) return;
    this.#responseObject = () => Buffer.from(object.json()).toString();
  }

  answersList(body: ListBody): void {
    if (!this.#wants('RequestResponse')) return;
    this.#responseObject = () => {
      const pieces = [...body.chunks()].map((piece) => Buffer.from(piece));
      return Buffer.concat(pieces).toString();
    };
  }

  /** Something broke that nobody refused: the request ends with Panic. */
  breaks(error: unknown): void {
    this.#failure ??= error ?? new Error('unknown');
  }

  says(status: Partial<Status>): void {
    this.#status = status;
  }

  received(): Recorded {
    return this.#record('RequestReceived', this.#receivedAtMs);
  }

  started(code: number): Recorded {
    this.#status = { ...this.#status, code };
    return this.#record('ResponseStarted', this.#parts.wallMs());
  }

  completed(code: number): Recorded {
    if (this.#failure !== undefined) return this.#panicked(this.#failure);
    this.#status = { ...this.#status, code };
    for (const [key, value] of this.#lateAnnotations) this.annotate(key, value);
    return this.#record('ResponseComplete', this.#parts.wallMs());
  }

  #panicked(error: unknown): Recorded {
    const text = error instanceof Error ? error.message : String(error);
    const message = `APIServer panic'd: ${text}`;
    this.#status = { status: 'Failure', message, reason: 'InternalError', code: 500 };
    return this.#record('Panic', this.#parts.wallMs());
  }

  #wants(level: Level): boolean {
    return isAtLeast(this.#parts.decision.level, level);
  }

  #textOf(json: string): string {
    const text = json.trimEnd();
    return this.#parts.decision.omitsManagedFields ? withoutManagedFields(text) : text;
  }

  #record(stage: Stage, stageAtMs: number): Recorded {
    const { sink, id, decision } = this.#parts;
    if (decision.omittedStages.includes(stage)) return undefined;
    const { request, info, user } = this.#state;
    const { path, query, headers } = request;
    const response = stage === 'ResponseComplete' ? this.#responseObject : undefined;
    return sink.record({
      level: decision.level,
      auditId: id,
      stage,
      requestUri: query === '' ? path : `${path}?${query}`,
      verb: info.verb,
      user,
      impersonatedUser: this.#impersonated?.user,
      impersonationConstraint: this.#impersonated?.constraint,
      sourceIps: sourceIps(request),
      userAgent: shortened(headers['user-agent'] ?? ''),
      objectRef: info.isResource ? this.#reference() : undefined,
      responseStatus: this.#status,
      requestObject: this.#requestObject,
      responseObject: response && this.#textOf(response()),
      receivedAtMs: this.#receivedAtMs,
      stageAtMs,
      annotations: new Map(this.#annotations),
    });
  }

  #reference(): ObjectReference {
    const { info } = this.#state;
    return {
      resource: info.resource,
      namespace: info.namespace || (this.#object?.namespace ?? ''),
      name: info.name || (this.#object?.name ?? ''),
      uid: this.#object?.uid ?? '',
      apiGroup: info.group,
      apiVersion: info.version,
      resourceVersion: this.#object?.resourceVersion ?? '',
      subresource: info.subresource,
    };
  }
}

function shortened(userAgent: string): string {
  if (userAgent.length <= userAgentCharsMax) return userAgent;
  return `${userAgent.slice(0, userAgentCharsMax)}...TRUNCATED`;
}
