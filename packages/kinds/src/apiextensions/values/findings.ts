/** What schema validation finds, in the words of the library that Kubernetes uses for it. */
import {
  errorMessage,
  type FieldError,
  invalid,
  notSupported,
  type Path,
  required,
  tooLong,
  tooMany,
  typeInvalid,
} from '@navarch/api/field-error';
import { goJson, goQuote } from '@navarch/codec/go/text';
import type { Place } from './place.ts';

/** Errors of one value, and how much of it was looked at: of several schemas that fail, the one with most is reported. */
export interface Findings {
  readonly errors: readonly FieldError[];
  readonly matches: number;
}

/** Texts that are the same are reported once. */
export function distinct(errors: readonly FieldError[]): readonly FieldError[] {
  if (errors.length < 2) return errors;
  const seen = new Set<string>();
  return errors.filter((error) => {
    const text = errorMessage(error);
    return !seen.has(text) && Boolean(seen.add(text));
  });
}

/** Makes errors for places in a value that is itself somewhere. */
export class Reporter {
  readonly #base: Path;

  constructor(base: Path) {
    this.#base = base;
  }

  wrongType(place: Place, wanted: string, actual: string): FieldError {
    const detail = `${String(place)} in body must be of type ${wanted}: ${goQuote(actual)}`;
    return typeInvalid(this.#at(place), actual, detail);
  }

  invalid(place: Place, value: unknown, complaint: string): FieldError {
    return invalid(this.#at(place), value, `${String(place)} in body ${complaint}`);
  }

  missing(place: Place): FieldError {
    return required(this.#at(place));
  }

  notInEnum(place: Place, value: unknown, choices: readonly unknown[]): FieldError {
    const texts = choices.map((choice) => (typeof choice === 'string' ? choice : goJson(choice)));
    return notSupported(this.#at(place), value, texts);
  }

  tooLong(place: Place, value: string, max: number): FieldError {
    return tooLong(this.#at(place), value, max);
  }

  tooMany(place: Place, count: number, max: number): FieldError {
    return tooMany(this.#at(place), count, max);
  }

  /** Errors about alternatives name the place in their text only. */
  alternatives(place: Place, complaint: string): FieldError {
    return invalid(this.#base, '', `${goQuote(String(place))} ${complaint}`);
  }

  #at(place: Place): Path {
    const text = String(place).replace(/^\./, '');
    return text === '' ? this.#base : this.#base.child(text);
  }
}
