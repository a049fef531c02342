/**
 * Runs the pods of all simulated machines: observes a pod, plans its next step, reports what came of it.
 *
 * Invariants: R1 one step of a pod at a time (the queue's keys). R2 a pod costs nothing while nothing is due: no timer, no request.
 * R3 a step is planned on the newest state known, our own last write included. R4 nothing happens on a stopped machine.
 */
import type { Client } from '@navarch/client/client';
import { isConflict, isNotFound } from '@navarch/client/errors';
import { type EventRecorder, referenceTo } from '@navarch/client/event-recorder';
import type { Informer } from '@navarch/client/informer';
import { parseKey } from '@navarch/client/keys';
import type { ReconcileResult } from '@navarch/client/work-queue';
import { pods as podResource } from '@navarch/api/resources';
import type { ObjectReference } from '@navarch/api/types/core/v1/reference';
import type { Container } from '@navarch/api/types/core/v1/container';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Clock } from '@navarch/runtime/clock';
import { behaviourOf } from '../pod/behaviour.ts';
import type { Happening } from '../pod/container.ts';
import { beginPod, plan, type PodRun } from '../pod/plan.ts';
import { eventsOf } from '../pod/pod-events.ts';
import { resumePod } from '../pod/resume.ts';
import { podStatusOf, statusPatch } from '../pod/status.ts';
import type { ContainerLogs } from './container-logs.ts';
import type { SimulatedMachine } from './machine.ts';
import { machineAddress } from './node-object.ts';

export interface PodRunnerDependencies {
  readonly client: Client;
  readonly clock: Clock;
  readonly pods: Informer<Pod>;
  readonly machineOf: (nodeName: string) => SimulatedMachine | undefined;
  readonly recorder: EventRecorder;
  readonly logs: ContainerLogs;
}

interface Running {
  readonly machine: SimulatedMachine;
  readonly run: PodRun;
  /** What our last write of its status gave. */
  readonly written?: Pod;
}

export class PodRunner {
  readonly #deps: PodRunnerDependencies;
  readonly #running = new Map<string, Running>();

  constructor(deps: PodRunnerDependencies) {
    this.#deps = deps;
  }

  async reconcile(key: string): Promise<ReconcileResult> {
    const { namespace, name } = parseKey(key);
    const cached = this.#deps.pods.get(namespace, name);
    this.#forgetIfReplaced(key, cached);
    const machine = cached?.spec.nodeName ? this.#deps.machineOf(cached.spec.nodeName) : undefined;
    if (!cached || !machine || machine.stopped) return {}; // R4
    const before = this.#running.get(key) ?? this.#begin(cached, machine);
    const pod = newest(cached, before.written); // R3
    const nowMs = this.#deps.clock.wallMs();
    const { run, wakeAtMs, happened } = plan(pod, before.run, nowMs, (image) =>
      machine.hasImage(image),
    );
    this.#running.set(key, { ...before, run });
    this.#tell(pod, machine, happened, nowMs);
    await this.#report(key, pod, nowMs);
    return Number.isFinite(wakeAtMs)
      ? { requeueAfterMs: Math.max(wakeAtMs - this.#deps.clock.wallMs(), 0) }
      : {};
  }

  /** A pod of this name that is gone, or another one by now, leaves nothing behind. */
  #forgetIfReplaced(key: string, cached: Pod | undefined): void {
    const known = this.#running.get(key);
    if (!known || known.run.uid === cached?.metadata.uid) return;
    known.machine.releaseAddress(known.run.uid);
    this.#deps.logs.forget(known.run.uid);
    this.#running.delete(key);
  }

  #begin(pod: Pod, machine: SimulatedMachine): Running {
    const nowMs = this.#deps.clock.wallMs();
    const ip = machine.takeAddress(pod.metadata.uid ?? '', pod.status?.podIP);
    const run = resumePod(pod, ip) ?? beginPod(pod, ip, nowMs);
    return { machine, run };
  }

  #tell(pod: Pod, machine: SimulatedMachine, happened: readonly Happening[], nowMs: number): void {
    if (happened.length === 0) return;
    const { recorder, logs } = this.#deps;
    const reference = referenceTo(podResource, pod);
    for (const happening of happened) {
      const container = containerOf(pod, happening.container);
      if (happening.kind === 'pulled') machine.addImage(happening.image);
      if (happening.kind === 'started' && container) {
        logs.start(
          pod.metadata.uid ?? '',
          happening.container,
          behaviourOf(pod, container).lines,
          nowMs,
        );
      }
      for (const event of eventsOf(happening))
        recorder.record(withFieldPath(reference, pod, happening.container), event);
    }
  }

  async #report(key: string, pod: Pod, nowMs: number): Promise<void> {
    const running = this.#running.get(key);
    if (!running) return;
    const { namespace = '', name = '', uid } = pod.metadata;
    const api = this.#deps.client.resource(podResource);
    const patch = statusPatch(
      pod,
      podStatusOf(pod, running.run, { ip: machineAddress(running.machine) }, nowMs),
    );
    try {
      if (patch !== undefined) {
        const written = await api.patchStatus(namespace, name, { type: 'strategic', body: patch });
        this.#running.set(key, { ...running, written });
      }
      if (running.run.state.kind === 'gone' && uid) {
        await api.delete(namespace, name, { gracePeriodSeconds: 0, preconditions: { uid } });
      }
    } catch (error) {
      // Gone, or another pod of the same name: the cache will show it.
      if (!isNotFound(error) && !isConflict(error)) throw error;
    }
  }
}

function newest(cached: Pod, written: Pod | undefined): Pod {
  if (!written) return cached;
  return Number(written.metadata.resourceVersion) > Number(cached.metadata.resourceVersion)
    ? written
    : cached;
}

function containerOf(pod: Pod, name: string): Container | undefined {
  const { containers, initContainers = [], ephemeralContainers = [] } = pod.spec;
  return [...containers, ...initContainers, ...ephemeralContainers].find(
    (container) => container.name === name,
  );
}

/** Events about a container point at it: `spec.containers{main}`. */
function withFieldPath(reference: ObjectReference, pod: Pod, container: string): ObjectReference {
  const isInit = pod.spec.initContainers?.some(({ name }) => name === container);
  return {
    ...reference,
    fieldPath: `spec.${isInit ? 'initContainers' : 'containers'}{${container}}`,
  };
}
