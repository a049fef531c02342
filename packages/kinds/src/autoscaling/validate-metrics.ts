/** What holds for what an autoscaler measures. */
import {
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  type Path,
  required,
} from '@navarch/api/field-error';
import { isPathSegmentName } from '@navarch/api/names';
import { Quantity } from '@navarch/api/quantity';
import type { MetricIdentifier, MetricSpec, MetricTarget } from '@navarch/api/types/autoscaling/v2';
import { validateScaleTarget } from './validate-scale-target.ts';
import { checkLabel } from '../core/checks.ts';
import { checkContainerResourceName } from '../core/resource-names.ts';

/** By type: the member that describes the metric, in the order in which members are looked at. */
const members = [
  ['Object', 'object'],
  ['External', 'external'],
  ['Pods', 'pods'],
  ['Resource', 'resource'],
  ['ContainerResource', 'containerResource'],
] as const;
const types = members.map(([type]) => type).toSorted();
const targetTypes = ['Utilization', 'Value', 'AverageValue'];

export function validateMetric(metric: MetricSpec, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  const typeAt = path.child('type');
  const type: string = metric.type;
  const unknown = types.some((known) => known === type) ? [] : [notSupported(typeAt, type, types)];
  if (type === '') errors.push(required(typeAt, 'must specify a metric source type'));
  errors.push(...unknown);
  const present = members.filter(([, member]) => metric[member] !== undefined);
  const [first] = present;
  if (first) errors.push(...validateSource(metric, first[1], path.child(first[1])));
  const expected = members.find(([known]) => known === type)?.[1];
  if (expected && !metric[expected]) {
    const detail = 'must populate information for the given metric source';
    errors.push(required(path.child(expected), detail));
  }
  // Upstream says so twice.
  errors.push(...unknown);
  if (present.length > 1) {
    for (const [, member] of present.filter(([, candidate]) => candidate !== expected)) {
      const detail = 'must populate the given metric source only';
      errors.push(forbidden(path.child(member), detail));
    }
  }
  return errors;
}

type Member = (typeof members)[number][1];

function validateSource(metric: MetricSpec, member: Member, path: Path): FieldError[] {
  const { object, external, pods, resource, containerResource } = metric;
  switch (member) {
    case 'object':
      return object ? validateObject(object, path) : [];
    case 'external':
      return external ? validateExternal(external, path) : [];
    case 'pods':
      return pods ? validatePods(pods, path) : [];
    case 'resource':
      return resource ? validateResource(resource, [], path) : [];
    case 'containerResource':
      return containerResource ? validateContainerResource(containerResource, path) : [];
  }
}

function validateObject(source: NonNullable<MetricSpec['object']>, path: Path): FieldError[] {
  const { value, averageValue } = source.target;
  const errors = [
    ...validateScaleTarget(source.describedObject, path.child('describedObject')),
    ...validateIdentifier(source.metric, path.child('metric')),
    ...validateTarget(source.target, path.child('target')),
  ];
  if (value === undefined && averageValue === undefined) {
    const detail = 'must set either a target value or averageValue';
    errors.push(required(path.child('target', 'averageValue'), detail));
  }
  return errors;
}

function validateExternal(source: NonNullable<MetricSpec['external']>, path: Path): FieldError[] {
  const { value, averageValue } = source.target;
  const errors = [
    ...validateIdentifier(source.metric, path.child('metric')),
    ...validateTarget(source.target, path.child('target')),
  ];
  if (value === undefined && averageValue === undefined) {
    const detail = 'must set either a target value for metric or a per-pod target';
    errors.push(required(path.child('target', 'averageValue'), detail));
  }
  if (value !== undefined && averageValue !== undefined) {
    const detail = 'may not set both a target value for metric and a per-pod target';
    errors.push(forbidden(path.child('target', 'value'), detail));
  }
  return errors;
}

function validatePods(source: NonNullable<MetricSpec['pods']>, path: Path): FieldError[] {
  const { averageValue } = source.target;
  const errors = [
    ...validateIdentifier(source.metric, path.child('metric')),
    ...validateTarget(source.target, path.child('target')),
  ];
  if (averageValue === undefined) {
    const detail = 'must specify a positive target averageValue';
    errors.push(required(path.child('target', 'averageValue'), detail));
  }
  return errors;
}

function validateContainerResource(
  source: NonNullable<MetricSpec['containerResource']>,
  path: Path,
): FieldError[] {
  const { name, container } = source;
  const errors: FieldError[] = [];
  if (name !== '') checkContainerResourceName(name, path.child('name'), errors);
  if (container === '') errors.push(required(path.child('container'), 'must specify a container'));
  else checkLabel(container, path.child('container'), errors);
  return validateResource(source, errors, path);
}

function validateResource(
  { name, target }: NonNullable<MetricSpec['resource']>,
  more: readonly FieldError[],
  path: Path,
): FieldError[] {
  const { averageUtilization, averageValue } = target;
  const errors = [
    ...(name === '' ? [required(path.child('name'), 'must specify a resource name')] : []),
    ...more,
    ...validateTarget(target, path.child('target')),
  ];
  if (averageUtilization === undefined && averageValue === undefined) {
    const detail = 'must set either a target raw value or a target utilization';
    errors.push(required(path.child('target', 'averageUtilization'), detail));
  }
  if (averageUtilization !== undefined && averageValue !== undefined) {
    const detail = 'may not set both a target raw value and a target utilization';
    errors.push(forbidden(path.child('target', 'averageValue'), detail));
  }
  return errors;
}

function validateTarget(target: MetricTarget, path: Path): FieldError[] {
  const { value, averageValue, averageUtilization } = target;
  const errors: FieldError[] = [];
  const type: string = target.type;
  if (type === '') errors.push(required(path.child('type'), 'must specify a metric target type'));
  if (!targetTypes.includes(type)) {
    const detail = 'must be either Utilization, Value, or AverageValue';
    errors.push(invalid(path.child('type'), type, detail));
  }
  for (const [member, amount] of [
    ['value', value],
    ['averageValue', averageValue],
  ] as const) {
    if (amount !== undefined && !isPositive(amount)) {
      errors.push(invalid(path.child(member), amount, 'must be positive'));
    }
  }
  if (averageUtilization !== undefined && averageUtilization < 1) {
    const at = path.child('averageUtilization');
    errors.push(invalid(at, averageUtilization, 'must be greater than 0'));
  }
  return errors;
}

function isPositive(amount: string): boolean {
  return Quantity.parse(amount).sign() > 0;
}

function validateIdentifier({ name }: MetricIdentifier, path: Path): FieldError[] {
  const at = path.child('name');
  if (name === '') return [required(at, 'must specify a metric name')];
  return isPathSegmentName(name).map((detail) => invalid(at, name, detail));
}
