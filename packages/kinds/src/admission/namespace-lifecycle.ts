/** Objects live in namespaces that exist, and none begins its life in one that is going away. */
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import { notFound } from '@navarch/api/status';
import type { Namespace } from '@navarch/api/types/core/v1/namespace';
import { refusal, refusalBecause } from './refuse.ts';

const namespaces = { group: '', resource: 'namespaces' };

/** The cluster does not work without these. */
const immortal = new Set(['default', 'kube-system', 'kube-public']);

/** Asking about rights creates nothing. */
const isReview = (resource: string) => resource === 'localsubjectaccessreviews';

export const namespaceLifecycle: AdmissionPlugin = {
  name: 'NamespaceLifecycle',
  handles: ({ operation, resource }) => operation !== 'CONNECT' && !isReview(resource.resource),
  mutate(attributes, { read }) {
    const { operation, resource, namespace, name, object } = attributes;
    if (resource.group === '' && resource.resource === 'namespaces') {
      if (operation === 'DELETE' && immortal.has(name)) {
        throw refusal(attributes, 'this namespace may not be deleted');
      }
      return object;
    }
    if (namespace === '' || operation === 'DELETE') return object;
    const home = read.get<Namespace>(namespaces, '', namespace);
    if (!home) throw notFound(namespaces, namespace);
    if (operation !== 'CREATE' || home.status?.phase !== 'Terminating') return object;
    const message = `unable to create new content in namespace ${namespace} because it is being terminated`;
    throw refusalBecause(attributes, message, {
      reason: 'NamespaceTerminating',
      message: `namespace ${namespace} is being terminated`,
      field: 'metadata.namespace',
    });
  },
};
