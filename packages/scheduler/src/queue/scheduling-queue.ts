/**
 * Pods that wait for a node.
 *
 *     gated -> active (by priority, then age) -> being scheduled -> bound
 *                ^  \                               |       |
 *                |   backoff <--- an event --- unschedulable
 *                |      \____________ retry ________________/
 *
 * Invariants: S1 a pod is in one place. S2 an unschedulable pod is tried again only when something happened that a plugin which rejected
 * it listens to, or after `unschedulableMaxMs`. S3 what happens while a pod is being scheduled is not lost: it is judged when the pod
 * comes back. S4 no timer runs while nothing waits in backoff or unschedulable. S5 an event costs nothing but for those that listen.
 *
 * Upstream takes pods out of backoff early when nothing else is to be done. Here the scheduler shares its core with the API server:
 * backoff is what keeps a crowd of pods that cannot be helped from being tried again at every event.
 */
import type { Clock, Timer } from '@navarch/runtime/clock';
import type { ClusterEvent } from '../framework/plugin.ts';
import type { PodInfo } from '../pod/pod-info.ts';
import { PodHeap } from './pod-heap.ts';

const backoffFirstMs = 1000;
const backoffMaxMs = 10_000;
const unschedulableMaxMs = 5 * 60_000;

export interface QueuedPod {
  readonly info: PodInfo;
  /** How often it has been tried, this time included. */
  readonly attempts: number;
  /** Order of arrival, among equals. */
  readonly arrival: number;
  /** When it was tried first; undefined before. */
  readonly firstTriedMs: number | undefined;
  /** When its backoff is over. */
  readonly readyMs: number;
}

interface Waiting {
  readonly pod: QueuedPod;
  readonly wakeOn: ReadonlySet<ClusterEvent>;
  /** When it is tried again though nothing happened. */
  readonly dueMs: number;
}

interface InFlight {
  /** How many events there had been when it was taken. */
  readonly since: number;
  /** What the pod looks like meanwhile, if it changed. */
  changed?: PodInfo;
}

export interface QueueCounts {
  readonly active: number;
  readonly backoff: number;
  readonly unschedulable: number;
  readonly gated: number;
}

export class SchedulingQueue {
  readonly #clock: Clock;
  readonly #onReady: () => void;
  readonly #active = new PodHeap(isMoreUrgent);
  readonly #backoff = new PodHeap((a, b) => a.readyMs < b.readyMs);
  /** In order of `dueMs`: all wait equally long. */
  readonly #unschedulable = new Map<string, Waiting>();
  /** Uids of unschedulable pods by what they listen to. */
  readonly #listeners = new Map<ClusterEvent, Set<string>>();
  readonly #inFlight = new Map<string, InFlight>();
  readonly #gated = new Set<string>();
  /** The number of the latest event of each kind. */
  readonly #latest = new Map<ClusterEvent, number>();
  #events = 0;
  #arrivals = 0;
  #timer: { readonly timer: Timer; readonly atMs: number } | undefined;

  /** `onReady` is called when the active queue gets something. */
  constructor(clock: Clock, onReady: () => void) {
    this.#clock = clock;
    this.#onReady = onReady;
  }

  get activeLength(): number {
    return this.#active.length;
  }

  counts(): QueueCounts {
    return {
      active: this.#active.length,
      backoff: this.#backoff.length,
      unschedulable: this.#unschedulable.size,
      gated: this.#gated.size,
    };
  }

