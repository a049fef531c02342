/** Validating admission policies: expressions that objects must satisfy, and where they are in force. */
import type {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from '@navarch/api/types/admissionregistration/v1/policy';
import { defineResource } from '../define.ts';
import { listOf } from '../nil.ts';
import { specAndStatus, specGenerations, statusSubresource } from '../strategy.ts';
import { column } from '../table/columns.ts';
import {
  bindingTable,
  policyResource,
  policyTable,
  setBindingDefaults,
  setPolicyDefaults,
} from './policy-resources.ts';
import { validateBinding, validatePolicy } from './validate-validating-policies.ts';

const kind = 'ValidatingAdmissionPolicy';

export const validatingAdmissionPolicies = defineResource<ValidatingAdmissionPolicy>({
  ...policyResource,
  kind,
  plural: 'validatingadmissionpolicies',
  setDefaults: setPolicyDefaults,
  ...specAndStatus<ValidatingAdmissionPolicy>({ emptyStatus: {} }),
  validate: validatePolicy,
  validateUpdate: validatePolicy,
  subresources: [
    statusSubresource<ValidatingAdmissionPolicy>(
      { ...policyResource, kind },
      { keepsMetadata: 'all' },
    ),
  ],
  table: policyTable(
    column('Validations', 'How many expressions it has.', 'integer'),
    ({ spec }) => listOf(spec.validations).length,
  ),
});

export const validatingAdmissionPolicyBindings = defineResource<ValidatingAdmissionPolicyBinding>({
  ...policyResource,
  kind: 'ValidatingAdmissionPolicyBinding',
  plural: 'validatingadmissionpolicybindings',
  setDefaults: setBindingDefaults,
  ...specGenerations<ValidatingAdmissionPolicyBinding>(),
  validate: validateBinding,
  validateUpdate: validateBinding,
  table: bindingTable(),
});
