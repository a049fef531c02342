/** Role bindings: who has a role. */
import { isPathSegmentName } from '@navarch/api/names';
import type { TableDefinition } from '@navarch/api/extension/resource';
import type { ClusterRoleBinding, RoleBinding, Subject } from '@navarch/api/types/rbac/v1';
import type { Draft } from '@navarch/api/types/scalars';
import { defineResource } from '../define.ts';
import { listOf } from '../nil.ts';
import { age } from '../table/age.ts';
import { ageColumn, column, nameColumn, wide } from '../table/columns.ts';
import {
  validateClusterRoleBinding,
  validateClusterRoleBindingUpdate,
  validateRoleBinding,
  validateRoleBindingUpdate,
} from './validate.ts';

const rbac = 'rbac.authorization.k8s.io';
const group = { group: rbac, version: 'v1' };

const bindingTable: TableDefinition<RoleBinding> = {
  columns: [
    nameColumn,
    column(
      'Role',
      'RoleRef can reference a Role in the current namespace or a ClusterRole in the global namespace. If the RoleRef cannot be resolved, the Authorizer must return an error.',
    ),
    ageColumn,
    wide('Users', 'Users who have it.'),
    wide('Groups', 'Groups whose members have it.'),
    wide('ServiceAccounts', 'Service accounts that have it.'),
  ],
  row: ({ metadata, roleRef, subjects }, nowMs) => [
    metadata.name ?? '',
    `${roleRef.kind}/${roleRef.name}`,
    age(nowMs, metadata.creationTimestamp),
    namesOf(subjects, 'User'),
    namesOf(subjects, 'Group'),
    namesOf(subjects, 'ServiceAccount'),
  ],
};

function namesOf(subjects: readonly Subject[] | undefined, kind: string): string {
  return listOf(subjects)
    .filter((subject) => subject.kind === kind)
    .map(({ namespace, name }) => (kind === 'ServiceAccount' ? `${namespace ?? ''}/${name}` : name))
    .join(', ');
}

export const roleBindings = defineResource<RoleBinding>({
  ...group,
  kind: 'RoleBinding',
  plural: 'rolebindings',
  scope: 'Namespaced',
  createOnUpdate: true,
  metadataChecksOnUpdate: { asNew: 2, asChanged: 1 },
  validateName: isPathSegmentName,
  setDefaults: setBindingDefaults,
  validate: validateRoleBinding,
  validateUpdate: validateRoleBindingUpdate,
  table: bindingTable,
});

export const clusterRoleBindings = defineResource<ClusterRoleBinding>({
  ...group,
  kind: 'ClusterRoleBinding',
  plural: 'clusterrolebindings',
  scope: 'Cluster',
  createOnUpdate: true,
  metadataChecksOnUpdate: { asNew: 2, asChanged: 1 },
  validateName: isPathSegmentName,
  setDefaults: setBindingDefaults,
  validate: validateClusterRoleBinding,
  validateUpdate: validateClusterRoleBindingUpdate,
  table: bindingTable,
});

function setBindingDefaults({ roleRef, subjects }: Draft<RoleBinding>): void {
  if (roleRef.apiGroup === '') roleRef.apiGroup = rbac;
  for (const subject of listOf(subjects)) {
    if (subject.apiGroup) continue;
    if (subject.kind === 'User' || subject.kind === 'Group') setGroup(subject);
  }
}

/** The group at its place, after the kind. */
function setGroup(subject: Draft<Subject>): void {
  const { kind, name, namespace } = subject;
  for (const member of Object.keys(subject)) Reflect.deleteProperty(subject, member);
  Object.assign(subject, { kind, apiGroup: rbac, name, ...(namespace && { namespace }) });
}
