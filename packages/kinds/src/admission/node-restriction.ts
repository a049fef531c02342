/**
 * A node may write about itself and its pods only. Its identity is in its user name; what it may not touch is what others
 * trust: taints, labels that steer pods, owners.
 */
import type { AdmissionAttributes, AdmissionPlugin } from '@navarch/api/extension/admission';
import type { ObjectReader, UserInfo } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ResourceSlice } from '@navarch/api/types/resource/v1/slice';
import type { CertificateSigningRequest } from '@navarch/api/types/certificates/v1';
import { requestSubject } from '../certificates/subject.ts';
import { podCreateProblem, podProblem, tokenProblem } from './node-restriction-pods.ts';
import { nodeProblem } from './node-restriction-nodes.ts';
import { refusal } from './refuse.ts';

const userPrefix = 'system:node:';
const nodesGroup = 'system:nodes';
const leaseNamespace = 'kube-node-lease';

const kubeletSigners: ReadonlySet<string> = new Set([
  'kubernetes.io/kube-apiserver-client-kubelet',
  'kubernetes.io/kubelet-serving',
]);

/** Resources that nodes are held to; the key is `resource.group`. */
const watched = new Set([
  'pods.',
  'nodes.',
  'serviceaccounts.',
  'leases.coordination.k8s.io',
  'csinodes.storage.k8s.io',
  'resourceslices.resource.k8s.io',
  'certificatesigningrequests.certificates.k8s.io',
]);

export const nodeRestriction: AdmissionPlugin = {
  name: 'NodeRestriction',
  handles: ({ operation, resource }) =>
    operation !== 'CONNECT' && watched.has(`${resource.resource}.${resource.group}`),
  mutate(attributes, { user, read }) {
    const node = nodeOf(user);
    if (node === undefined) return attributes.object;
    const message =
      node === ''
        ? `could not determine node from user ${JSON.stringify(user.username)}`
        : problem(attributes, node, read);
    if (message !== undefined) throw refusal(attributes, message);
    return attributes.object;
  },
};

/** The node's name; '' when it does not say which; undefined when the user is no node. */
function nodeOf({ username, groups }: UserInfo): string | undefined {
  if (!groups.includes(nodesGroup) || !username.startsWith(userPrefix)) return undefined;
  return username.slice(userPrefix.length);
}

function problem(
  attributes: AdmissionAttributes,
  node: string,
  read: ObjectReader,
): string | undefined {
  const { operation, resource, subresource } = attributes;
  switch (resource.resource) {
    case 'pods':
      return operation === 'CREATE' && subresource === ''
        ? podCreateProblem(attributes, node, read)
        : podProblem(attributes, node, read);
    case 'nodes':
      return nodeProblem(attributes, node);
    case 'serviceaccounts':
      return subresource === 'token' ? tokenProblem(attributes, node, read) : undefined;
    case 'leases':
      return leaseProblem(attributes, node);
    case 'certificatesigningrequests':
      return requestProblem(attributes, node);
    case 'csinodes':
      return nameOf(attributes) === node
        ? undefined
        : 'can only access CSINode with the same name as the requesting node';
    default:
      return sliceProblem(attributes, node);
  }
}

/** A kubelet asks for certificates in its own name only. */
function requestProblem(
  { operation, object }: AdmissionAttributes,
  node: string,
): string | undefined {
  if (operation !== 'CREATE' || !isRequest(object)) return undefined;
  if (!kubeletSigners.has(object.spec.signerName)) return undefined;
  const wanted = `${userPrefix}${node}`;
  if (requestSubject(object.spec.request)?.commonName === wanted) return undefined;
  return `can only create a node CSR with CN=${wanted}`;
}

function isRequest(object: KubernetesObject | undefined): object is CertificateSigningRequest {
  return object?.kind === 'CertificateSigningRequest';
}

function nameOf({ name, object }: AdmissionAttributes): string {
  return name || (object?.metadata.name ?? '');
}

function leaseProblem(attributes: AdmissionAttributes, node: string): string | undefined {
  if (attributes.namespace !== leaseNamespace) {
    return `can only access leases in the "${leaseNamespace}" system namespace`;
  }
  return nameOf(attributes) === node
    ? undefined
    : 'can only access node lease with the same name as the requesting node';
}

function isSlice(object: KubernetesObject | undefined): object is ResourceSlice {
  return object?.kind === 'ResourceSlice';
}

function sliceProblem(attributes: AdmissionAttributes, node: string): string | undefined {
  const { operation, object, oldObject } = attributes;
  const slice = operation === 'DELETE' ? oldObject : object;
  if (operation === 'UPDATE' || !isSlice(slice) || slice.spec.nodeName === node) return undefined;
  const verb = operation === 'DELETE' ? 'delete' : 'create';
  return `can only ${verb} ResourceSlice with the same NodeName as the requesting node`;
}
