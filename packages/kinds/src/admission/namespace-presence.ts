/** What becomes of objects in namespaces that do not exist: the namespace is made, or they are refused. */
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import { isStatusError, notFound } from '@navarch/api/status';
import type { Namespace } from '@navarch/api/types/core/v1/namespace';
import { refusal } from './refuse.ts';

const namespaces = { group: '', resource: 'namespaces' };

export const namespaceAutoProvision: AdmissionPlugin = {
  name: 'NamespaceAutoProvision',
  handles: ({ operation }) => operation === 'CREATE',
  mutate(attributes, { read, write, dryRun }) {
    const { namespace, object } = attributes;
    if (namespace === '' || dryRun || read.get(namespaces, '', namespace)) return object;
    const made = write.create<Namespace>(
      namespaces,
      { metadata: { name: namespace }, spec: {} },
      { dryRun: false },
    );
    return made.then(
      () => object,
      (error: unknown) => {
        if (isStatusError(error, 'AlreadyExists')) return object;
        throw refusal(attributes, error instanceof Error ? error.message : String(error));
      },
    );
  },
};

export const namespaceExists: AdmissionPlugin = {
  name: 'NamespaceExists',
  handles: ({ operation }) => operation !== 'CONNECT',
  validate({ namespace }, { read }) {
    if (namespace === '' || read.get(namespaces, '', namespace)) return;
    throw notFound(namespaces, namespace);
  },
};
