/** Custom resource definitions: kinds that users add. */
import type { CustomResourceDefinition } from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import type { Draft } from '@navarch/api/types/scalars';
import { defineResource } from '../define.ts';
import { listOf, nilList } from '../nil.ts';
import { specAndStatus, specChanged, statusSubresource } from '../strategy.ts';
import { plainTable } from '../table/columns.ts';
import { definitionWarnings } from './definition/warnings.ts';
import {
  validateDefinition,
  validateDefinitionStatus,
  validateDefinitionUpdate,
} from './validate.ts';

const kind = { group: 'apiextensions.k8s.io', version: 'v1', kind: 'CustomResourceDefinition' };

const strategy = specAndStatus<CustomResourceDefinition>({
  emptyStatus: {
    conditions: nilList,
    acceptedNames: { plural: '', kind: '' },
    storedVersions: nilList,
  },
  newGeneration: specChanged,
});

export const customResourceDefinitions = defineResource<CustomResourceDefinition>({
  ...kind,
  plural: 'customresourcedefinitions',
  shortNames: ['crd', 'crds'],
  categories: ['api-extensions'],
  scope: 'Cluster',
  requireResourceVersion: true,
  allowsAnyFinalizer: true,
  storagePrefix: 'apiextensions.k8s.io/customresourcedefinitions',
  setDefaults,
  ...strategy,
  prepareForCreate: (submitted, context) =>
    rememberStorageVersion(strategy.prepareForCreate?.(submitted, context) ?? submitted),
  prepareForUpdate: (submitted, stored, context) =>
    rememberStorageVersion(strategy.prepareForUpdate?.(submitted, stored, context) ?? submitted),
  beginDeletion,
  validate: validateDefinition,
  validateUpdate: validateDefinitionUpdate,
  warnings: definitionWarnings,
  subresources: [
    statusSubresource<CustomResourceDefinition>(kind, {
      keepsMetadata: 'all',
      validateUpdate: validateDefinitionStatus,
      prepare: (object) =>
        listOf(object.status?.storedVersions).length > 0 ? object : rememberStorageVersion(object),
    }),
  ],
  table: plainTable,
});

function setDefaults({ spec }: Draft<CustomResourceDefinition>): void {
  spec.names.singular ||= spec.names.kind.toLowerCase();
  if (spec.names.kind !== '') spec.names.listKind ||= `${spec.names.kind}List`;
  spec.conversion ??= { strategy: 'None' };
  const service = spec.conversion.webhook?.clientConfig?.service;
  if (service) service.port ??= 443;
}

const cleanupFinalizer = 'customresourcecleanup.apiextensions.k8s.io';

/** Its objects go first: the finalizer holds it until then. */
function beginDeletion(object: CustomResourceDefinition): CustomResourceDefinition {
  const { metadata, status = { acceptedNames: nilNames, conditions: [], storedVersions: [] } } =
    object;
  const { finalizers = [], deletionTimestamp } = metadata;
  const held = finalizers.includes(cleanupFinalizer)
    ? finalizers
    : [...finalizers, cleanupFinalizer];
  const terminating = {
    type: 'Terminating',
    status: 'True',
    ...(deletionTimestamp !== undefined && { lastTransitionTime: deletionTimestamp }),
    reason: 'InstanceDeletionPending',
    message:
      'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
  } as const;
  const others = listOf(status.conditions).filter(({ type }) => type !== 'Terminating');
  return {
    ...object,
    metadata: { ...metadata, finalizers: held },
    status: { ...status, conditions: [...others, terminating] },
  };
}

const nilNames = { plural: '', kind: '' };

/** Whatever version objects may have been stored in must stay known until they are rewritten. */
function rememberStorageVersion(object: CustomResourceDefinition): CustomResourceDefinition {
  const version = listOf(object.spec.versions).find((candidate) => candidate.storage)?.name;
  const { status } = object;
  if (version === undefined || !status) return object;
  const known = listOf(status.storedVersions);
  if (known.includes(version)) return object;
  return { ...object, status: { ...status, storedVersions: [...known, version] } };
}
