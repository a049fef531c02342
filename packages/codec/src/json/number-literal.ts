/**
 * A JSON number whose spelling matters: `15.0` is no integer to Go, and integers beyond 2^53 lose digits in JavaScript.
 * Only parsing with exact numbers makes these, and only schema decoding takes them.
 */
export class NumberLiteral {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get value(): number {
    return Number(this.text);
  }

  toJSON(): number {
    return this.value;
  }
}
