/** What a node may do with pods: show its own static ones, report on, delete and evict those that run on it. */
import type { AdmissionAttributes } from '@navarch/api/extension/admission';
import type { ObjectReader } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { TokenRequest } from '@navarch/api/types/authentication/v1';
import type { Node } from '@navarch/api/types/core/v1/node';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { semanticallyEqual } from '../equal.ts';
import { listOf } from '../nil.ts';
import { isMirrorPod, isPod } from './objects.ts';

const pods = { group: '', resource: 'pods' };
const nodes = { group: '', resource: 'nodes' };

export function podCreateProblem(
  { object }: AdmissionAttributes,
  node: string,
  read: ObjectReader,
): string | undefined {
  if (!isPod(object)) return undefined;
  const self = `node ${JSON.stringify(node)}`;
  if (!isMirrorPod(object)) {
    return `pod does not have "kubernetes.io/config.mirror" annotation, ${self} can only create mirror pods`;
  }
  if (object.spec.nodeName !== node) {
    return `${self} can only create pods with spec.nodeName set to itself`;
  }
  return ownerProblem(object, node, read) ?? referenceProblem(object, self);
}

/** The pod belongs to the node, so that it goes when the node goes. */
function ownerProblem({ metadata }: Pod, node: string, read: ObjectReader): string | undefined {
  const self = `node ${JSON.stringify(node)}`;
  const owners = listOf(metadata.ownerReferences);
  const [owner] = owners;
  if (owners.length > 1) {
    return `${self} can only create pods with a single owner reference set to itself`;
  }
  if (owner?.apiVersion !== 'v1' || owner.kind !== 'Node' || owner.name !== node) {
    return `${self} can only create pods with an owner reference set to itself`;
  }
  if (!owner.controller) {
    return `${self} can only create pods with a controller owner reference set to itself`;
  }
  if (owner.blockOwnerDeletion) {
    return `${self} must not set blockOwnerDeletion on an owner reference`;
  }
  const uid = read.get<Node>(nodes, '', node)?.metadata.uid ?? '';
  return owner.uid === uid
    ? undefined
    : `node ${node} UID mismatch: expected ${owner.uid} got ${uid}`;
}

function referenceProblem({ spec }: Pod, self: string): string | undefined {
  const refuse = (what: string) => `${self} can not create pods that reference ${what}`;
  if (spec.serviceAccountName) return refuse('a service account');
  for (const volume of listOf(spec.volumes)) {
    if (volume.secret) return refuse('secrets');
    if (volume.configMap) return refuse('configmaps');
    if (volume.persistentVolumeClaim) return refuse('persistentvolumeclaims');
  }
  if (listOf(spec.resourceClaims).length > 0) return refuse('resourceclaims');
  return undefined;
}

/** Everything but creating pods. */
export function podProblem(
  attributes: AdmissionAttributes,
  node: string,
  read: ObjectReader,
): string | undefined {
  const { operation, subresource, namespace, name, object, oldObject } = attributes;
  const self = `node ${JSON.stringify(node)}`;
  const runsHere = (pod: KubernetesObject | undefined) => isPod(pod) && pod.spec.nodeName === node;
  switch (subresource) {
    case '':
      if (operation === 'DELETE') {
        const pod = oldObject ?? read.get<Pod>(pods, namespace, name);
        const here = pod === undefined || runsHere(pod);
        return here ? undefined : `${self} can only delete pods with spec.nodeName set to itself`;
      }
      return `unexpected operation "${operation}", node "${node}" can only create and delete mirror pods`;
    case 'status':
      if (!runsHere(oldObject)) {
        return `${self} can only update pod status for pods with spec.nodeName set to itself`;
      }
      return semanticallyEqual(object?.metadata.labels, oldObject?.metadata.labels)
        ? undefined
        : `${self} cannot update labels through pod status`;
    case 'eviction':
      return runsHere(read.get<Pod>(pods, namespace, name))
        ? undefined
        : `node ${node} can only evict pods with spec.nodeName set to itself`;
    default:
      return `unexpected pod subresource "${subresource}", only 'status' and 'eviction' are allowed`;
  }
}

function isTokenRequest(object: KubernetesObject | undefined): object is TokenRequest {
  return object?.kind === 'TokenRequest';
}

/** Nodes get tokens for their pods only. */
export function tokenProblem(
  { namespace, object }: AdmissionAttributes,
  node: string,
  read: ObjectReader,
): string | undefined {
  if (!isTokenRequest(object)) return undefined;
  const { boundObjectRef: bound } = object.spec;
  if (bound?.apiVersion !== 'v1' || bound.kind !== 'Pod' || !bound.name) {
    return 'node requested token not bound to a pod';
  }
  if (!bound.uid) return 'node requested token with a pod binding without a uid';
  const pod = read.get<Pod>(pods, namespace, bound.name);
  if (!pod) return `pod "${bound.name}" not found`;
  if (pod.metadata.uid !== bound.uid) {
    return `the UID in the bound object reference (${bound.uid}) does not match the UID in record. The object might have been deleted and then recreated`;
  }
  return pod.spec.nodeName === node
    ? undefined
    : 'node requested token bound to a pod scheduled on a different node';
}
