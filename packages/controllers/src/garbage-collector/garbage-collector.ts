/** The garbage collector: deletes objects whose owners are gone, and lets objects go whose deletion waits for that. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { OwnerReference } from '@navarch/api/types/meta/v1/object';
import { type EventRecorder } from '@navarch/client/event-recorder';
import type { Informer } from '@navarch/client/informer';
import { createWorkQueue, runWorkers } from '@navarch/client/work-queue';
import type { ControllerDefinition, ControllerDependencies } from '../controller.ts';
import { Collector } from './collector.ts';
import { apiVersion, describeReference, type GraphNode, type Kind, OwnerGraph } from './graph.ts';
import { Monitors } from './monitors.ts';

export const garbageCollectorController: ControllerDefinition = {
  name: 'garbage-collector-controller',
  serviceAccount: 'generic-garbage-collector',
  start: startGarbageCollector,
};

const workers = 20;

function startGarbageCollector(deps: ControllerDependencies): void {
  const { runtime, lifetime, client, informers, recorder } = deps;
  const toDelete = createWorkQueue(runtime, { name: 'garbage_collector_attempt_to_delete' });
  const toOrphan = createWorkQueue(runtime, { name: 'garbage_collector_attempt_to_orphan' });
  const graph = new OwnerGraph({
    attemptToDelete: (uid) => toDelete.add(uid),
    attemptToOrphan: (uid) => toOrphan.add(uid),
    foundForeignOwner: (dependent, owner) => reportForeignOwner(recorder, dependent, owner),
  });
  const monitors = new Monitors({
    runtime,
    lifetime,
    client,
    informers,
    name: 'garbage collector',
    onMonitor: (kind, informer) => follow(graph, kind, informer),
  });
  const collector = new Collector({
    client,
    graph,
    attemptToDelete: (uid) => toDelete.add(uid),
    resourceOf: (version, kind) => monitors.resourceOf(version, kind),
  });
  let started: Promise<void> | undefined;
  const ready = (signal: AbortSignal): Promise<void> => (started ??= monitors.start(signal));
  const options = { count: workers, runtime, lifetime, ready };
  runWorkers(toDelete, (uid) => collector.attemptToDelete(uid), options);
  runWorkers(toOrphan, (uid) => collector.attemptToOrphan(uid), options);
}

function follow(graph: OwnerGraph, kind: Kind, informer: Informer<KubernetesObject>): void {
  informer.onChange({
    added: (object) => graph.observe(kind, object),
    updated: (_, object) => graph.observe(kind, object),
    deleted: ({ metadata }) => {
      if (metadata.uid !== undefined) graph.remove(metadata.uid);
    },
  });
}

function reportForeignOwner(
  recorder: EventRecorder,
  { uid, seen }: GraphNode,
  owner: OwnerReference,
): void {
  if (!seen) return;
  const { kind, namespace, name } = seen;
  const about = {
    apiVersion: apiVersion(kind),
    kind: kind.kind,
    name,
    uid,
    ...(namespace !== '' && { namespace }),
  };
  recorder.record(about, {
    type: 'Warning',
    reason: 'OwnerRefInvalidNamespace',
    message: `ownerRef ${describeReference(owner, namespace)} does not exist in namespace "${namespace}"`,
  });
}
