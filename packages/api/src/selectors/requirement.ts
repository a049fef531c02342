/** One condition on labels: `tier in (a, b)`. A selector is a list of them, all of which must hold. */
import { aggregateMessage, invalid, notSupported, Path, type FieldError } from '../field-error.ts';
import { isLabelValue, isQualifiedName } from '../names.ts';

export type Operator = '=' | '==' | '!=' | 'in' | 'notin' | 'exists' | '!' | 'gt' | 'lt';

export interface Requirement {
  readonly key: string;
  readonly operator: Operator;
  readonly values: readonly string[];
}

/** A selector that cannot be read. The message is what the client gets, with 400. */
export class SelectorError extends Error {
  override readonly name = 'SelectorError';
}

const operators: readonly Operator[] = ['in', 'notin', '=', '==', '!=', 'exists', '!', 'gt', 'lt'];

/** Checks a condition; throws a SelectorError that lists everything wrong with it. */
export function newRequirement(
  key: string,
  operator: Operator,
  values: readonly string[],
  path: Path = Path.root,
): Requirement {
  const errors = requirementErrors(key, operator, values, path);
  if (errors.length > 0) throw new SelectorError(aggregateMessage(errors));
  return { key, operator, values };
}

function requirementErrors(
  key: string,
  operator: Operator,
  values: readonly string[],
  path: Path,
): readonly FieldError[] {
  const keyErrors = labelKeyErrors(key, path.child('key'));
  const at = path.child('values');
  const errors = [...keyErrors, ...operatorErrors(operator, values, path, at)];
  values.forEach((value, i) => {
    const messages = isLabelValue(value);
    if (messages.length > 0) errors.push(invalid(at.index(i).key(key), value, messages.join('; ')));
  });
  return errors;
}

export function labelKeyErrors(key: string, path: Path): readonly FieldError[] {
  const messages = isQualifiedName(key);
  return messages.length === 0 ? [] : [invalid(path, key, messages.join('; '))];
}

function operatorErrors(
  operator: Operator,
  values: readonly string[],
  path: Path,
  at: Path,
): readonly FieldError[] {
  const count = values.length;
  const wrong = (detail: string): readonly FieldError[] => [invalid(at, values, detail)];
  switch (operator) {
    case 'in':
    case 'notin':
      return count > 0 ? [] : wrong("for 'in', 'notin' operators, values set can't be empty");
    case '=':
    case '==':
    case '!=':
      return count === 1 ? [] : wrong('exact-match compatibility requires one single value');
    case 'exists':
    case '!':
      return count === 0 ? [] : wrong('values set must be empty for exists and does not exist');
    case 'gt':
    case 'lt':
      return [
        ...(count === 1 ? [] : wrong("for 'Gt', 'Lt' operators, exactly one value is required")),
        ...values.flatMap((value, i) => integerErrors(value, at.index(i))),
      ];
    default:
      return [notSupported(path.child('operator'), operator, operators)];
  }
}

function integerErrors(value: string, at: Path): readonly FieldError[] {
  if (parseInteger(value) !== undefined) return [];
  return [invalid(at, value, "for 'Gt', 'Lt' operators, the value must be an integer")];
}

/** Decimal, with an optional sign, within 64 bits. */
function parseInteger(text: string): bigint | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

export type Labels = Readonly<Record<string, string>>;

export function requirementMatches(requirement: Requirement, labels: Labels | undefined): boolean {
  const { key, operator, values } = requirement;
  const value = labels !== undefined && Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case '=':
    case '==':
    case 'in':
      return value !== undefined && values.includes(value);
    case '!=':
    case 'notin':
      return value === undefined || !values.includes(value);
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    case 'gt':
    case 'lt':
      return value !== undefined && compares(operator, value, values[0] ?? '');
  }
}

function compares(operator: 'gt' | 'lt', value: string, limit: string): boolean {
  const a = parseInteger(value);
  const b = parseInteger(limit);
  if (a === undefined || b === undefined) return false;
  return operator === 'gt' ? a > b : a < b;
}

/** The text form, which parses back to the same requirement. */
export function requirementText({ key, operator, values }: Requirement): string {
  switch (operator) {
    case 'exists':
      return key;
    case '!':
      return `!${key}`;
    case 'in':
    case 'notin':
      return `${key} ${operator} (${[...values].sort().join(',')})`;
    case 'gt':
    case 'lt':
      return `${key}${operator === 'gt' ? '>' : '<'}${values.join(',')}`;
    default:
      return `${key}${operator}${values.join(',')}`;
  }
}
