/** Validating admission policies: expressions that objects must satisfy, and where they are in force. */
import type {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from '@navarch/api/types/admissionregistration/v1/policy';
import { defineResource } from '../define.ts';
import { listOf } from '../nil.ts';
import { specAndStatus, specGenerations, statusSubresource } from '../strategy.ts';
import { age } from '../table/age.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';
import { setMatchDefaults } from './defaults.ts';
import { paramKindCell, paramRefCell } from './param-cells.ts';
import { validateBinding, validatePolicy } from './validate-validating-policies.ts';

const kind = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'ValidatingAdmissionPolicy',
};

export const validatingAdmissionPolicies = defineResource<ValidatingAdmissionPolicy>({
  ...kind,
  plural: 'validatingadmissionpolicies',
  metadataChecksOnUpdate: { asNew: 1, asChanged: 0 },
  categories: ['api-extensions'],
  scope: 'Cluster',
  requireResourceVersion: true,
  setDefaults: ({ spec }) => {
    spec.failurePolicy ??= 'Fail';
    setMatchDefaults(spec.matchConstraints);
  },
  ...specAndStatus<ValidatingAdmissionPolicy>({ emptyStatus: {} }),
  validate: validatePolicy,
  validateUpdate: validatePolicy,
  subresources: [statusSubresource<ValidatingAdmissionPolicy>(kind, { keepsMetadata: 'all' })],
  table: {
    columns: [
      nameColumn,
      column('Validations', 'How many expressions it has.', 'integer'),
      column('ParamKind', 'The kind of object that sets its parameters.'),
      ageColumn,
    ],
    row: ({ metadata, spec }, nowMs) => [
      metadata.name ?? '',
      listOf(spec.validations).length,
      paramKindCell(spec.paramKind),
      age(nowMs, metadata.creationTimestamp),
    ],
  },
});

export const validatingAdmissionPolicyBindings = defineResource<ValidatingAdmissionPolicyBinding>({
  ...kind,
  kind: 'ValidatingAdmissionPolicyBinding',
  plural: 'validatingadmissionpolicybindings',
  metadataChecksOnUpdate: { asNew: 1, asChanged: 0 },
  categories: ['api-extensions'],
  scope: 'Cluster',
  requireResourceVersion: true,
  setDefaults: ({ spec }) => setMatchDefaults(spec.matchResources),
  ...specGenerations<ValidatingAdmissionPolicyBinding>(),
  validate: validateBinding,
  validateUpdate: validateBinding,
  table: {
    columns: [
      nameColumn,
      column('PolicyName', 'The policy that it puts in force.'),
      column('ParamRef', 'The object that sets the parameters.'),
      ageColumn,
    ],
    row: ({ metadata, spec }, nowMs) => [
      metadata.name ?? '',
      spec.policyName ?? '',
      paramRefCell(spec.paramRef),
      age(nowMs, metadata.creationTimestamp),
    ],
  },
});
