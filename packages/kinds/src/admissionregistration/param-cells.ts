/** How tables show where policies get their parameters from. */
import type { ParamKind, ParamRef } from '@navarch/api/types/admissionregistration/v1/policy';
import { unset } from '../table/cells.ts';

export function paramKindCell(paramKind: ParamKind | undefined): string {
  return paramKind ? `${paramKind.apiVersion ?? ''}/${paramKind.kind ?? ''}` : unset;
}

export function paramRefCell(ref: ParamRef | undefined): string {
  if (!ref) return unset;
  return ref.namespace ? `${ref.namespace}/${ref.name ?? ''}` : `*/${ref.name ?? ''}`;
}
