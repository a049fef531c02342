/**
 * Decides what becomes of an event, given those before it, by upstream's rules and numbers: a repeated event counts up the one that is
 * there; from the tenth message on, events of one reason about one object within ten minutes are combined into one; an object that had
 * 25 events from us gets one more every five minutes.
 */
import type { Event } from '@navarch/api/types/core/v1/event';
import type { Clock } from '@navarch/runtime/clock';
import { limits } from '@navarch/runtime/limits';
import { createRateLimiter, type RateLimiter } from '@navarch/runtime/rate-limiter';
import { RecentMap } from './recent-map.ts';

const similarMessagesMax = 10;
const similarWithinMs = 600_000;
const perObject = { perSecond: 1 / 300, burst: 25 };

export const combinedPrefix = '(combined from similar events): ';

export type Decision =
  | { readonly kind: 'create'; readonly event: Event }
  /** Counts up the event of that name; should it be gone, the event as it would be can be created. */
  | { readonly kind: 'count'; readonly event: Event }
  | { readonly kind: 'skip' };

interface Group {
  readonly messages: Set<string>;
  lastMs: number;
}

interface Known {
  readonly name: string;
  readonly count: number;
  readonly firstTimestamp: string | undefined;
}

export class Correlator {
  readonly #clock: Clock;
  readonly #groups = new RecentMap<Group>(limits.eventHistoryEntriesMax);
  readonly #known = new RecentMap<Known>(limits.eventHistoryEntriesMax);
  readonly #objects = new RecentMap<RateLimiter>(limits.eventHistoryEntriesMax);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  decide(recorded: Event): Decision {
    const object = objectKey(recorded);
    const group = `${object}\0${recorded.type}\0${recorded.reason}`;
    const isCombined = this.#joinGroup(group, recorded.message ?? '');
    const message = isCombined ? `${combinedPrefix}${recorded.message}` : recorded.message;
    const key = isCombined
      ? group
      : `${group}\0${recorded.involvedObject.fieldPath ?? ''}\0${recorded.message}`;
    const event = this.#count(key, { ...recorded, ...(message !== undefined && { message }) });
    if (this.#isFlooding(object)) return { kind: 'skip' };
    return { kind: (event.count ?? 1) > 1 ? 'count' : 'create', event };
  }

  /** Says whether the group has so many messages that they are combined. */
  #joinGroup(key: string, message: string): boolean {
    const nowMs = this.#clock.monotonicMs();
    const before = this.#groups.get(key);
    const isFresh = before !== undefined && nowMs - before.lastMs <= similarWithinMs;
    const group = isFresh ? before : { messages: new Set<string>(), lastMs: nowMs };
    group.lastMs = nowMs;
    this.#groups.set(key, group);
    if (group.messages.has(message)) return group.messages.size >= similarMessagesMax;
    if (group.messages.size >= similarMessagesMax - 1) return true; // Full: it need not grow to say so.
    group.messages.add(message);
    return false;
  }

  #count(key: string, event: Event): Event {
    const known = this.#known.get(key);
    const counted = known ? countUp(event, known) : event;
    this.#known.set(key, {
      name: counted.metadata.name ?? '',
      count: counted.count ?? 1,
      firstTimestamp: counted.firstTimestamp,
    });
    return counted;
  }

  #isFlooding(object: string): boolean {
    const limiter = this.#objects.get(object) ?? createRateLimiter(this.#clock, perObject);
    this.#objects.set(object, limiter);
    return !limiter.tryTake();
  }
}

function countUp(event: Event, { name, count, firstTimestamp }: Known): Event {
  return {
    ...event,
    metadata: { ...event.metadata, name },
    ...(firstTimestamp !== undefined && { firstTimestamp }),
    count: count + 1,
  };
}

/** The source is always ours; what remains is whom the event is about. */
function objectKey({ involvedObject: about }: Event): string {
  return [about.apiVersion, about.kind, about.namespace, about.name, about.uid].join('\0');
}
