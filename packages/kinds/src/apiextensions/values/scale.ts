/** Replica counts where the scale subresource says they are. */
import { type FieldError, invalid } from '@navarch/api/field-error';
import { isMembers } from '../custom/schema-parts.ts';

/** Where they are, as definitions say it: `.spec.replicas`. */
export interface ScalePaths {
  readonly specReplicasPath: string;
  readonly statusReplicasPath: string;
  readonly labelSelectorPath?: string;
}

const replicasMax = 2 ** 31 - 1;

/** What is not there is fine: it counts as zero. */
export function scaleErrors(value: unknown, scale: ScalePaths | undefined): FieldError[] {
  if (!scale) return [];
  const { specReplicasPath, statusReplicasPath, labelSelectorPath } = scale;
  const errors = [
    ...countErrors(value, specReplicasPath),
    ...countErrors(value, statusReplicasPath),
  ];
  if (!labelSelectorPath) return errors;
  const selector = lookUp(value, labelSelectorPath);
  if (selector === undefined || typeof selector === 'string') return errors;
  return [
    ...errors,
    invalid(labelSelectorPath, '', wrongType(labelSelectorPath, selector, 'string')),
  ];
}

function countErrors(value: unknown, path: string): FieldError[] {
  const count = lookUp(value, path);
  if (count === undefined) return [];
  if (typeof count !== 'bigint' && !Number.isInteger(count)) {
    return [invalid(path, 0, wrongType(path, count, 'int64'))];
  }
  if (Number(count) < 0) return [invalid(path, count, 'should be a non-negative integer')];
  if (Number(count) <= replicasMax) return [];
  return [invalid(path, count, `should be less than or equal to ${replicasMax}`)];
}

function lookUp(value: unknown, path: string): unknown {
  let found = value;
  for (const step of path.split('.').slice(1)) {
    if (!isMembers(found) || !Object.hasOwn(found, step)) return undefined;
    found = found[step];
  }
  return found;
}

function wrongType(path: string, value: unknown, wanted: string): string {
  return `${path} accessor error: ${String(value)} is of the type ${goType(value)}, expected ${wanted}`;
}

function goType(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}';
  if (isMembers(value)) return 'map[string]interface {}';
  if (value === null) return '<nil>';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  if (typeof value === 'bigint') return 'int64';
  return typeof value === 'boolean' ? 'bool' : 'string';
}
