/**
 * Without priority and fairness: requests that change something and requests that read have a limit each on how many run at a time.
 * Requests that last (watches, streams) and system:masters do not count.
 */
import { mastersGroup } from '../authenticate/groups.ts';
import {
  type Candidate,
  classOf,
  type FlowControl,
  type FlowControlLimits,
  isLongRunning,
  type RequestClass,
  Running,
  type Turn,
} from './flow-control.ts';

const free: Turn = { release: () => undefined };

export class MaxInFlight implements FlowControl {
  readonly #limits: FlowControlLimits;
  readonly #running = new Running();

  constructor(limits: FlowControlLimits) {
    this.#limits = limits;
  }

  running(of: RequestClass): number {
    return this.#running.of(of);
  }

  begin({ user, info }: Candidate): Turn | undefined {
    if (isLongRunning(info) || user.groups.includes(mastersGroup)) return free;
    const of = classOf(info);
    const max = of === 'reading' ? this.#limits.readingMax : this.#limits.mutatingMax;
    if (max > 0 && this.#running.of(of) >= max) return undefined;
    this.#running.add(of, 1);
    let isRunning = true;
    return {
      release: () => {
        if (isRunning) this.#running.add(of, -1);
        isRunning = false;
      },
    };
  }
}
