/**
 * Events: what components want people to know about an object.
 * @group core v1
 */
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { Int32, MicroTime, Time } from '../../scalars.ts';
import type { ObjectReference } from './reference.ts';

/** @kind */
export interface Event {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly involvedObject: ObjectReference;
  /** @proto 3 */
  readonly reason?: string;
  /** @proto 4 */
  readonly message?: string;
  /** @proto 5 @always */
  readonly source?: EventSource;
  /** @proto 6 @always */
  readonly firstTimestamp?: Time;
  /** @proto 7 @always */
  readonly lastTimestamp?: Time;
  /** @proto 8 */
  readonly count?: Int32;
  /** @proto 9 */
  readonly type?: string;
  /** @proto 10 @always */
  readonly eventTime?: MicroTime;
  /** @proto 11 @explicit */
  readonly series?: EventSeries;
  /** @proto 12 */
  readonly action?: string;
  /** @proto 13 @explicit */
  readonly related?: ObjectReference;
  /** @proto 14 @optional */
  readonly reportingComponent: string;
  /** @proto 15 @optional */
  readonly reportingInstance: string;
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

export interface EventSource {
  /** @proto 1 */
  readonly component?: string;
  /** @proto 2 */
  readonly host?: string;
}

export interface EventSeries {
  /** @proto 1 */
  readonly count?: Int32;
  /** @proto 2 @always */
  readonly lastObservedTime?: MicroTime;
}
