/**
 * Every kind that the server has of itself, in the order of discovery. To add a kind, add its file and one line to the list
 * of its group.
 */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { admissionregistrationResources } from './admissionregistration/index.ts';
import { apiextensionsResources } from './apiextensions/index.ts';
import { apiregistrationResources } from './apiregistration/index.ts';
import { appsResources } from './apps/index.ts';
import { authenticationResources } from './authentication/index.ts';
import { authorizationResources } from './authorization/index.ts';
import { autoscalingResources } from './autoscaling/index.ts';
import { batchResources } from './batch/index.ts';
import { certificatesResources } from './certificates/index.ts';
import { coordinationResources } from './coordination/index.ts';
import { coreResources } from './core/index.ts';
import { coreMoreResources } from './core/more.ts';
import { eventsResources } from './events/index.ts';
import { flowcontrolResources } from './flowcontrol/index.ts';
import { networkingResources } from './networking/index.ts';
import { nodeResources } from './node/index.ts';
import { policyResources } from './policy/index.ts';
import { rbacResources } from './rbac/index.ts';
import { resourceResources } from './resource/index.ts';
import { schedulingResources } from './scheduling/index.ts';
import { storageResources } from './storage/index.ts';

const core = [...coreResources.filter(({ group }) => group === ''), ...coreMoreResources].toSorted(
  (a, b) => (a.plural < b.plural ? -1 : 1),
);
/** Endpoint slices live with the services that they belong to. */
const discovery = coreResources.filter(({ group }) => group !== '');

export const builtinResources: readonly ResourceDefinition[] = [
  ...core,
  ...apiregistrationResources,
  ...appsResources,
  ...eventsResources,
  ...authenticationResources,
  ...authorizationResources,
  ...autoscalingResources,
  ...batchResources,
  ...certificatesResources,
  ...networkingResources,
  ...policyResources,
  ...rbacResources,
  ...storageResources,
  ...admissionregistrationResources,
  ...apiextensionsResources,
  ...schedulingResources,
  ...coordinationResources,
  ...nodeResources,
  ...discovery,
  ...resourceResources,
  ...flowcontrolResources,
];
