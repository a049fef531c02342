/** Binding: a scheduler decides where a pod runs. Done once per pod, and never undone. */
import type { RequestContext } from '@navarch/api/extension/context';
import type { ActionSubresource } from '@navarch/api/extension/resource';
import {
  aggregateMessage,
  type FieldError,
  notSupported,
  required,
} from '@navarch/api/field-error';
import {
  badRequest,
  conflict,
  type StatusError,
  type Status,
  unknownReason,
} from '@navarch/api/status';
import type { Binding, Pod } from '@navarch/api/types/core/v1/pod';
import { listOf } from '../../nil.ts';
import { withCondition } from './conditions.ts';

const pods = { group: '', resource: 'pods' };
const podBindings = { group: '', resource: 'pods/binding' };

interface PodName {
  readonly namespace: string;
  readonly name: string;
}

export const bindingSubresource: ActionSubresource = {
  type: 'action',
  name: 'binding',
  kind: { group: '', version: 'v1', kind: 'Binding' },
  verbs: ['create'],
  schema: 'core/v1.Binding',
  act: (parent, submitted, context) => bindPod(parent, submitted as Binding, context),
};

/** What actions answer that have nothing to show. It has to pass as an object, which Status is on the wire. */
export const created = {
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Success',
  code: 201,
} as const satisfies Status;

export async function bindPod(
  { namespace, name }: PodName,
  binding: Binding,
  context: RequestContext,
): Promise<typeof created> {
  if (binding.metadata.name !== name) {
    throw badRequest('name in URL does not match name in Binding object');
  }
  const errors = validateBinding(binding);
  // Upstream returns these bare, so that they reach the client as a failure of the server.
  if (errors.length > 0) throw unknownReason(aggregateMessage(errors));
  const bind = (pod: Pod): Pod => bound(pod, binding, context.nowMs);
  await context.write.update<Pod>(pods, namespace, name, bind, { dryRun: context.dryRun });
  return created;
}

function validateBinding({ target }: Binding): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (target.kind && target.kind !== 'Node') {
    errors.push(notSupported('target.kind', target.kind, ['Node', '<empty>']));
  }
  if (!target.name) errors.push(required('target.name'));
  return errors;
}

function bound(pod: Pod, { metadata, target }: Binding, nowMs: number): Pod {
  checkPreconditions(pod, metadata);
  const problem = unbindable(pod);
  if (problem !== undefined) throw conflict(podBindings, pod.metadata.name ?? '', problem);
  const { nominatedNodeName: _, ...status } = pod.status ?? {};
  const annotations = { ...pod.metadata.annotations, ...metadata.annotations };
  const labels = { ...pod.metadata.labels, ...topologyOf(metadata.labels) };
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      ...(Object.keys(labels).length > 0 && { labels }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: { ...pod.spec, nodeName: target.name ?? '' },
    status: withCondition(status, { type: 'PodScheduled', status: 'True' }, nowMs),
  };
}

/** Where the pod lands: of what labels bindings carry, pods take these. */
const topologyLabels = ['topology.kubernetes.io/zone', 'topology.kubernetes.io/region'];

function topologyOf(
  labels: Readonly<Record<string, string>> | null = {},
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(labels ?? {}).filter(([key]) => topologyLabels.includes(key)),
  );
}

function unbindable({ metadata, spec }: Pod): string | undefined {
  const name = metadata.name ?? '';
  if (metadata.deletionTimestamp !== undefined) {
    return `pod ${name} is being deleted, cannot be assigned to a host`;
  }
  if (spec.nodeName) {
    return `pod ${name} is already assigned to node ${JSON.stringify(spec.nodeName)}`;
  }
  if (listOf(spec.schedulingGates).length > 0) {
    return `pod ${name} has non-empty .spec.schedulingGates`;
  }
  return undefined;
}

/** A binding may say which pod exactly it means, in case another took its name. */
function checkPreconditions(pod: Pod, wanted: Binding['metadata']): void {
  const fail = (what: string, expected: string, actual: string): StatusError =>
    conflict(
      pods,
      pod.metadata.name ?? '',
      `Precondition failed: ${what} in precondition: ${expected}, ${what} in object meta: ${actual}`,
    );
  const { uid = '', resourceVersion = '' } = pod.metadata;
  if (wanted.uid && wanted.uid !== uid) throw fail('UID', wanted.uid, uid);
  if (wanted.resourceVersion && wanted.resourceVersion !== resourceVersion) {
    throw fail('ResourceVersion', wanted.resourceVersion, resourceVersion);
  }
}
