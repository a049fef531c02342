/** Checks that many kinds need. Each returns what is wrong; texts and order are what clients have always seen. */
import {
  type FieldError,
  invalid,
  notSupported,
  type Path,
  required,
} from '@navarch/api/field-error';
import { isDns1123Subdomain, isPercent, patternText } from '@navarch/api/names';
import type { Int64, IntOrString } from '@navarch/api/types/scalars';
import { semanticallyEqual } from './equal.ts';

export const immutableText = 'field is immutable';
export const negativeText = 'must be greater than or equal to 0';

export function nonNegative(value: Int64 | null | undefined, path: Path): FieldError[] {
  return value !== undefined && value !== null && value < 0
    ? [invalid(path, value, negativeText)]
    : [];
}

/** Checks several members of one object, in the order given. */
export function allNonNegative<Name extends string>(
  object: { readonly [key in Name]?: unknown } | undefined,
  names: readonly Name[],
  path: Path,
): FieldError[] {
  return names.flatMap((name) => {
    const value = object?.[name];
    const isNumber = typeof value === 'number' || typeof value === 'bigint';
    return isNumber ? nonNegative(value, path.child(name)) : [];
  });
}

export function unchanged(value: unknown, stored: unknown, path: Path): FieldError[] {
  return semanticallyEqual(value, stored) ? [] : [invalid(path, value ?? null, immutableText)];
}

export function oneOf(value: string, choices: readonly string[], path: Path): FieldError[] {
  return choices.includes(value) ? [] : [notSupported(path, value, choices)];
}

export function oneOfIfSet(
  value: string | undefined,
  choices: readonly string[],
  path: Path,
): FieldError[] {
  return value === undefined ? [] : oneOf(value, choices, path);
}

/** Required, and one of the choices. */
export function requiredOneOf(
  value: string | undefined,
  choices: readonly string[],
  path: Path,
): FieldError[] {
  return value ? oneOf(value, choices, path) : [required(path)];
}

/** A whole number of at least zero, or a percentage. */
export function positiveIntOrPercent(value: IntOrString | undefined, path: Path): FieldError[] {
  if (value === undefined) return [];
  if (typeof value === 'number') return nonNegative(value, path);
  return isPercent(value).map((detail) => invalid(path, value, detail));
}

export function notMoreThanHundredPercent(
  value: IntOrString | undefined,
  path: Path,
): FieldError[] {
  if (typeof value !== 'string' || isPercent(value).length > 0) return [];
  return Number.parseInt(value, 10) > 100
    ? [invalid(path, value, 'must not be greater than 100%')]
    : [];
}

/** The number in it; what cannot be read counts as zero. */
export function intOrPercentNumber(value: IntOrString | undefined): number {
  if (value === undefined) return 0;
  if (typeof value === 'number') return value;
  return /^[0-9]+%?$/.test(value) ? Number.parseInt(value, 10) : 0;
}

/** A counter of collisions only ever grows. */
export function notDecremented(
  value: number | undefined,
  stored: number | undefined,
  path: Path,
): FieldError[] {
  if (stored === undefined || (value !== undefined && value >= stored)) return [];
  return [invalid(path, value ?? 0, 'cannot be decremented')];
}

const urlPath = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
const urlPathPattern = new RegExp(`^${urlPath}$`);

/** `example.com/name`. */
export function domainPrefixedPath(text: string, path: Path): FieldError[] {
  const slash = text.indexOf('/');
  if (slash < 1 || slash === text.length - 1) {
    return [invalid(path, text, 'must be a domain-prefixed path (such as "acme.io/foo")')];
  }
  const host = text.slice(0, slash);
  const rest = text.slice(slash + 1);
  const errors = isDns1123Subdomain(host).map((detail) => invalid(path, host, detail));
  if (!urlPathPattern.test(rest)) {
    errors.push(invalid(path, rest, patternText('Invalid path', urlPath)));
  }
  return errors;
}
