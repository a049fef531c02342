/** Mutating admission policies: changes to objects, written in CEL, and where they are in force. */
import type {
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyBinding,
} from '@navarch/api/types/admissionregistration/v1/policy';
import { defineResource } from '../define.ts';
import { listOf } from '../nil.ts';
import { specGenerations } from '../strategy.ts';
import { column } from '../table/columns.ts';
import {
  bindingTable,
  policyResource,
  policyTable,
  setBindingDefaults,
  setPolicyDefaults,
} from './policy-resources.ts';
import { validateBinding, validatePolicy } from './validate-mutating-policies.ts';

export const mutatingAdmissionPolicies = defineResource<MutatingAdmissionPolicy>({
  ...policyResource,
  kind: 'MutatingAdmissionPolicy',
  plural: 'mutatingadmissionpolicies',
  setDefaults: setPolicyDefaults,
  ...specGenerations<MutatingAdmissionPolicy>(),
  validate: validatePolicy,
  validateUpdate: validatePolicy,
  table: policyTable(
    column('Mutations', 'How many changes it makes.', 'integer'),
    ({ spec }) => listOf(spec.mutations).length,
  ),
});

export const mutatingAdmissionPolicyBindings = defineResource<MutatingAdmissionPolicyBinding>({
  ...policyResource,
  kind: 'MutatingAdmissionPolicyBinding',
  plural: 'mutatingadmissionpolicybindings',
  setDefaults: setBindingDefaults,
  ...specGenerations<MutatingAdmissionPolicyBinding>(),
  validate: validateBinding,
  validateUpdate: validateBinding,
  table: bindingTable(),
});
