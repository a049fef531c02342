/** The names of a claim's requests, and how the rest of the claim refers to them. */
import { duplicate, type FieldError, invalid, type Path, tooMany } from '@navarch/api/field-error';
import { isDns1123Label } from '@navarch/api/names';
import type { DeviceRequest } from '@navarch/api/types/resource/v1/claim';
import { listOf } from '../nil.ts';

/** No list in a claim is longer. */
export const requestsMax = 32;

const unknownRequestText =
  "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";

export type KnownNames = ReadonlySet<string>;

/** Every name by which a constraint or a configuration may mean a request. */
export function requestNames(requests: readonly DeviceRequest[]): KnownNames {
  return new Set(
    requests.flatMap(({ name, firstAvailable }) => [
      name,
      ...listOf(firstAvailable).map((alternative) => `${name}/${alternative.name}`),
    ]),
  );
}

export function validateRequestName(name: string, path: Path): FieldError[] {
  return isDns1123Label(name).map((detail) => invalid(path, name, detail));
}

export function knownNames(
  names: readonly string[] | undefined,
  known: KnownNames,
  path: Path,
): FieldError[] {
  const all = listOf(names);
  const errors = limited(all, path, (name, at) => nameReference(name, known, at));
  return all.length > requestsMax ? errors : [...errors, ...repeated(all, path)];
}

/** Where keys are that come a second time, or more often. Lists may be long before anything limits them. */
export function indexesOfRepeated(keys: readonly string[]): readonly number[] {
  const seen = new Set<string>();
  return [...keys.keys()].filter((i) => {
    const key = keys[i] ?? '';
    const isKnown = seen.has(key);
    seen.add(key);
    return isKnown;
  });
}

/** What is there already is told of after all that is wrong with each. */
export function repeated(keys: readonly string[], path: Path, member?: string): FieldError[] {
  return indexesOfRepeated(keys).map((i) => {
    const at = path.index(i);
    return duplicate(member === undefined ? at : at.child(member), keys[i]);
  });
}

/** `request`, or `request/alternative`. */
export function nameReference(name: string, known: KnownNames, path: Path): FieldError[] {
  const parts = name.split('/');
  if (parts.length > 2) return [invalid(path, name, unknownRequestText)];
  const errors = parts.flatMap((part) => validateRequestName(part, path));
  if (!known.has(name)) errors.push(invalid(path, name, unknownRequestText));
  return errors;
}

/** A list that is too long is not looked at. */
export function limited<T>(
  entries: readonly T[] | undefined,
  path: Path,
  check: (entry: T, path: Path) => FieldError[],
): FieldError[] {
  const all = listOf(entries);
  if (all.length > requestsMax) return [tooMany(path, all.length, requestsMax)];
  return all.flatMap((entry, i) => check(entry, path.index(i)));
}
