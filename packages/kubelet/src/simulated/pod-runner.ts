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
import { configMaps, pods as podResource, secrets } from '@navarch/api/resources';
import type { ObjectReference } from '@navarch/api/types/core/v1/reference';
import type { Container } from '@navarch/api/types/core/v1/container';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Clock } from '@navarch/runtime/clock';
import { behaviourOf } from '../pod/behaviour.ts';
import { configurationOf, missingOf } from '../pod/configuration.ts';
import { type ContainerRun, leave } from '../pod/container.ts';
import {
  beginPod,
  type Missing,
  nothingMissing,
  plan,
  type Plan,
  type PodRun,
} from '../pod/plan.ts';
import { eventsOf, mountEvent } from '../pod/pod-events.ts';
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
  /** Exit codes of containers that were told to leave and have yet to, by pod's uid and name. */
  readonly #leaving = new Map<string, number>();

  constructor(deps: PodRunnerDependencies) {
    this.#deps = deps;
  }

  /** A container leaves by itself, when its pod is next reconciled: what it waited for has come. */
  endContainer(podUid: string, container: string, exitCode: number): void {
    this.#leaving.set(`${podUid}/${container}`, exitCode);
  }

  async reconcile(key: string): Promise<ReconcileResult> {
    const { namespace, name } = parseKey(key);
    const missing = await this.#missing(key, this.#deps.pods.get(namespace, name));
    const cached = this.#deps.pods.get(namespace, name);
    this.#forgetIfReplaced(key, cached);
    const machine = cached?.spec.nodeName ? this.#deps.machineOf(cached.spec.nodeName) : undefined;
    if (!cached || !machine || machine.stopped) return {}; // R4
    const before = this.#running.get(key) ?? this.#begin(cached, machine);
    const pod = newest(cached, before.written); // R3
    const nowMs = this.#deps.clock.wallMs();
    const hasImage = (image: string): boolean => machine.hasImage(image);
    const planned = plan(pod, this.#withLeaving(before.run, nowMs), nowMs, { hasImage, missing });
    const { run, wakeAtMs } = planned;
    this.#running.set(key, { ...before, run });
    this.#tell(pod, machine, planned, nowMs);
    await this.#report(key, pod, nowMs);
    return Number.isFinite(wakeAtMs)
      ? { requeueAfterMs: Math.max(wakeAtMs - this.#deps.clock.wallMs(), 0) }
      : {};
  }

  #withLeaving(run: PodRun, nowMs: number): PodRun {
    if (this.#leaving.size === 0) return run;
    const left = (container: ContainerRun): ContainerRun => {
      const key = `${run.uid}/${container.name}`;
      const exitCode = this.#leaving.get(key);
      if (exitCode === undefined) return container;
      this.#leaving.delete(key);
      return leave(container, nowMs, exitCode);
    };
    return { ...run, main: run.main.map(left), ephemeral: run.ephemeral.map(left) };
  }

  /** Asks for what the pod refers to, while something of it has yet to start. */
  async #missing(key: string, pod: Pod | undefined): Promise<Missing> {
    const known = this.#running.get(key);
    const isSettled = known?.run.state.kind === 'running' && known.run.main.every(isStarted);
    if (!pod || isSettled || pod.metadata.deletionTimestamp) return nothingMissing;
    const { namespace = '' } = pod.metadata;
    const found = new Map<string, ReadonlySet<string>>();
    for (const { kind, name } of configurationOf(pod)) {
      const keys = await this.#keysOf(kind, namespace, name);
      if (keys) found.set(`${kind}/${name}`, keys);
    }
    return missingOf(pod, (kind, name) => found.get(`${kind}/${name}`));
  }

  async #keysOf(
    kind: 'configmap' | 'secret',
    namespace: string,
    name: string,
  ): Promise<ReadonlySet<string> | undefined> {
    const { client } = this.#deps;
    try {
      if (kind === 'secret') {
        const { data = {} } = await client.resource(secrets).get(namespace, name);
        return new Set(Object.keys(data));
      }
      const { data = {}, binaryData = {} } = await client.resource(configMaps).get(namespace, name);
      return new Set([...Object.keys(data), ...Object.keys(binaryData)]);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
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
    const resumed = resumePod(pod, ip);
    if (resumed) this.#printAgain(pod, resumed);
    return { machine, run: resumed ?? beginPod(pod, ip, nowMs) };
  }

  /** What ran before this process started has printed what it prints. */
  #printAgain(pod: Pod, { init, main, ephemeral }: PodRun): void {
    for (const { name, state, lastExit } of [...init, ...main, ...ephemeral]) {
      const container = containerOf(pod, name);
      const exit = state.kind === 'exited' ? state.exit : undefined;
      const starts = [lastExit, state.kind === 'running' ? state : exit];
      for (const start of starts) {
        if (!container || !start) continue;
        const { lines } = behaviourOf(pod, container);
        this.#deps.logs.start(pod.metadata.uid ?? '', name, lines, start.startedAtMs);
      }
    }
  }

  #tell(pod: Pod, machine: SimulatedMachine, planned: Plan, nowMs: number): void {
    const { happened, mountFailures } = planned;
    if (happened.length + mountFailures.length === 0) return;
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
      for (const event of eventsOf(pod, happening)) {
        const about = withFieldPath(reference, pod, happening.container);
        recorder.record(about, { ...event, host: machine.name });
      }
    }
    for (const failure of mountFailures)
      recorder.record(reference, { ...mountEvent(failure), host: machine.name });
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

function isStarted({ state }: ContainerRun): boolean {
  return state.kind === 'running' || state.kind === 'exited';
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
