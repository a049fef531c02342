/** What holds for a limit range: within each limit, minimum <= default request <= default limit <= maximum. */
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  Path,
  required,
} from '@navarch/api/field-error';
import { isQualifiedName } from '@navarch/api/names';
import { Quantity } from '@navarch/api/quantity';
import type { LimitRange, LimitRangeItem } from '@navarch/api/types/core/v1/quota';
import type { ResourceList } from '@navarch/api/types/core/v1/resources';
import { listOf } from '../../nil.ts';
import { compareText } from '../../table/cells.ts';
import {
  checkContainerResourceName,
  checkResourceName,
  isOvercommitAllowed,
} from '../resource-names.ts';

const standardTypes = ['Pod', 'Container', 'PersistentVolumeClaim'];
export function validateLimitRange({ spec }: LimitRange): FieldError[] {
  const seen = new Set<string>();
  return listOf(spec.limits).flatMap((item, i) =>
    itemErrors(item, Path.of('spec', 'limits').index(i), seen),
  );
}

function itemErrors(item: LimitRangeItem, path: Path, seen: Set<string>): FieldError[] {
  const errors = typeErrors(item.type, path.child('type'));
  if (seen.has(item.type)) errors.push(duplicate(path.child('type'), item.type));
  seen.add(item.type);
  const lists = [
    ['max', item.max],
    ['min', item.min],
  ] as const;
  for (const [name, list] of lists) errors.push(...resourceErrors(item, list, path.child(name)));
  errors.push(...defaultsErrors(item, path));
  if (item.type === 'PersistentVolumeClaim' && !item.min?.['storage'] && !item.max?.['storage']) {
    const detail = 'either minimum or maximum storage value is required, but neither was provided';
    errors.push(required(path.child('limits'), detail));
  }
  const ratios = path.child('maxLimitRequestRatio');
  errors.push(...resourceErrors(item, item.maxLimitRequestRatio, ratios));
  // Defaults of pods are refused, and not looked at any further.
  const seenItem = item.type === 'Pod' ? withoutDefaults(item) : item;
  for (const name of allNames(seenItem)) {
    errors.push(...orderErrors(seenItem, name, path));
    errors.push(...ratioErrors(seenItem, name, path.child('maxLimitRequestRatio').key(name)));
    errors.push(...opaqueErrors(seenItem, name, path));
  }
  return errors;
}

function withoutDefaults(item: LimitRangeItem): LimitRangeItem {
  const { default: _, defaultRequest: __, ...rest } = item;
  return rest;
}

function typeErrors(type: string, path: Path): FieldError[] {
  const errors = isQualifiedName(type).map((detail) => invalid(path, type, detail));
  if (errors.length > 0 || type.includes('/') || standardTypes.includes(type)) return errors;
  return [invalid(path, type, 'must be a standard limit type or fully qualified')];
}

/** Defaults make sense for containers only; for pods they are forbidden outright. */
function defaultsErrors(item: LimitRangeItem, path: Path): FieldError[] {
  const [limits, requests] = [path.child('default'), path.child('defaultRequest')];
  if (item.type !== 'Pod') {
    return [
      ...resourceErrors(item, item.default, limits),
      ...resourceErrors(item, item.defaultRequest, requests),
    ];
  }
  const detail = "may not be specified when `type` is 'Pod'";
  const given = (list: ResourceList | undefined) => Object.keys(list ?? {}).length > 0;
  return [
    ...(given(item.default) ? [forbidden(limits, detail)] : []),
    ...(given(item.defaultRequest) ? [forbidden(requests, detail)] : []),
  ];
}

function resourceErrors(
  { type }: LimitRangeItem,
  list: ResourceList | undefined,
  path: Path,
): FieldError[] {
  return Object.keys(list ?? {})
    .toSorted(compareText)
    .flatMap((name) => nameErrors(type, name, path.key(name)));
}

function nameErrors(type: string, name: string, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  if (type === 'Container' || type === 'Pod') checkContainerResourceName(name, path, errors);
  else checkResourceName(name, path, errors);
  return errors;
}

function allNames(item: LimitRangeItem): string[] {
  const lists = [item.max, item.min, item.default, item.defaultRequest, item.maxLimitRequestRatio];
  return [...new Set(lists.flatMap((list) => Object.keys(list ?? {})))].toSorted(compareText);
}

/** Values that are shown are not always those that are wrong: clients have always seen them so. */
function orderErrors(item: LimitRangeItem, name: string, path: Path): FieldError[] {
  const [min, max] = [item.min?.[name], item.max?.[name]];
  const [request, limit] = [item.defaultRequest?.[name], item.default?.[name]];
  const errors: FieldError[] = [];
  const check = (
    high: string | undefined,
    low: string | undefined,
    at: string,
    shown: string | undefined,
    text: (low: string, high: string) => string,
  ) => {
    if (high === undefined || low === undefined || compare(low, high) <= 0) return;
    errors.push(invalid(path.child(at).key(name), shown, text(low, high)));
  };
  check(max, min, 'min', min, (a, b) => `min value ${a} is greater than max value ${b}`);
  check(
    request,
    min,
    'defaultRequest',
    request,
    (a, b) => `min value ${a} is greater than default request value ${b}`,
  );
  check(
    max,
    request,
    'defaultRequest',
    request,
    (a, b) => `default request value ${a} is greater than max value ${b}`,
  );
  check(
    limit,
    request,
    'defaultRequest',
    request,
    (a, b) => `default request value ${a} is greater than default limit value ${b}`,
  );
  check(limit, min, 'default', min, (a, b) => `min value ${a} is greater than default value ${b}`);
  check(max, limit, 'default', max, (a, b) => `default value ${a} is greater than max value ${b}`);
  return errors;
}

/** A limit is no less than its request, and no more of it than bounds leave room for. */
function ratioErrors(item: LimitRangeItem, name: string, at: Path): FieldError[] {
  const ratio = item.maxLimitRequestRatio?.[name];
  if (ratio === undefined) return [];
  const errors =
    compare(ratio, '1') < 0 ? [invalid(at, ratio, `ratio ${ratio} is less than 1`)] : [];
  const [min, max] = [item.min?.[name], item.max?.[name]];
  if (min === undefined || max === undefined) return errors;
  const limit = Quantity.parse(max).milliValue() / Quantity.parse(min).milliValue();
  if (Quantity.parse(ratio).milliValue() / 1000 > limit) {
    const detail = `ratio ${ratio} is greater than max/min = ${limit.toFixed(6)}`;
    errors.push(invalid(at, ratio, detail));
  }
  return errors;
}

/** Resources that cannot be shared have no range: the request is the limit. */
function opaqueErrors(item: LimitRangeItem, name: string, path: Path): FieldError[] {
  const [request, limit] = [item.defaultRequest?.[name], item.default?.[name]];
  if (isOvercommitAllowed(name) || request === undefined || limit === undefined) return [];
  if (compare(request, limit) === 0) return [];
  const detail = `default value ${limit} must equal to defaultRequest value ${request} in ${name}`;
  return [invalid(path.child('defaultRequest').key(name), request, detail)];
}

function compare(a: string, b: string): number {
  return Quantity.parse(a).compare(Quantity.parse(b));
}
