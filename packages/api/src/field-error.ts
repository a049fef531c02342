/**
 * What is wrong with one field of an object, and where. Validation collects these; `status.ts` turns a list of them into
 * the answer `422 Invalid`. The texts are the ones clients of Kubernetes already parse.
 */
import { goJson, goNumber, goQuote } from '@navarch/codec/go/text';

const titles = {
  Required: 'Required value',
  Invalid: 'Invalid value',
  NotSupported: 'Unsupported value',
  Duplicate: 'Duplicate value',
  NotFound: 'Not found',
  Forbidden: 'Forbidden',
  TooLong: 'Too long',
  TooMany: 'Too many',
  TooFew: 'Too few',
  Internal: 'Internal error',
  TypeInvalid: 'Invalid value',
} as const;

export type FieldErrorType = keyof typeof titles;

export interface FieldError {
  readonly type: FieldErrorType;
  /** Where, as text: `spec.containers[0].name`. */
  readonly field: string;
  /** The offending value as a client would write it; `omitted` when the message should not show it. */
  readonly badValue?: unknown;
  /** What is wrong with it, without repeating the value; may be empty. */
  readonly detail: string;
}

/** Stands for a value that the message leaves out altogether. */
export const omitted: unique symbol = Symbol('omitted');

/**
 * The way to a field, from the root of the object. Immutable, and cheap to extend: text is only built by `toString`, so
 * validating a correct object builds none.
 */
export class Path {
  /** The object itself. Prints as `<nil>`, as upstream's nil path does. */
  static readonly root: Path = new Path(undefined, '', false);

  readonly #parent: Path | undefined;
  readonly #step: string | number;
  readonly #bracketed: boolean;

  private constructor(parent: Path | undefined, step: string | number, bracketed: boolean) {
    this.#parent = parent;
    this.#step = step;
    this.#bracketed = bracketed;
  }

  /** A path that starts at a named field: `Path.of('spec', 'template')`. */
  static of(name: string, ...deeper: readonly string[]): Path {
    return Path.root.child(name, ...deeper);
  }

  child(name: string, ...deeper: readonly string[]): Path {
    let path = new Path(this, name, false);
    for (const step of deeper) path = new Path(path, step, false);
    return path;
  }

  index(index: number): Path {
    return new Path(this, index, true);
  }

  key(key: string): Path {
    return new Path(this, key, true);
  }

  toString(): string {
    return this.#parent === undefined ? '<nil>' : this.#text();
  }

  #text(): string {
    if (this.#parent === undefined) return '';
    const before = this.#parent.#text();
    if (this.#bracketed) return `${before}[${this.#step}]`;
    return before === '' ? String(this.#step) : `${before}.${this.#step}`;
  }
}

type At = Path | string;

export function required(path: At, detail = ''): FieldError {
  return { type: 'Required', field: String(path), badValue: '', detail };
}

export function invalid(path: At, badValue: unknown, detail: string): FieldError {
  return { type: 'Invalid', field: String(path), badValue, detail };
}

export function typeInvalid(path: At, badValue: unknown, detail: string): FieldError {
  return { type: 'TypeInvalid', field: String(path), badValue, detail };
}

/** The choices are listed in the order given. */
export function notSupported(path: At, badValue: unknown, choices: readonly string[]): FieldError {
  const detail = choices.length === 0 ? '' : `supported values: ${choices.map(goQuote).join(', ')}`;
  return { type: 'NotSupported', field: String(path), badValue, detail };
}

export function duplicate(path: At, badValue: unknown, detail = ''): FieldError {
  return { type: 'Duplicate', field: String(path), badValue, detail };
}

export function notFound(path: At, badValue: unknown, detail = ''): FieldError {
  return { type: 'NotFound', field: String(path), badValue, detail };
}

export function forbidden(path: At, detail: string): FieldError {
  return { type: 'Forbidden', field: String(path), badValue: '', detail };
}

/** For values measured in bytes; the value itself is never shown. */
export function tooLong(path: At, badValue: unknown, bytesMax: number): FieldError {
  const detail =
    bytesMax < 0 ? 'value is too long' : `may not be more than ${count(bytesMax, 'byte')}`;
  return { type: 'TooLong', field: String(path), badValue, detail };
}

export function tooMany(path: At, actual: number, itemsMax: number): FieldError {
  const detail =
    itemsMax < 0 ? 'has too many items' : `must have at most ${count(itemsMax, 'item')}`;
  return { type: 'TooMany', field: String(path), badValue: actual < 0 ? omitted : actual, detail };
}

export function tooFew(path: At, actual: number, itemsMin: number): FieldError {
  const detail =
    itemsMin < 0 ? 'has too few items' : `must have at least ${count(itemsMin, 'item')}`;
  return { type: 'TooFew', field: String(path), badValue: actual < 0 ? omitted : actual, detail };
}

export function internal(path: At, detail: string): FieldError {
  return { type: 'Internal', field: String(path), detail };
}

function count(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}

/** The machine-readable reason of a status cause: `FieldValueInvalid`. */
export function causeReason(type: FieldErrorType): string {
  return type === 'Internal' ? 'InternalError' : `FieldValue${type}`;
}

/** What is wrong, without the place: `Invalid value: "x": must be y`. */
export function errorBody(error: FieldError): string {
  const title = titles[error.type];
  const head = showsValue(error) ? `${title}: ${printValue(error.badValue)}` : title;
  return error.detail === '' ? head : `${head}: ${error.detail}`;
}

function showsValue(error: FieldError): boolean {
  switch (error.type) {
    case 'Required':
    case 'Forbidden':
    case 'TooLong':
    case 'Internal':
      return false;
    default:
      return error.badValue !== omitted;
  }
}

function printValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return goQuote(value);
    case 'number':
      return goNumber(value);
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      return goJson(value);
  }
}

/** One error with its place: `spec.x: Required value`. */
export function errorMessage(error: FieldError): string {
  return `${error.field}: ${errorBody(error)}`;
}

/** All errors as one text: in brackets when there are several; texts that repeat are said once. */
export function aggregateMessage(errors: readonly FieldError[]): string {
  const messages = [...new Set(errors.map(errorMessage))];
  return messages.length === 1 ? (messages[0] ?? '') : `[${messages.join(', ')}]`;
}