  /** A pod that is new, or was changed in a way that may matter. */
  add(info: PodInfo): void {
    const { uid } = info;
    const flying = this.#inFlight.get(uid);
    if (flying) {
      flying.changed = info; // S3
      return;
    }
    const before =
      this.#active.get(uid) ?? this.#backoff.get(uid) ?? this.#unschedulable.get(uid)?.pod;
    this.#takeOut(uid); // S1
    this.#activate({
      info,
      attempts: before?.attempts ?? 0,
      arrival: before?.arrival ?? this.#arrivals++,
      firstTriedMs: before?.firstTriedMs,
      readyMs: 0,
    });
  }

  /** The pod may not be scheduled yet, by its own wish. */
  gate(uid: string): void {
    this.remove(uid);
    this.#gated.add(uid);
  }

  /** The pod is bound, deleted or not ours any more. */
  remove(uid: string): void {
    this.#takeOut(uid);
    this.#inFlight.delete(uid);
  }

  /** The next pod to schedule; `done`, `unschedulable` or `retry` must follow. */
  take(): QueuedPod | undefined {
    const pod = this.#active.pop();
    if (!pod) return undefined;
    this.#inFlight.set(pod.info.uid, { since: this.#events });
    return {
      ...pod,
      attempts: pod.attempts + 1,
      firstTriedMs: pod.firstTriedMs ?? this.#clock.monotonicMs(),
    };
  }

  done(uid: string): void {
    this.#inFlight.delete(uid);
  }

  /** No node fits. `wakeOn`: what the plugins that rejected it listen to. */
  unschedulable(pod: QueuedPod, wakeOn: ReadonlySet<ClusterEvent>): void {
    const flight = this.#land(pod);
    if (!flight) return;
    const missed = [...wakeOn].some((event) => (this.#latest.get(event) ?? 0) > flight.since);
    if (missed || flight.changed) {
      this.#backoff.push(flight.pod); // S3
    } else {
      const { uid } = pod.info;
      const dueMs = this.#clock.monotonicMs() + unschedulableMaxMs;
      this.#unschedulable.set(uid, { pod: flight.pod, wakeOn, dueMs });
      for (const event of wakeOn) this.#listenersOf(event).add(uid);
    }
    this.#arm();
  }

  /** Something went wrong that has nothing to do with the pod's chances: it is tried again after its backoff. */
  retry(pod: QueuedPod): void {
    const flight = this.#land(pod);
    if (!flight) return;
    this.#backoff.push(flight.pod);
    this.#arm();
  }

  /** Something changed in the cluster. */
  on(event: ClusterEvent): void {
    this.#latest.set(event, ++this.#events);
    const listening = this.#listeners.get(event);
    if (!listening || listening.size === 0) return; // S5
    for (const uid of listening) {
      const pod = this.#unschedulable.get(uid)?.pod;
      this.#takeOut(uid);
      if (pod) this.#backoff.push(pod); // S2
    }
    this.#release();
  }

  stop(): void {
    this.#timer?.timer.cancel();
    this.#timer = undefined;
    this.#unschedulable.clear();
  }

  /** Back from being scheduled; undefined when it was removed meanwhile. */
  #land(pod: QueuedPod): (InFlight & { readonly pod: QueuedPod }) | undefined {
    const flight = this.#inFlight.get(pod.info.uid);
    if (!flight) return undefined;
    this.#inFlight.delete(pod.info.uid);
    const backoffMs = Math.min(backoffFirstMs * 2 ** (pod.attempts - 1), backoffMaxMs);
    const readyMs = this.#clock.monotonicMs() + backoffMs;
    const arrival = this.#arrivals++; // Behind those of its priority that wait already.
    return { ...flight, pod: { ...pod, info: flight.changed ?? pod.info, arrival, readyMs } };
  }

  #takeOut(uid: string): void {
    this.#active.remove(uid);
    this.#backoff.remove(uid);
    this.#gated.delete(uid);
    const waiting = this.#unschedulable.get(uid);
    if (!waiting) return;
    this.#unschedulable.delete(uid);
    for (const event of waiting.wakeOn) this.#listeners.get(event)?.delete(uid);
  }

  #listenersOf(event: ClusterEvent): Set<string> {
    const known = this.#listeners.get(event);
    if (known) return known;
    const listeners = new Set<string>();
    this.#listeners.set(event, listeners);
    return listeners;
  }

  #release(): void {
    const nowMs = this.#clock.monotonicMs();
    for (const [uid, { pod, dueMs }] of this.#unschedulable) {
      if (dueMs > nowMs) break;
      this.#takeOut(uid);
      this.#activate(pod);
    }
    for (
      let next = this.#backoff.peek();
      next && next.readyMs <= nowMs;
      next = this.#backoff.peek()
    ) {
      this.#backoff.pop();
      this.#activate(next);
    }
    this.#arm();
  }

  #activate(pod: QueuedPod): void {
    this.#active.push(pod);
    this.#onReady();
  }

  /** S4: one timer, for the earliest. */
  #arm(): void {
    const [oldest] = this.#unschedulable.values();
    const atMs = Math.min(
      oldest?.dueMs ?? Number.POSITIVE_INFINITY,
      this.#backoff.peek()?.readyMs ?? Number.POSITIVE_INFINITY,
    );
    if (this.#timer?.atMs === atMs) return;
    this.#timer?.timer.cancel();
    this.#timer = undefined;
    if (!Number.isFinite(atMs)) return;
    const timer = this.#clock.after(atMs - this.#clock.monotonicMs(), () => {
      this.#timer = undefined;
      this.#release();
    });
    this.#timer = { timer, atMs };
  }
}

/** Higher priority first, then first come, first served. */
function isMoreUrgent(a: QueuedPod, b: QueuedPod): boolean {
  return (
    a.info.priority > b.info.priority ||
    (a.info.priority === b.info.priority && a.arrival < b.arrival)
  );
}
