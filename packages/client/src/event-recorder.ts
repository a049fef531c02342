/**
 * Records Kubernetes events: what people read under `kubectl describe`.
 *
 *     const recorder = createEventRecorder(client, { runtime, lifetime, component: 'deployment-controller' });
 *     recorder.record(deployment, { type: 'Normal', reason: 'ScalingReplicaSet', message: 'Scaled up ...' });
 *
 * Recording never waits and never fails: events are sent from a bounded queue, and dropped (and counted) when that is full. As upstream,
 * an event that repeats counts up the one that is there, many similar ones are combined, and an object that floods is limited.
 */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ObjectReference } from '@navarch/api/types/core/v1/reference';
import type { Lifetime } from '@navarch/runtime/lifetime';
import type { Runtime } from '@navarch/runtime/runtime';
import type { Client } from './client.ts';
import { Recorder } from './event-recorder/recorder.ts';

export interface EventDetails {
  readonly type: 'Normal' | 'Warning';
  /** One word in CamelCase, for machines. */
  readonly reason: string;
  /** A sentence, for people. */
  readonly message: string;
  /** What was done, in CamelCase. */
  readonly action?: string;
  readonly related?: ObjectReference;
  /** The node, for a recorder that speaks for several. */
  readonly host?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface EventRecorder {
  /** `about`: an object that carries its kind, or a reference to one (`referenceTo` makes one). */
  record(about: KubernetesObject | ObjectReference, event: EventDetails): void;
  /** Resolves when everything recorded so far has been sent or given up. */
  flush(): Promise<void>;
}

export interface EventRecorderOptions {
  readonly runtime: Runtime;
  /** Sending ends with it; what is queued then is dropped. */
  readonly lifetime: Lifetime;
  /** Who says it: `default-scheduler`, `kubelet`, `deployment-controller`. */
  readonly component: string;
  /** The node, for components that run on one. */
  readonly host?: string;
}

export function createEventRecorder(client: Client, options: EventRecorderOptions): EventRecorder {
  return new Recorder(client, options);
}

/** A reference to an object that came out of a cache or list, where objects need not carry their kind. */
export function referenceTo(
  of: { readonly group: string; readonly version: string; readonly kind: string },
  object: KubernetesObject,
): ObjectReference {
  const { namespace, name, uid, resourceVersion } = object.metadata;
  return {
    kind: of.kind,
    ...(namespace && { namespace }),
    ...(name && { name }),
    ...(uid && { uid }),
    apiVersion: of.group === '' ? of.version : `${of.group}/${of.version}`,
    ...(resourceVersion && { resourceVersion }),
  };
}
