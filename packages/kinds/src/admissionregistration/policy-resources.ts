/** What the kinds of policies have in common, those that change objects and those that judge them: and so their bindings. */
import type { TableColumn, TableDefinition } from '@navarch/api/extension/resource';
import type { ParamKind, ParamRef } from '@navarch/api/types/admissionregistration/v1/policy';
import type { Draft } from '@navarch/api/types/scalars';
import type { LabelSelector } from '@navarch/api/types/meta/v1/selector';
import { listOf } from '../nil.ts';
import type { BindingSource, PolicySource } from '../admission/policy/compile.ts';
import { age } from '../table/age.ts';
import { compareText, unset } from '../table/cells.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';
import { setMatchDefaults } from './defaults.ts';

export const policyResource = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  metadataChecksOnUpdate: { asNew: 1, asChanged: 0 },
  categories: ['api-extensions'],
  scope: 'Cluster',
  requireResourceVersion: true,
} as const;

export function setPolicyDefaults({ spec }: Draft<Pick<PolicySource, 'spec'>>): void {
  spec.failurePolicy ??= 'Fail';
  setMatchDefaults(spec.matchConstraints);
}

export function setBindingDefaults({ spec }: Draft<Pick<BindingSource, 'spec'>>): void {
  setMatchDefaults(spec.matchResources);
}

/** `counted`: the column that says how much the policy does. */
export function policyTable<T extends PolicySource>(
  counted: TableColumn,
  countOf: (policy: T) => number,
): TableDefinition<T> {
  return {
    columns: [
      nameColumn,
      counted,
      column('ParamKind', 'The kind of object that sets its parameters.'),
      ageColumn,
    ],
    row: (policy, nowMs) => [
      policy.metadata.name ?? '',
      countOf(policy),
      paramKindCell(policy.spec.paramKind),
      age(nowMs, policy.metadata.creationTimestamp),
    ],
  };
}

export function bindingTable<T extends BindingSource>(): TableDefinition<T> {
  return {
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
  };
}

function paramKindCell(paramKind: ParamKind | undefined): string {
  return paramKind ? `${paramKind.apiVersion ?? ''}/${paramKind.kind ?? ''}` : unset;
}

function paramRefCell(ref: ParamRef | undefined): string {
  if (ref?.name) return `${ref.namespace || '*'}/${ref.name}`;
  return ref?.selector ? goSelector(ref.selector) : unset;
}

/** A selector as the server prints its own types. */
function goSelector({ matchLabels, matchExpressions }: LabelSelector): string {
  const labels = Object.entries(matchLabels ?? {})
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([key, value]) => `${key}: ${value},`);
  const expressions = listOf(matchExpressions).map(
    ({ key, operator, values }) =>
      `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${listOf(values).join(' ')}],},`,
  );
  return `&LabelSelector{MatchLabels:map[string]string{${labels.join('')}},MatchExpressions:[]LabelSelectorRequirement{${expressions.join('')}},}`;
}
