/** How tables show where policies get their parameters from. */
import type { ParamKind, ParamRef } from '@navarch/api/types/admissionregistration/v1/policy';
import type { LabelSelector } from '@navarch/api/types/meta/v1/selector';
import { listOf } from '../nil.ts';
import { compareText, unset } from '../table/cells.ts';

export function paramKindCell(paramKind: ParamKind | undefined): string {
  return paramKind ? `${paramKind.apiVersion ?? ''}/${paramKind.kind ?? ''}` : unset;
}

export function paramRefCell(ref: ParamRef | undefined): string {
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
