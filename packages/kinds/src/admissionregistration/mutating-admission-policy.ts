/** Mutating admission policies: changes to objects, written in CEL, and where they are in force. */
import type {
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyBinding,
} from '@navarch/api/types/admissionregistration/v1/policy';
import { defineResource } from '../define.ts';
import { listOf } from '../nil.ts';
import { specGenerations } from '../strategy.ts';
import { age } from '../table/age.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';
import { setMatchDefaults } from './defaults.ts';
import { paramKindCell, paramRefCell } from './param-cells.ts';
import { validateBinding, validatePolicy } from './validate-mutating-policies.ts';

const kind = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'MutatingAdmissionPolicy',
};

export const mutatingAdmissionPolicies = defineResource<MutatingAdmissionPolicy>({
  ...kind,
  plural: 'mutatingadmissionpolicies',
  metadataChecksOnUpdate: { asNew: 1, asChanged: 0 },
  categories: ['api-extensions'],
  scope: 'Cluster',
  requireResourceVersion: true,
  setDefaults: ({ spec }) => {
    spec.failurePolicy ??= 'Fail';
    setMatchDefaults(spec.matchConstraints);
  },
  ...specGenerations<MutatingAdmissionPolicy>(),
  validate: validatePolicy,
  validateUpdate: validatePolicy,
  table: {
    columns: [
      nameColumn,
      column('Mutations', 'How many changes it makes.', 'integer'),
      column('ParamKind', 'The kind of object that sets its parameters.'),
      ageColumn,
    ],
    row: ({ metadata, spec }, nowMs) => [
      metadata.name ?? '',
      listOf(spec.mutations).length,
      paramKindCell(spec.paramKind),
      age(nowMs, metadata.creationTimestamp),
    ],
  },
});

export const mutatingAdmissionPolicyBindings = defineResource<MutatingAdmissionPolicyBinding>({
  ...kind,
  kind: 'MutatingAdmissionPolicyBinding',
  plural: 'mutatingadmissionpolicybindings',
  metadataChecksOnUpdate: { asNew: 1, asChanged: 0 },
  categories: ['api-extensions'],
  scope: 'Cluster',
  requireResourceVersion: true,
  setDefaults: ({ spec }) => setMatchDefaults(spec.matchResources),
  ...specGenerations<MutatingAdmissionPolicyBinding>(),
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
