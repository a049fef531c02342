/** What holds for storage classes and what refers to drivers. */
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  Path,
  required,
  tooLong,
} from '@navarch/api/field-error';
import { isDns1123Subdomain, isQualifiedName } from '@navarch/api/names';
import type {
  TopologySelectorLabelRequirement,
  TopologySelectorTerm,
} from '@navarch/api/types/core/v1/scheduling';
import type { StorageClass } from '@navarch/api/types/storage/v1';
import type { StringMap } from '@navarch/api/types/scalars';
import { textSize } from '../core/sizes.ts';
import { semanticallyEqual } from '../equal.ts';
import { listOf } from '../nil.ts';

const reclaimPolicies = ['Delete', 'Retain'];
const bindingModes = ['Immediate', 'WaitForFirstConsumer'];
const parametersMax = 512;
const parametersBytesMax = 256 * 1024;
const driverNameLengthMax = 63;

export function validateStorageClass(object: StorageClass): FieldError[] {
  return [
    ...validateProvisioner(object.provisioner, Path.of('provisioner')),
    ...(object.parameters ? validateParameters(object.parameters, Path.of('parameters')) : []),
    ...choice(object.reclaimPolicy || undefined, reclaimPolicies, Path.of('reclaimPolicy')),
    ...validateBindingMode(object.volumeBindingMode),
    ...validateTopologies(object),
  ];
}

export function validateStorageClassUpdate(
  object: StorageClass,
  stored: StorageClass,
): FieldError[] {
  const errors = validateStorageClass(object);
  if (!semanticallyEqual(object.parameters, stored.parameters)) {
    errors.push(forbidden(Path.of('parameters'), 'updates to parameters are forbidden.'));
  }
  if (object.provisioner !== stored.provisioner) {
    errors.push(forbidden(Path.of('provisioner'), 'updates to provisioner are forbidden.'));
  }
  if (object.reclaimPolicy !== stored.reclaimPolicy) {
    errors.push(forbidden(Path.of('reclaimPolicy'), 'updates to reclaimPolicy are forbidden.'));
  }
  if (object.volumeBindingMode !== stored.volumeBindingMode) {
    const at = Path.of('volumeBindingMode');
    errors.push(invalid(at, object.volumeBindingMode, 'field is immutable'));
  }
  return errors;
}

/** Names in upper case are taken as well, and shown in lower case. */
export function validateProvisioner(provisioner: string, path: Path): FieldError[] {
  if (provisioner === '') return [required(path)];
  const lower = provisioner.toLowerCase();
  return isQualifiedName(lower).map((detail) => invalid(path, lower, detail));
}

/** Upstream measures the whole map, and says so without showing it. */
export function validateParameters(parameters: StringMap<string>, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  let size = 0;
  const entries = Object.entries(parameters);
  if (entries.length > parametersMax) return [tooLong(path, '', parametersMax)];
  for (const [key, value] of entries) {
    if (key === '') errors.push(invalid(path, key, 'field can not be empty.'));
    size += textSize(key) + textSize(value);
  }
  return size > parametersBytesMax ? [...errors, tooLong(path, '', parametersBytesMax)] : errors;
}

export function validateDriverName(name: string, path: Path): FieldError[] {
  if (name === '') return [required(path)];
  const long = name.length > driverNameLengthMax ? [tooLong(path, '', driverNameLengthMax)] : [];
  const details = isDns1123Subdomain(name.toLowerCase());
  return [...long, ...details.map((detail) => invalid(path, name, detail))];
}

function choice(value: string | undefined, choices: readonly string[], path: Path): FieldError[] {
  if (value === undefined || choices.includes(value)) return [];
  return [notSupported(path, value, choices)];
}

function validateBindingMode(mode: string | undefined): FieldError[] {
  const path = Path.of('volumeBindingMode');
  return mode === undefined ? [required(path)] : choice(mode, bindingModes, path);
}

function validateTopologies({ allowedTopologies }: StorageClass): FieldError[] {
  const known = new Set<string>();
  return listOf(allowedTopologies).flatMap((term, i) => {
    const at = Path.of('allowedTopologies').index(i).child('matchLabelExpressions');
    const seen = new Set<string>();
    const errors = listOf(term.matchLabelExpressions).flatMap((expression, j) =>
      topologyErrors(expression, at.index(j), seen),
    );
    const meaning = topologyMeaning(term);
    if (known.has(meaning)) errors.push(duplicate(at, ''));
    known.add(meaning);
    return errors;
  });
}

/** Equal for terms that select the same, in whatever order they say it. Nothing said selects nothing in particular. */
function topologyMeaning({ matchLabelExpressions }: TopologySelectorTerm): string {
  const values = new Map(
    listOf(matchLabelExpressions).map((each) => [each.key, listOf(each.values).toSorted()]),
  );
  return JSON.stringify([...values].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function topologyErrors(
  { key, values }: TopologySelectorLabelRequirement,
  at: Path,
  seen: Set<string>,
): FieldError[] {
  const list = listOf(values);
  const errors: FieldError[] = list.length === 0 ? [required(at.child('values'))] : [];
  for (const [i, value] of list.entries()) {
    if (list.indexOf(value) < i) errors.push(duplicate(at.child('values').index(i), value));
  }
  const keyPath = at.child('key');
  for (const detail of isQualifiedName(key)) errors.push(invalid(keyPath, key, detail));
  if (seen.has(key)) errors.push(duplicate(keyPath, key));
  seen.add(key);
  return errors;
}
