/** What holds for the ways to select and configure devices. */
import {
  type FieldError,
  invalid,
  type Path,
  required,
  tooLong,
  tooMany,
} from '@navarch/api/field-error';
import { isCIdentifier, isDns1123Subdomain } from '@navarch/api/names';
import type {
  DeviceConfiguration,
  DeviceSelector,
} from '@navarch/api/types/resource/v1/device-class';
import { textSize } from '../core/sizes.ts';
import { validateDeviceExpression } from './device-expressions.ts';
import { listOf } from '../nil.ts';
import { validateDriverName } from '../storage/validate.ts';

const selectorsMax = 32;
const expressionBytesMax = 10 * 1024;
const poolNameBytesMax = 253;
const identifierBytesMax = 32;
const parametersBytesMax = 10 * 1024;

/** What a taint of a device can do, sorted. */
export const taintEffects = ['NoExecute', 'NoSchedule', 'None'];

/** `stored`: expressions that were let through once are not looked at again. */
export function validateSelectors(
  selectors: readonly DeviceSelector[] | undefined,
  path: Path,
  state: 'new' | 'stored' = 'new',
): FieldError[] {
  const all = listOf(selectors);
  if (all.length > selectorsMax) return [tooMany(path, all.length, selectorsMax)];
  return all.flatMap(({ cel }, i) => {
    const at = path.index(i).child('cel');
    if (!cel) return [required(at)];
    if (state === 'stored') return [];
    const expression = at.child('expression');
    if (textSize(cel.expression) <= expressionBytesMax) {
      return validateDeviceExpression(cel.expression, expression);
    }
    return [tooLong(expression, cel.expression, expressionBytesMax)];
  });
}

/** `stored`: what was let through before there was a limit may be longer. */
export function validateConfiguration(
  { opaque }: DeviceConfiguration,
  path: Path,
  state: 'new' | 'stored' = 'new',
): FieldError[] {
  const at = path.child('opaque');
  if (!opaque) return [required(at)];
  const bytesMax = state === 'stored' ? Infinity : parametersBytesMax;
  return [
    ...validateDriverName(opaque.driver, at.child('driver')),
    ...validateParameters(opaque.parameters, at.child('parameters'), bytesMax),
  ];
}

/** Built by clients, who may leave out or clear what the type promises. */
export function validateParameters(value: unknown, path: Path, bytesMax: number): FieldError[] {
  if (value === undefined || value === null) return [required(path)];
  if (textSize(JSON.stringify(value)) > bytesMax) return [tooLong(path, '', bytesMax)];
  if (typeof value === 'object' && !Array.isArray(value)) return [];
  return [invalid(path, '<value omitted>', 'must be a valid JSON object')];
}

/** Domains of one or more parts, with slashes between. */
export function validatePoolName(name: string, path: Path): FieldError[] {
  if (name === '') return [required(path)];
  const long = textSize(name) > poolNameBytesMax ? [tooLong(path, '', poolNameBytesMax)] : [];
  const parts = name.split('/');
  return [
    ...long,
    ...parts.flatMap((part) =>
      isDns1123Subdomain(part).map((detail) => invalid(path, part, detail)),
    ),
  ];
}

/** A name, or one with the domain of whoever defines it. */
export function validateQualifiedName(name: string, path: Path): FieldError[] {
  if (name === '') return [required(path, 'name required')];
  const [domain, id, ...rest] = name.split('/');
  if (id === undefined) return identifierErrors(name, path);
  // More than one slash is overlooked.
  if (rest.length > 0) return [];
  return [
    ...(domain
      ? validateDriverName(domain, path)
      : [required(path, 'the domain must not be empty')]),
    ...(id === '' ? [required(path, 'the name must not be empty')] : identifierErrors(id, path)),
  ];
}

/** `example.com/attribute`. */
export function validateFullyQualifiedName(name: string, path: Path): FieldError[] {
  const errors = validateQualifiedName(name, path);
  if (name !== '' && !name.includes('/')) errors.push(invalid(path, name, 'must include a domain'));
  return errors;
}

function identifierErrors(id: string, path: Path): FieldError[] {
  const long = textSize(id) > identifierBytesMax ? [tooLong(path, '', identifierBytesMax)] : [];
  return [...long, ...isCIdentifier(id).map((detail) => invalid(path, id, detail))];
}
