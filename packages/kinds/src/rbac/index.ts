/** The kinds of group rbac.authorization.k8s.io. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { clusterRoleBindings, roleBindings } from './role-binding.ts';
import { clusterRoles, roles } from './role.ts';

export const rbacResources: readonly ResourceDefinition[] = [
  clusterRoleBindings,
  clusterRoles,
  roleBindings,
  roles,
];
