/**
 * The recorder: makes events and sends them from a bounded queue.
 *
 * Invariants: V1 `record` does no I/O and never throws. V2 events about one object are sent in order; objects do not wait for each
 * other beyond sharing a lane. V3 no more than `eventQueueEventsMax` events wait.
 */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { isDns1123Subdomain } from '@navarch/api/names';
import { events as eventResource } from '@navarch/api/resources';
import { StatusError } from '@navarch/api/status';
import { formatTime } from '@navarch/api/time';
import type { Event } from '@navarch/api/types/core/v1/event';
import type { ObjectReference } from '@navarch/api/types/core/v1/reference';
import { limits } from '@navarch/runtime/limits';
import { errorText } from '@navarch/runtime/log';
import type { CounterMetric } from '@navarch/runtime/metrics';
import type { Client, ResourceClient } from '../client.ts';
import { isAlreadyExists, isNamespaceTerminating, isNotFound } from '../errors.ts';
import type { EventDetails, EventRecorder, EventRecorderOptions } from '../event-recorder.ts';

import { Correlator } from './correlator.ts';

/** How many events are under way at the same time. */
const laneCount = 8;
const retryPauseMs = 10_000;

interface Lane {
  queue: Event[];
  isRunning: boolean;
}

export class Recorder implements EventRecorder {
  readonly #options: EventRecorderOptions;
  readonly #events: ResourceClient<Event>;
  readonly #correlator: Correlator;
  readonly #discarded: CounterMetric;
  readonly #lanes: readonly Lane[];
  /** Waiting or being sent. */
  #pending = 0;
  #isDropping = false;
  #flushed: (() => void)[] = [];
  #nameSerial: number;

  constructor(client: Client, options: EventRecorderOptions) {
    const { runtime, lifetime } = options;
    this.#options = options;
    this.#events = client.resource(eventResource);
    this.#correlator = new Correlator(runtime.clock);
    this.#lanes = Array.from({ length: laneCount }, () => ({ queue: [], isRunning: false }));
    this.#nameSerial = Math.floor(runtime.random.next() * 1_000_000);
    this.#discarded = runtime.metrics.counter(
      'event_recorder_discarded_events_total',
      'Events that were not sent because too many were waiting',
      ['component'],
    );
    lifetime.onStop(() => this.#dropAll());
  }

