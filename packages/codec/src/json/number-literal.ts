import { exactNumber } from './exact-number.ts';

/**
 * A JSON number whose spelling matters: `15.0` is no integer to Go, and integers beyond 2^53 are no numbers in JavaScript.
 * Only parsing with exact numbers makes these, and only schema decoding takes them.
 */
export class NumberLiteral {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get value(): number | bigint {
    return exactNumber(this.text);
  }

  toJSON(): number | bigint {
    return this.value;
  }
}
