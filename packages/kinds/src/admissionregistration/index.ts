/** The kinds of group admissionregistration.k8s.io. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import {
  mutatingAdmissionPolicies,
  mutatingAdmissionPolicyBindings,
} from './mutating-admission-policy.ts';
import {
  validatingAdmissionPolicies,
  validatingAdmissionPolicyBindings,
} from './validating-admission-policy.ts';
import {
  mutatingWebhookConfigurations,
  validatingWebhookConfigurations,
} from './webhook-configurations.ts';

export const admissionregistrationResources: readonly ResourceDefinition[] = [
  mutatingAdmissionPolicies,
  mutatingAdmissionPolicyBindings,
  mutatingWebhookConfigurations,
  validatingAdmissionPolicies,
  validatingAdmissionPolicyBindings,
  validatingWebhookConfigurations,
];
