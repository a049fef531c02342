/** Expressions that select devices: what they may use, and what they may cost. */
import { type FieldError, forbidden, invalid, type Path } from '@navarch/api/field-error';
import type { Range } from '@navarch/cel/cost/range';
import { createEnvironment, type TypeProvider } from '@navarch/cel/environment';
import { quantityType } from '@navarch/cel/library/quantity';
import { bindings } from '@navarch/cel/macros/bindings';
import {
  boolType,
  dynType,
  isDynamic,
  mapType,
  objectType,
  stringType,
  type Type,
  typeText,
} from '@navarch/cel/types';
import { kubernetesLibraries } from '../cel/libraries.ts';
import { lazily } from '../lazily.ts';

const deviceType = objectType('kubernetes.DRADevice');

/** Attributes and capacities are by domain, then by name. */
const deviceFields: Readonly<Record<string, Type>> = {
  driver: stringType,
  attributes: mapType(stringType, mapType(stringType, dynType)),
  capacity: mapType(stringType, mapType(stringType, quantityType)),
  allowMultipleAllocations: boolType,
};

const types: TypeProvider = {
  findType: (name) => (name === 'kubernetes.DRADevice' ? deviceType : undefined),
  findField: (name, field) =>
    name === 'kubernetes.DRADevice' && Object.hasOwn(deviceFields, field)
      ? deviceFields[field]
      : undefined,
};

/** Takes some milliseconds: made when the first expression is met. */
const environment = lazily(() =>
  createEnvironment({
    libraries: [...kubernetesLibraries, bindings],
    variables: { device: deviceType },
    types,
  }),
);

const costMax = 1_000_000;
const domainLengthMax = 63;
const attributeLengthMax = 64;
const entriesMax = 32;

/** What validation of slices allows. */
function sizeOf([variable, field, ...rest]: readonly string[]): Range | undefined {
  if (variable !== 'device') return undefined;
  if (field === 'driver') return { min: 0, max: domainLengthMax };
  if (field !== 'attributes' && field !== 'capacity') return undefined;
  if (rest.length === 0) return { min: 0, max: entriesMax };
  const [step] = rest;
  if (rest.length === 1) return { min: 0, max: step === '@keys' ? domainLengthMax : entriesMax };
  return { min: 0, max: attributeLengthMax };
}

/** What is wrong with an expression. */
export function validateDeviceExpression(text: string, path: Path): FieldError[] {
  const compiled = environment().compile(text);
  if (!compiled.ok) return [invalid(path, text, `${compiled.stage} failed: ${compiled.message}`)];
  const type = compiled.outputType;
  if (type.kind !== 'bool' && !isDynamic(type)) {
    const detail = `must evaluate to bool or the unknown type, not ${typeText(type)}`;
    return [invalid(path, text, detail)];
  }
  const { max } = compiled.program.estimateCost({ sizeOf });
  return max > costMax ? [forbidden(path, 'too complex, exceeds cost limit')] : [];
}
