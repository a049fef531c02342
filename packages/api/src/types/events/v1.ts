/**
 * Events in their newer form; stored as the core events are.
 * @group events.k8s.io v1
 */
import type { EventSource } from '../core/v1/event.ts';
import type { ObjectReference } from '../core/v1/reference.ts';
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { Int32, MicroTime, Time } from '../scalars.ts';

/** @kind */
export interface Event {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly eventTime: MicroTime;
  /** @proto 3 @explicit */
  readonly series?: EventSeries;
  /** @proto 4 */
  readonly reportingController?: string;
  /** @proto 5 */
  readonly reportingInstance?: string;
  /** @proto 6 */
  readonly action?: string;
  /** @proto 7 */
  readonly reason?: string;
  /** @proto 8 @always */
  readonly regarding?: ObjectReference;
  /** @proto 9 @explicit */
  readonly related?: ObjectReference;
  /** @proto 10 */
  readonly note?: string;
  /** @proto 11 */
  readonly type?: string;
  /** @proto 12 @always */
  readonly deprecatedSource?: EventSource;
  /** @proto 13 @always */
  readonly deprecatedFirstTimestamp?: Time;
  /** @proto 14 @always */
  readonly deprecatedLastTimestamp?: Time;
  /** @proto 15 */
  readonly deprecatedCount?: Int32;
}

/** @kind */
export interface EventList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly Event[];
}

export interface EventSeries {
  /** @proto 1 */
  readonly count: Int32;
  /** @proto 2 */
  readonly lastObservedTime: MicroTime;
}
