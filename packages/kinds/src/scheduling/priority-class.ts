/** Priority classes: names for how important pods are. */
import { type FieldError, forbidden, invalid, notSupported, Path } from '@navarch/api/field-error';
import { forbidden as refused } from '@navarch/api/status';
import type { PriorityClass } from '@navarch/api/types/scheduling/v1';
import { defineResource } from '../define.ts';
import { generations } from '../strategy.ts';
import { age } from '../table/age.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';

const group = 'scheduling.k8s.io';
const plural = 'priorityclasses';
const systemPrefix = 'system-';
const userValueMax = 1_000_000_000;

/** The classes that every cluster has, with the values that only they may have. */
export const systemPriorities: ReadonlyMap<string, number> = new Map([
  ['system-node-critical', 2_000_001_000],
  ['system-cluster-critical', 2_000_000_000],
]);

export const priorityClasses = defineResource<PriorityClass>({
  group,
  version: 'v1',
  kind: 'PriorityClass',
  plural,
  shortNames: ['pc'],
  scope: 'Cluster',
  setDefaults: (draft) => {
    draft.preemptionPolicy ??= 'PreemptLowerPriority';
  },
  // Nothing that counts can change: the generation stays 1.
  ...generations<PriorityClass>(() => false),
  validate: validatePriorityClass,
  refuseDeletion: ({ metadata: { name = '' } }) => {
    if (!systemPriorities.has(name)) return;
    const message = 'this is a system priority class and cannot be deleted';
    throw refused({ group, resource: plural }, name, message);
  },
  validateUpdate: validatePriorityClassUpdate,
  table: {
    columns: [
      nameColumn,
      column('Value', 'The priority of pods of this class.', 'integer'),
      column('Global-Default', 'Whether pods without a class get this one.', 'boolean'),
      ageColumn,
      column('PreemptionPolicy', 'Whether its pods may push others out.'),
    ],
    row: (object, nowMs) => [
      object.metadata.name ?? '',
      object.value,
      object.globalDefault ?? false,
      age(nowMs, object.metadata.creationTimestamp),
      object.preemptionPolicy ?? '',
    ],
  },
});

function validatePriorityClass(object: PriorityClass): FieldError[] {
  return [...valueErrors(object), ...policyErrors(object)];
}

function valueErrors(object: PriorityClass): FieldError[] {
  const { name = '' } = object.metadata;
  if (name.startsWith(systemPrefix)) return validateSystemClass(object, name);
  if (object.value <= userValueMax) return [];
  const detail = `maximum allowed value of a user defined priority is ${userValueMax}`;
  return [forbidden(Path.of('value'), detail)];
}

function policyErrors({ preemptionPolicy }: PriorityClass): FieldError[] {
  const choices = ['PreemptLowerPriority', 'Never'];
  if (preemptionPolicy === undefined || choices.includes(preemptionPolicy)) return [];
  return [notSupported(Path.of('preemptionPolicy'), preemptionPolicy, choices)];
}

/** Only the classes that Kubernetes itself defines may use the reserved prefix, exactly as it defines them. */
function validateSystemClass(object: PriorityClass, name: string): FieldError[] {
  const value = systemPriorities.get(name);
  if (value === undefined) return [systemNameError(`${name} is not a known system priority class`)];
  if (value !== object.value)
    return [systemNameError(`value of ${name} PriorityClass must be ${value}`)];
  return object.globalDefault === true
    ? [systemNameError(`globalDefault of ${name} PriorityClass must be false`)]
    : [];
}

function systemNameError(cause: string): FieldError {
  const detail = `priority class names with '${systemPrefix}' prefix are reserved for system use only. error: ${cause}`;
  return forbidden(Path.of('metadata', 'name'), detail);
}

function validatePriorityClassUpdate(object: PriorityClass, stored: PriorityClass): FieldError[] {
  const errors: FieldError[] = [];
  if (object.value !== stored.value) {
    errors.push(forbidden(Path.of('value'), 'may not be changed in an update.'));
  }
  if (object.preemptionPolicy !== stored.preemptionPolicy) {
    const path = Path.of('preemptionPolicy');
    errors.push(invalid(path, object.preemptionPolicy, 'field is immutable'));
  }
  return errors;
}
