/**
 * Pods that wait for a node.
 *
 *     active (by priority, then age) -> being scheduled -> bound
 *        ^  \                              |
 *        |   backoff <--- an event --- unschedulable
 *
 * Invariants: S1 a pod is in one place. S2 an unschedulable pod is tried again only when something happened that a plugin which rejected
 * it listens to, or after `unschedulableMaxMs`. S3 what happens while a pod is being scheduled is not lost: it is judged when the pod
 * comes back. S4 no timer runs while nothing waits in backoff or unschedulable.
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
  readonly attempts: number;
  /** Order of arrival, among equals. */
  readonly arrival: number;
}

interface Waiting {
  readonly pod: QueuedPod;
  readonly place: 'unschedulable' | 'backoff';
  readonly wakeOn: ReadonlySet<ClusterEvent>;
  /** When its backoff is over. */
  readonly readyMs: number;
  /** When it is tried again though nothing happened. */
  readonly dueMs: number;
}

export class SchedulingQueue {
  readonly #clock: Clock;
  readonly #onReady: () => void;
  readonly #active = new PodHeap();
  readonly #waiting = new Map<string, Waiting>();
  /** Uid -> events seen while the pod was being scheduled. */
  readonly #inFlight = new Map<string, Set<ClusterEvent>>();
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

  /** A pod that is new, or was changed in a way that may matter. */
  add(info: PodInfo): void {
    if (this.#inFlight.has(info.uid)) {
      this.#inFlight.get(info.uid)?.add('pod:updated'); // S3
      return;
    }
    const attempts = this.#waiting.get(info.uid)?.pod.attempts ?? 0;
    this.#waiting.delete(info.uid); // S1
    this.#activate({ info, attempts, arrival: this.#arrivals++ });
  }

  /** The pod is bound, deleted or not ours any more. */
  remove(uid: string): void {
    this.#active.remove(uid);
    this.#waiting.delete(uid);
    this.#inFlight.delete(uid);
  }

  /** The next pod to schedule; `done` or `unschedulable` must follow. */
  take(): QueuedPod | undefined {
    const pod = this.#active.pop();
    if (pod) this.#inFlight.set(pod.info.uid, new Set());
    return pod;
  }

  done(uid: string): void {
    this.#inFlight.delete(uid);
  }

  /** No node fits, or the binding failed. `wakeOn`: what the plugins that rejected it listen to; everything when empty. */
  unschedulable(pod: QueuedPod, wakeOn: ReadonlySet<ClusterEvent>): void {
    const missed = this.#inFlight.get(pod.info.uid);
    if (!missed) return; // Removed meanwhile.
    this.#inFlight.delete(pod.info.uid);
    const nowMs = this.#clock.monotonicMs();
    const attempts = pod.attempts + 1;
    const readyMs = nowMs + Math.min(backoffFirstMs * 2 ** (attempts - 1), backoffMaxMs);
    const woken = [...missed].some((event) => listens(wakeOn, event)); // S3
    this.#waiting.set(pod.info.uid, {
      pod: { ...pod, attempts },
      place: woken ? 'backoff' : 'unschedulable',
      wakeOn,
      readyMs,
      dueMs: woken ? readyMs : nowMs + unschedulableMaxMs,
    });
    this.#arm();
  }

  /** Something changed in the cluster. */
  on(event: ClusterEvent): void {
    for (const events of this.#inFlight.values()) events.add(event);
    for (const [uid, waiting] of this.#waiting) {
      if (waiting.place !== 'unschedulable' || !listens(waiting.wakeOn, event)) continue; // S2
      this.#waiting.set(uid, { ...waiting, place: 'backoff', dueMs: waiting.readyMs });
    }
    this.#release();
  }

  stop(): void {
    this.#timer?.timer.cancel();
    this.#timer = undefined;
    this.#waiting.clear();
  }

  #release(): void {
    const nowMs = this.#clock.monotonicMs();
    for (const [uid, { pod, dueMs }] of this.#waiting) {
      if (dueMs > nowMs) continue;
      this.#waiting.delete(uid);
      this.#activate(pod);
    }
    this.#arm();
  }

  #activate(pod: QueuedPod): void {
    this.#active.push(pod);
    this.#onReady();
  }

  /** S4: one timer, for the earliest. */
  #arm(): void {
    let atMs = Number.POSITIVE_INFINITY;
    for (const { dueMs } of this.#waiting.values()) atMs = Math.min(atMs, dueMs);
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

function listens(wakeOn: ReadonlySet<ClusterEvent>, event: ClusterEvent): boolean {
  return wakeOn.size === 0 || wakeOn.has(event);
}