  record(about: KubernetesObject | ObjectReference, details: EventDetails): void {
    const { runtime, lifetime, component } = this.#options;
    if (lifetime.signal.aborted) return;
    const reference = 'metadata' in about ? referenceIn(about) : about;
    if (!reference.kind) {
      runtime.log.error('an event is about an object without kind', { reason: details.reason });
      return;
    }
    if (this.#pending >= limits.eventQueueEventsMax) {
      this.#discarded.add({ component });
      if (!this.#isDropping)
        runtime.log.warn('too many events wait to be sent; dropping', { component });
      this.#isDropping = true;
      return; // V3
    }
    // Said once per flood, which is over when half of the room is free again.
    if (this.#pending < limits.eventQueueEventsMax / 2) this.#isDropping = false;
    this.#enqueue(this.#makeEvent(reference, details));
  }

  flush(): Promise<void> {
    if (this.#pending === 0) return Promise.resolve();
    return new Promise((resolve) => this.#flushed.push(resolve));
  }

  #makeEvent(about: ObjectReference, details: EventDetails): Event {
    const { runtime, component } = this.#options;
    const { host = this.#options.host ?? '' } = details;
    const wallMs = runtime.clock.wallMs();
    const time = formatTime(wallMs);
    const { annotations, action, related } = details;
    return {
      metadata: {
        name: this.#makeName(about.name ?? '', wallMs),
        namespace: about.namespace || 'default',
        ...(annotations && { annotations }),
      },
      involvedObject: about,
      reason: details.reason,
      message: details.message,
      source: { component, ...(host && { host }) },
      firstTimestamp: time,
      lastTimestamp: time,
      count: 1,
      type: details.type,
      ...(action && { action }),
      ...(related && { related }),
      reportingComponent: component,
      reportingInstance: host,
    };
  }

  /** `web-1.` and nanoseconds in hex, those below a millisecond made up so that no two names are alike. */
  #makeName(about: string, wallMs: number): string {
    this.#nameSerial = (this.#nameSerial + 1) % 1_000_000;
    const nanoseconds = BigInt(wallMs) * 1_000_000n + BigInt(this.#nameSerial);
    const name = `${about}.${nanoseconds.toString(16)}`;
    return isDns1123Subdomain(name).length === 0 ? name : this.#options.runtime.random.uuid();
  }

  #enqueue(event: Event): void {
    const { namespace = '', name = '' } = event.involvedObject;
    const lane = this.#lanes[hash(namespace + name) % laneCount]; // V2
    if (!lane) return;
    lane.queue.push(event);
    this.#pending++;
    if (lane.isRunning) return;
    lane.isRunning = true;
    this.#options.lifetime.run('events', (signal) => this.#drain(lane, signal));
  }

  async #drain(lane: Lane, signal: AbortSignal): Promise<void> {
    await Promise.resolve(); // V1: not even the first send happens within `record`.
    try {
      while (lane.queue.length > 0 && !signal.aborted) {
        const batch = lane.queue;
        lane.queue = [];
        for (const event of batch) {
          if (!signal.aborted) await this.#send(event, signal);
          this.#settle(1);
        }
      }
    } finally {
      lane.isRunning = false;
    }
  }

  #settle(count: number): void {
    this.#pending -= count;
    if (this.#pending > 0) return;
    const flushed = this.#flushed;
    this.#flushed = [];
    for (const resolve of flushed) resolve();
  }

  #dropAll(): void {
    for (const lane of this.#lanes) {
      const count = lane.queue.length;
      lane.queue = [];
      this.#settle(count);
    }
  }

  /** Never rejects: an event that cannot be written is given up in the end. */
  async #send(recorded: Event, signal: AbortSignal): Promise<void> {
    const { clock, random, log } = this.#options.runtime;
    const decision = this.#correlator.decide(recorded);
    if (decision.kind === 'skip') return;
    const { event } = decision;
    for (let tries = 1; !signal.aborted; tries++) {
      try {
        if (decision.kind === 'count') await this.#countUp(event, signal);
        else await this.#events.create(event, { signal });
        return;
      } catch (error) {
        const fields = {
          reason: event.reason,
          object: event.involvedObject.name,
          error: errorText(error),
        };
        if (signal.aborted) return;
        if (isAlreadyExists(error) || isNamespaceTerminating(error)) {
          log.debug('an event was refused', fields);
          return;
        }
        if (error instanceof StatusError || tries >= limits.eventSendRetriesMax) {
          log.error('an event could not be written', fields);
          return;
        }
        const pauseMs = tries === 1 ? retryPauseMs * random.next() : retryPauseMs;
        await clock.sleep(pauseMs, signal).catch(() => {});
      }
    }
  }

  async #countUp(event: Event, signal: AbortSignal): Promise<void> {
    const { namespace = '', name = '' } = event.metadata;
    const { count, lastTimestamp, message } = event;
    const patch = { type: 'merge', body: { count, lastTimestamp, message } } as const;
    try {
      await this.#events.patch(namespace, name, patch, { signal });
    } catch (error) {
      if (!isNotFound(error)) throw error; // Events expire; then this one begins anew.
      await this.#events.create(event, { signal });
    }
  }
}

function referenceIn(object: KubernetesObject): ObjectReference {
  const { namespace, name, uid, resourceVersion } = object.metadata;
  return {
    ...(object.kind && { kind: object.kind }),
    ...(namespace && { namespace }),
    ...(name && { name }),
    ...(uid && { uid }),
    ...(object.apiVersion && { apiVersion: object.apiVersion }),
    ...(resourceVersion && { resourceVersion }),
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
