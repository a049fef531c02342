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

const selectorsMax = 32;
const expressionBytesMax = 10 * 1024;
const driverNameBytesMax = 63;

export function validateSelectors(
  selectors: readonly DeviceSelector[] | undefined,
  path: Path,
): FieldError[] {
  const all = listOf(selectors);
  if (all.length > selectorsMax) return [tooMany(path, all.length, selectorsMax)];
  return all.flatMap(({ cel }, i) => {
    const at = path.index(i).child('cel');
    if (!cel) return [required(at)];
    const expression = at.child('expression');
    if (textSize(cel.expression) <= expressionBytesMax) {
      return validateDeviceExpression(cel.expression, expression);
    }
    return [tooLong(expression, cel.expression, expressionBytesMax)];
  });
}

export function validateConfiguration({ opaque }: DeviceConfiguration, path: Path): FieldError[] {
  const at = path.child('opaque');
  if (!opaque) return [required(at)];
  const errors = validateDriverName(opaque.driver, at.child('driver'));
  // Built by clients, who may leave out or clear what the type promises.
  const parameters: unknown = opaque.parameters;
  if (parameters === undefined || parameters === null) {
    errors.push(required(at.child('parameters')));
  } else if (typeof parameters !== 'object' || Array.isArray(parameters)) {
    errors.push(invalid(at.child('parameters'), parameters, 'must be a valid JSON object'));
  }
  return errors;
}

export function validateDriverName(name: string, path: Path): FieldError[] {
  if (name === '') return [required(path)];
  if (textSize(name) > driverNameBytesMax) return [tooLong(path, name, driverNameBytesMax)];
  return isDns1123Subdomain(name).map((detail) => invalid(path, name, detail));
}

/** `example.com/attribute`. */
export function validateFullyQualifiedName(name: string, path: Path): FieldError[] {
  if (name === '') return [required(path)];
  const slash = name.indexOf('/');
  if (slash === -1) return [invalid(path, name, 'must include a domain')];
  const domain = name.slice(0, slash);
  const id = name.slice(slash + 1);
  return [
    ...(domain === ''
      ? [required(path, 'the domain must not be empty')]
      : isDns1123Subdomain(domain).map((detail) => invalid(path, domain, detail))),
    ...(id === ''
      ? [required(path, 'the name must not be empty')]
      : isCIdentifier(id).map((detail) => invalid(path, id, detail))),
  ];
}
