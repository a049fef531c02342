/**
 * Requests that wait for a seat of their priority level. Each flow is dealt a hand of queues and waits in the one with the least
 * work; queues take turns by the work that they have had. So a flow that asks for much delays itself, and seldom others. KEP-1040.
 *
 * Invariants: F1 a queue is first come, first served. F2 of the queues where somebody waits, the one that has had the least work since
 * it last began to wait is next. F3 no queue is longer than its limit.
 */
import { dealHand } from './shuffle-shard.ts';

export interface Waiting {
  /** In seats. */
  readonly width: number;
  readonly flowHash: number;
  /** It must come again. */
  readonly turnAway: () => void;
}

/** What a request is estimated to take before anybody knows, in milliseconds. */
const estimateMs = 3;

interface Queue<T> {
  readonly waiting: T[];
  /** Widths of what waits and of what was let in and is not done. */
  work: number;
  /** Virtual time: the work that it has had, in seat milliseconds, or that of whoever was let in last if it had nothing to do. */
  had: number;
  /** When it last got its turn, or somebody began to wait: a count. Of two that have had the same, the older is first. */
  since: number;
}

/** Tells what the work came to. */
export type Done = (tookMs: number) => void;

export interface FairQueuesOptions {
  readonly queues: number;
  readonly handSize: number;
  readonly lengthMax: number;
}

export class FairQueues<T extends Waiting> {
  readonly #options: FairQueuesOptions;
  /** Made when somebody first waits: most levels never have any. */
  #queues: readonly Queue<T>[] | undefined;
  /** What the queue had that was served last, when it was. */
  #now = 0;
  #size = 0;
  #count = 0;

  constructor(options: FairQueuesOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#size;
  }

  /** False when there is no room. */
  add(item: T): boolean {
    const { queues, handSize, lengthMax } = this.#options;
    this.#queues ??= Array.from({ length: queues }, () => ({
      waiting: [],
      work: 0,
      had: 0,
      since: 0,
    }));
    let best: Queue<T> | undefined;
    for (const index of dealHand(item.flowHash, queues, handSize)) {
      const queue = this.#queues[index];
      if (queue && (!best || queue.work < best.work)) best = queue;
    }
    if (!best || best.waiting.length >= lengthMax) return false; // F3
    if (best.work === 0) best.had = Math.max(best.had, this.#now);
    if (best.waiting.length === 0) best.since = ++this.#count;
    best.waiting.push(item);
    best.work += item.width;
    this.#size++;
    return true;
  }

  /** Who is next. */
  first(): T | undefined {
    return this.#next()?.waiting[0];
  }

  /** Lets in who is next. */
  shift(): { readonly item: T; readonly done: Done } | undefined {
    const queue = this.#next();
    const item = queue?.waiting.shift();
    if (!queue || !item) return undefined;
    this.#size--;
    queue.since = ++this.#count;
    this.#now = Math.max(this.#now, queue.had);
    queue.had += item.width * estimateMs;
    return {
      item,
      done: (tookMs) => {
        queue.work -= item.width;
        queue.had += item.width * (tookMs - estimateMs);
      },
    };
  }

  /** Whoever does not want to wait any more. */
  remove(item: T): void {
    for (const queue of this.#queues ?? []) {
      const at = queue.waiting.indexOf(item);
      if (at < 0) continue;
      queue.waiting.splice(at, 1);
      queue.work -= item.width;
      this.#size--;
      return;
    }
  }

  isLike({ queues, handSize, lengthMax }: FairQueuesOptions): boolean {
    const own = this.#options;
    return own.queues === queues && own.handSize === handSize && own.lengthMax === lengthMax;
  }

  /** Nobody is let in any more. */
  close(): void {
    const all = (this.#queues ?? []).flatMap(({ waiting }) => waiting.splice(0));
    this.#size = 0;
    for (const { turnAway } of all) turnAway();
  }

  #next(): Queue<T> | undefined {
    if (this.#size === 0) return undefined;
    let next: Queue<T> | undefined;
    for (const queue of this.#queues ?? []) {
      if (queue.waiting.length > 0 && (!next || isBefore(queue, next))) next = queue; // F2
    }
    return next;
  }
}

function isBefore(
  a: Pick<Queue<Waiting>, 'had' | 'since'>,
  b: Pick<Queue<Waiting>, 'had' | 'since'>,
): boolean {
  return a.had === b.had ? a.since < b.since : a.had < b.had;
}
