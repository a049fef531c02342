/**
 * Whose turn is it. Every request that does not last asks for a turn, and gives it back when its answer is there; what there is no
 * room for is told to come again.
 */
import type { UserInfo } from '@navarch/api/extension/context';
import type { RequestInfo } from '../request/route.ts';

export type RequestClass = 'mutating' | 'reading';

/** The right to be served. */
export interface Turn {
  /** Ends it. Calling it twice does no more than once. */
  readonly release: () => void;
  /** What the answer tells of it, whatever it says. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that asks for a turn. */
export interface Candidate {
  readonly user: UserInfo;
  readonly info: RequestInfo;
  /** Aborted when nobody waits for the answer any more. Made when it is asked for, which costs: most need not wait. */
  readonly signal: () => AbortSignal;
  /** How long it may wait for its turn. */
  readonly waitMaxMs: () => number;
}

export interface FlowControl {
  /** How many of a class have a turn now. */
  running(of: RequestClass): number;
  /** Undefined when the request must come again. A promise only where it has to wait. */
  begin(candidate: Candidate): Turn | undefined | Promise<Turn | undefined>;
}

/** How many at a time. 0: no limit, or no part in what priority levels share. */
export interface FlowControlLimits {
  readonly mutatingMax: number;
  readonly readingMax: number;
  /** Priority levels share both limits as one; without it, each is for its own class of requests. */
  readonly isFair: boolean;
}

const readingVerbs = new Set(['get', 'list', 'watch', 'head', 'options']);
const lastingSubresources = new Set(['attach', 'exec', 'log', 'portforward', 'proxy']);

export function classOf({ verb }: RequestInfo): RequestClass {
  return readingVerbs.has(verb) ? 'reading' : 'mutating';
}

/** Whether the request may take as long as it likes. */
export function isLongRunning(info: RequestInfo): boolean {
  return info.verb === 'watch' || isTunnel(info);
}

/** Lasts, and has no beginning that would be work. */
export function isTunnel({ isResource, subresource }: RequestInfo): boolean {
  return isResource && lastingSubresources.has(subresource);
}

/** How many requests of each class have a turn. */
export class Running {
  readonly #counts: Record<RequestClass, number> = { mutating: 0, reading: 0 };

  of(requestClass: RequestClass): number {
    return this.#counts[requestClass];
  }

  add(requestClass: RequestClass, count: 1 | -1): void {
    this.#counts[requestClass] += count;
  }
}

/** Seconds that a client who was turned away should wait. */
export const retryAfterSeconds = 1;
export const tooManyText = 'Too many requests, please try again later.\n';
