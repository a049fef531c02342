/**
 * The small checks that validations are made of. Each pushes what it finds to a list that the caller owns, so that
 * validating a correct object allocates next to nothing.
 */
import {
  duplicate,
  type FieldError,
  invalid,
  notSupported,
  type Path,
  required,
} from '@navarch/api/field-error';
import {
  isDns1123Label,
  isDns1123Subdomain,
  isInRange,
  isPortName,
  isPortNumber,
  isQualifiedName,
} from '@navarch/api/names';
import type { Int64, IntOrString, StringMap } from '@navarch/api/types/scalars';
import { labelErrors } from '../label-selector.ts';
import { compareText } from '../table/cells.ts';

export type Errors = FieldError[];
export type NameRule = (text: string) => readonly string[];

export const negativeText = 'must be greater than or equal to 0';
export const notPositiveText = 'must be greater than zero';
export const immutableText = 'field is immutable';

/** The entries of a map in the order of their keys, so that errors come in a fixed order. */
export function entriesOf<T>(
  map: { readonly [key: string]: T } | null | undefined,
): readonly (readonly [string, T])[] {
  if (map === undefined || map === null) return [];
  return Object.entries(map).toSorted(([a], [b]) => compareText(a, b));
}

/** One `Invalid` error for each message that `rule` has about the value. */
export function checkText(rule: NameRule, value: string, path: Path, errors: Errors): void {
  for (const message of rule(value)) errors.push(invalid(path, value, message));
}

export function checkLabel(value: string, path: Path, errors: Errors): void {
  checkText(isDns1123Label, value, path, errors);
}

export function checkSubdomain(value: string, path: Path, errors: Errors): void {
  checkText(isDns1123Subdomain, value, path, errors);
}

export function checkQualifiedName(value: string, path: Path, errors: Errors): void {
  checkText(isQualifiedName, value, path, errors);
}

/** Label maps: keys and values are reported at the map itself. */
export function checkLabels(
  labels: StringMap<string> | undefined,
  path: Path,
  errors: Errors,
): void {
  if (labels !== undefined) errors.push(...labelErrors(labels, path));
}

export const annotationsBytesMax = 256 * 1024;

export function checkNonNegative(value: number | undefined, path: Path, errors: Errors): void {
  if (value !== undefined && value < 0) errors.push(invalid(path, value, negativeText));
}

/** Numbers of users and groups. */
export function checkUserId(id: Int64 | undefined, path: Path, errors: Errors): void {
  if (id === undefined) return;
  for (const message of isInRange(id, 0, 2 ** 31 - 1)) errors.push(invalid(path, id, message));
}

export function checkPortNumber(port: number, path: Path, errors: Errors): void {
  for (const message of isPortNumber(port)) errors.push(invalid(path, port, message));
}

/** A port by number, or by the name that a container gives it. */
export function checkPort(port: IntOrString | undefined, path: Path, errors: Errors): void {
  if (typeof port === 'string') checkText(isPortName, port, path, errors);
  else checkPortNumber(port ?? 0, path, errors);
}

/** The value must be one of the choices. They are listed in the given order. */
export function checkChoice(
  value: string,
  choices: readonly string[],
  path: Path,
  errors: Errors,
): void {
  if (!choices.includes(value)) errors.push(notSupported(path, value, choices));
}

/** As `checkChoice`, and the value must be there. */
export function checkRequiredChoice(
  value: string | undefined,
  choices: readonly string[],
  path: Path,
  errors: Errors,
): void {
  if (value === undefined || value === '') errors.push(required(path));
  else checkChoice(value, choices, path, errors);
}

/** Adds to `seen`, or reports what is there already. */
export function checkUnique(value: string, seen: Set<string>, path: Path, errors: Errors): void {
  if (seen.has(value)) errors.push(duplicate(path, value));
  else seen.add(value);
}
