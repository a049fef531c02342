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
  validateName: isPathSegmentName,
  validate: validateRole,
  validateUpdate: validateRole,
  table: plainTable,
});

export const clusterRoles = defineResource<ClusterRole>({
  ...group,
  kind: 'ClusterRole',
  plural: 'clusterroles',
  scope: 'Cluster',
  createOnUpdate: true,
  validateName: isPathSegmentName,
  validate: validateClusterRole,
  validateUpdate: validateClusterRole,
  table: plainTable,
});
