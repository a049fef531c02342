/**
 * Events in their newer form; stored as the core events are.
 * @group events.k8s.io v1
 */
import type { EventSource } from '../core/v1/event.ts';
import type { ObjectReference } from '../core/v1/reference.ts';
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { Int32, MicroTime, Time } from '../scalars.ts';

/**
 * Something that a component wants people to know about an object. Kept for an hour or so; nothing
 * should depend on it.
 * @kind
 */
export interface Event {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Name, namespace, labels, annotations and the rest of what every object carries.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
  /**
   * When it was first seen.
   * @proto 2
   */
  readonly eventTime: MicroTime;
  /**
   * About repetitions, where it is repeated.
   * @proto 3 @explicit
   */
  readonly series?: EventSeries;
  /**
   * The component that reports it, such as `kubernetes.io/kubelet`.
   * @proto 4
   */
  readonly reportingController?: string;
  /**
   * Which instance of the component, such as `kubelet-a`.
   * @proto 5
   */
  readonly reportingInstance?: string;
  /**
   * What was done, or failed, as one word.
   * @proto 6
   */
  readonly action?: string;
  /**
   * Why, as one word.
   * @proto 7
   */
  readonly reason?: string;
  /**
   * The object that it is about.
   * @proto 8 @always
   */
  readonly regarding?: ObjectReference;
  /**
   * A second object that it is about.
   * @proto 9 @explicit
   */
  readonly related?: ObjectReference;
  /**
   * What happened, as text for people. At most 1 kB.
   * @proto 10
   */
  readonly note?: string;
  /**
   * `Normal` or `Warning`; others may come.
   * @proto 11
   */
  readonly type?: string;
  /**
   * The `source` of the core event.
   * @proto 12 @always
   */
  readonly deprecatedSource?: EventSource;
  /**
   * The `firstTimestamp` of the core event.
   * @proto 13 @always
   */
  readonly deprecatedFirstTimestamp?: Time;
  /**
   * The `lastTimestamp` of the core event.
   * @proto 14 @always
   */
  readonly deprecatedLastTimestamp?: Time;
  /**
   * The `count` of the core event.
   * @proto 15
   */
  readonly deprecatedCount?: Int32;
}

/**
 * A list of events.
 * @kind
 */
export interface EventList {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The version of the list, and where it goes on.
   * @proto 1 @optional
   */
  readonly metadata: ListMeta;
  /**
   * The events.
   * @proto 2
   */
  readonly items: readonly Event[];
}

/** About repetitions of an event. */
export interface EventSeries {
  /**
   * How often it has happened so far.
   * @proto 1
   */
  readonly count: Int32;
  /**
   * When it last happened.
   * @proto 2
   */
  readonly lastObservedTime: MicroTime;
}
