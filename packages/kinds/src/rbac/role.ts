/** Roles: what may be done, in a namespace or everywhere. */
import { isPathSegmentName } from '@navarch/api/names';
import type { ClusterRole, Role } from '@navarch/api/types/rbac/v1';
import { defineResource } from '../define.ts';
import { plainTable } from '../table/columns.ts';
import { validateClusterRole, validateRole } from './validate.ts';

const group = { group: 'rbac.authorization.k8s.io', version: 'v1' };

export const roles = defineResource<Role>({
  ...group,
  kind: 'Role',
  plural: 'roles',
  scope: 'Namespaced',
  createOnUpdate: true,
  metadataChecksOnUpdate: { asNew: 2, asChanged: 1 },
  validateName: isPathSegmentName,
  validate: validateRole,
  // Upstream looks at all of it twice.
  validateUpdate: (object) => [...validateRole(object), ...validateRole(object)],
  table: plainTable,
});

export const clusterRoles = defineResource<ClusterRole>({
  ...group,
  kind: 'ClusterRole',
  plural: 'clusterroles',
  scope: 'Cluster',
  createOnUpdate: true,
  metadataChecksOnUpdate: { asNew: 2, asChanged: 1 },
  validateName: isPathSegmentName,
  validate: validateClusterRole,
  validateUpdate: (object) => [...validateClusterRole(object), ...validateClusterRole(object)],
  table: plainTable,
});
