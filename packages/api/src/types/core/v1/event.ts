/**
 * Events: what components want people to know about an object.
 * @group core v1
 */
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { Int32, MicroTime, Time } from '../../scalars.ts';
import type { ObjectReference } from './reference.ts';

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
   * @proto 1
   */
  readonly metadata: ObjectMeta;
  /**
   * The object that it is about.
   * @proto 2
   */
  readonly involvedObject: ObjectReference;
  /**
   * Why, as one word for programs.
   * @proto 3
   */
  readonly reason?: string;
  /**
   * What happened, as text for people.
   * @proto 4
   */
  readonly message?: string;
  /**
   * The component that reports it.
   * @proto 5 @always
   */
  readonly source?: EventSource;
  /**
   * When it first happened.
   * @proto 6 @always
   */
  readonly firstTimestamp?: Time;
  /**
   * When it last happened.
   * @proto 7 @always
   */
  readonly lastTimestamp?: Time;
  /**
   * How often it happened.
   * @proto 8
   */
  readonly count?: Int32;
  /**
   * `Normal` or `Warning`; others may come.
   * @proto 9
   */
  readonly type?: string;
  /**
   * When it was first seen.
   * @proto 10 @always
   */
  readonly eventTime?: MicroTime;
  /**
   * About repetitions, where it is repeated.
   * @proto 11 @explicit
   */
  readonly series?: EventSeries;
  /**
   * What was done, or failed, as one word.
   * @proto 12
   */
  readonly action?: string;
  /**
   * A second object that it is about.
   * @proto 13 @explicit
   */
  readonly related?: ObjectReference;
  /**
   * The component that reports it, such as `kubernetes.io/kubelet`.
   * @proto 14 @optional
   */
  readonly reportingComponent: string;
  /**
   * Which instance of the component, such as `kubelet-a`.
   * @proto 15 @optional
   */
  readonly reportingInstance: string;
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

/** The component that reports an event. */
export interface EventSource {
  /**
   * The component's name.
   * @proto 1
   */
  readonly component?: string;
  /**
   * The node that it runs on.
   * @proto 2
   */
  readonly host?: string;
}

/** About repetitions of an event. */
export interface EventSeries {
  /**
   * How often it has happened so far.
   * @proto 1
   */
  readonly count?: Int32;
  /**
   * When it last happened.
   * @proto 2 @always
   */
  readonly lastObservedTime?: MicroTime;
}
