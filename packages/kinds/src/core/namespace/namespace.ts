/**
 * Namespaces: the rooms that names live in. They go away in two steps: deletion marks them Terminating, and they vanish when
 * whoever put itself into spec.finalizers has cleaned up and taken itself out through the finalize subresource.
 */
import { type FieldError, invalid, Path } from '@navarch/api/field-error';
import type { ObjectSubresource } from '@navarch/api/extension/resource';
import { isDns1123Label, isQualifiedName } from '@navarch/api/names';
import { forbidden } from '@navarch/api/status';
import type { Namespace } from '@navarch/api/types/core/v1/namespace';
import type { Draft } from '@navarch/api/types/scalars';
import { defineResource } from '../../define.ts';
import { statusSubresource, withMember } from '../../strategy.ts';
import { age } from '../../table/age.ts';
import { ageColumn, column, nameColumn } from '../../table/columns.ts';
import { checkText, type Errors } from '../checks.ts';
import { listOf } from '../../nil.ts';

const nameLabel = 'kubernetes.io/metadata.name';
const namespaceController = 'kubernetes';
/** Namespaces that the system itself lives in. */
const undeletable: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public']);
const kind = { group: '', version: 'v1', kind: 'Namespace' };

const finalize: ObjectSubresource<Namespace> = {
  type: 'object',
  name: 'finalize',
  kind,
  verbs: ['update'],
  resetFields: ['status'],
  prepareForUpdate: (submitted, stored) => withMember(submitted, 'status', stored.status),
  validateUpdate: ({ spec }) => validateFinalizers(spec, (index) => finalizersPath.index(index)),
};

export const namespaces = defineResource<Namespace>({
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  shortNames: ['ns'],
  scope: 'Cluster',
  verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  validateName: isDns1123Label,
  metadataChecksOnUpdate: { asNew: 1, asChanged: 1 },
  resetFields: ['status'],
  setDefaults,
  prepareForCreate,
  prepareForUpdate: (submitted, stored) => ({
    ...submitted,
    spec: { ...submitted.spec, finalizers: listOf(stored.spec.finalizers) },
    ...(stored.status && { status: stored.status }),
  }),
  // Upstream reports all of them at the list itself.
  validate: ({ spec }) => validateFinalizers(spec, () => finalizersPath),
  validateUpdate: () => [],
  deleteAnswersObject: true,
  refuseDeletion: ({ metadata: { name = '' } }) => {
    if (!undeletable.has(name)) return;
    throw forbidden(
      { group: '', resource: 'namespaces' },
      name,
      'this namespace may not be deleted',
    );
  },
  // The first delete only ever marks, so that the controller sees every namespace go.
  holdsDeletion: ({ spec, metadata }) =>
    listOf(spec.finalizers).length > 0 || metadata.deletionTimestamp === undefined,
  beginDeletion: (object) => ({ ...object, status: { ...object.status, phase: 'Terminating' } }),
  selectableFields: { 'status.phase': ({ status }) => status?.phase ?? '' },
  subresources: [
    finalize,
    statusSubresource<Namespace>(kind, {
      validateUpdate: validateStatus,
    }),
  ],
  table: {
    columns: [
      nameColumn,
      column('Status', 'Whether the namespace is in use or going away.'),
      ageColumn,
    ],
    row: ({ metadata, status }, nowMs) => [
      metadata.name ?? '',
      status?.phase ?? '',
      age(nowMs, metadata.creationTimestamp),
    ],
  },
});

/** The label by which selectors find a namespace by name cannot lie or be missing. */
function setDefaults(draft: Draft<Namespace>): void {
  const { metadata } = draft;
  if (metadata.name) metadata.labels = { ...metadata.labels, [nameLabel]: metadata.name };
}

function prepareForCreate(submitted: Namespace): Namespace {
  const finalizers = listOf(submitted.spec.finalizers);
  const complete = finalizers.includes(namespaceController)
    ? finalizers
    : [...finalizers, namespaceController];
  const { name } = submitted.metadata;
  return {
    ...submitted,
    // A generated name is known only now.
    metadata: {
      ...submitted.metadata,
      ...(name && { labels: { ...submitted.metadata.labels, [nameLabel]: name } }),
    },
    spec: { ...submitted.spec, finalizers: complete },
    status: { phase: 'Active' },
  };
}

const finalizersPath = Path.of('spec', 'finalizers');
const standardFinalizers: ReadonlySet<string> = new Set([
  'kubernetes',
  'orphan',
  'foregroundDeletion',
]);

function validateFinalizers(
  spec: Namespace['spec'],
  pathOf: (index: number) => Path,
): readonly FieldError[] {
  const errors: Errors = [];
  for (const [index, finalizer] of listOf(spec.finalizers).entries()) {
    const path = pathOf(index);
    checkText(isQualifiedName, finalizer, path, errors);
    if (!finalizer.includes('/') && !standardFinalizers.has(finalizer)) {
      const text = 'name is neither a standard finalizer name nor is it fully qualified';
      errors.push(invalid(path, finalizer, text));
    }
  }
  return errors;
}

function validateStatus({ metadata, status }: Namespace): readonly FieldError[] {
  const deleted = metadata.deletionTimestamp !== undefined;
  const expected = deleted ? 'Terminating' : 'Active';
  if (status?.phase === expected) return [];
  const text = `may only be '${expected}' if \`deletionTimestamp\` is ${deleted ? 'not empty' : 'empty'}`;
  return [invalid('status.Phase', status?.phase ?? '', text)];
}
