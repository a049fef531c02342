/**
 * Whose turn is it. Requests that change something and requests that read have a limit each on how many run at a time; what
 * does not fit is told to come again. Requests that last (watches, streams) and system:masters do not count.
 */
import type { UserInfo } from '@navarch/api/extension/context';
import { mastersGroup } from '../authenticate/groups.ts';
import type { RequestInfo } from '../request/route.ts';

export interface FlowControlLimits {
  readonly mutatingMax: number;
  readonly readingMax: number;
}

export type RequestClass = 'mutating' | 'reading';

/** Ends a request's turn. Calling it twice does no more than once. */
export type Release = () => void;

const readingVerbs = new Set(['get', 'list', 'watch', 'head', 'options']);
const lastingSubresources = new Set(['attach', 'exec', 'log', 'portforward', 'proxy']);

/** Whether the request may take as long as it likes. */
export function isLongRunning(info: RequestInfo): boolean {
  return info.verb === 'watch' || (info.isResource && lastingSubresources.has(info.subresource));
}

export class FlowControl {
  readonly #limits: FlowControlLimits;
  readonly #running: Record<RequestClass, number> = { mutating: 0, reading: 0 };

  constructor(limits: FlowControlLimits) {
    this.#limits = limits;
  }

  /** How many of a class run now. */
  running(of: RequestClass): number {
    return this.#running[of];
  }

  /** Undefined when the request must come again. */
  begin(user: UserInfo, info: RequestInfo): Release | undefined {
    if (isLongRunning(info) || user.groups.includes(mastersGroup)) return noTurn;
    const of = readingVerbs.has(info.verb) ? 'reading' : 'mutating';
    const max = of === 'reading' ? this.#limits.readingMax : this.#limits.mutatingMax;
    if (this.#running[of] >= max) return undefined;
    this.#running[of]++;
    let running = true;
    return () => {
      if (running) this.#running[of]--;
      running = false;
    };
  }
}

function noTurn(): void {}

/** Seconds that a client who was turned away should wait. */
export const retryAfterSeconds = 1;
export const tooManyText = 'Too many requests, please try again later.\n';
