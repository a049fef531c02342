/** What a node may change of a node: only itself, and nothing that decides who is placed on it. */
import type { AdmissionAttributes } from '@navarch/api/extension/admission';
import type { Node } from '@navarch/api/types/core/v1/node';
import type { StringMap } from '@navarch/api/types/scalars';
import { semanticallyEqual } from '../equal.ts';
import { compareText } from '../table/cells.ts';
import { isNode } from './objects.ts';

/** Labels by which nodes describe themselves. */
const ownLabels = new Set([
  'kubernetes.io/hostname',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
  'node.kubernetes.io/instance-type',
  'beta.kubernetes.io/instance-type',
  'kubernetes.io/os',
  'kubernetes.io/arch',
  'beta.kubernetes.io/os',
  'beta.kubernetes.io/arch',
]);
const ownNamespaces = ['kubelet.kubernetes.io', 'node.kubernetes.io'];
const reservedNamespaces = ['kubernetes.io', 'k8s.io'];
const restrictedNamespace = 'node-restriction.kubernetes.io';

export function nodeProblem(attributes: AdmissionAttributes, node: string): string | undefined {
  const { operation, name, object, oldObject } = attributes;
  const target = name || (object?.metadata.name ?? '');
  const self = `node ${JSON.stringify(node)}`;
  if (target !== node) return `${self} is not allowed to modify node ${JSON.stringify(target)}`;
  if (!isNode(object)) return undefined;
  if (operation === 'CREATE') {
    const labels = forbiddenLabels({}, object.metadata.labels ?? {});
    return labels.length === 0
      ? undefined
      : `${self} is not allowed to set the following labels: ${labels.join(', ')}`;
  }
  return isNode(oldObject) ? changeProblem(object, oldObject, self) : undefined;
}

function changeProblem(object: Node, stored: Node, self: string): string | undefined {
  if (!semanticallyEqual(object.spec.taints, stored.spec.taints)) {
    return `${self} is not allowed to modify taints`;
  }
  const labels = forbiddenLabels(stored.metadata.labels ?? {}, object.metadata.labels ?? {});
  if (labels.length > 0) return `is not allowed to modify labels: ${labels.join(', ')}`;
  if (!semanticallyEqual(object.metadata.ownerReferences, stored.metadata.ownerReferences)) {
    return `${self} is not allowed to modify ownerReferences`;
  }
  return undefined;
}

/** The changed labels that are not a node's to change, in order. */
function forbiddenLabels(before: StringMap<string>, after: StringMap<string>): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => before[key] !== after[key] && isForbidden(key))
    .toSorted(compareText);
}

function isForbidden(key: string): boolean {
  const slash = key.indexOf('/');
  const namespace = slash < 0 ? '' : key.slice(0, slash);
  if (isIn(namespace, restrictedNamespace)) return true;
  if (!reservedNamespaces.some((reserved) => isIn(namespace, reserved))) return false;
  return !ownLabels.has(key) && !ownNamespaces.some((own) => isIn(namespace, own));
}

function isIn(namespace: string, parent: string): boolean {
  return namespace === parent || namespace.endsWith(`.${parent}`);
}
