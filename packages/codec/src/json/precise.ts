/**
 * The careful parser: finds keys that appear twice, keeps the spelling of numbers, and fails with Go's messages. Slow
 * next to JSON.parse, so `json.ts` comes here only when it has to.
 */
import { setOwn } from '../set-own.ts';
import { exactNumber } from './exact-number.ts';
import { NumberLiteral } from './number-literal.ts';
import { invalidCharacter, type JsonSyntaxError, unexpectedEnd } from './syntax-error.ts';

export interface PreciseResult {
  readonly value: unknown;
  /** Where a key came a second time: `metadata.labels.a`, in the order of the text. */
  readonly duplicates: readonly string[];
}

/** Throws a JsonSyntaxError. Nesting must have been checked before. */
export function parsePrecisely(text: string, numbers: 'plain' | 'exact'): PreciseResult {
  const parser = new Parser(text, numbers === 'exact');
  const value = parser.document();
  return { value, duplicates: parser.duplicates };
}

/** The path of every member in the order of the text, repeated ones each time. The text must be JSON. */
export function memberPaths(text: string): readonly string[] {
  const members: string[] = [];
  new Parser(text, false, (path) => void members.push(path)).document();
  return members;
}

const plainString = /"[^"\\\p{Cc}]*"/uy;
const numberPattern = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

class Parser {
  readonly duplicates: string[] = [];
  readonly #text: string;
  readonly #exact: boolean;
  readonly #onMember: ((path: string) => void) | undefined;
  readonly #path: (string | number)[] = [];
  #at = 0;

  constructor(text: string, exact: boolean, onMember?: (path: string) => void) {
    this.#text = text;
    this.#exact = exact;
    this.#onMember = onMember;
  }

  document(): unknown {
    const value = this.#value();
    this.#space();
    if (this.#at < this.#text.length) throw this.#invalid('after top-level value');
    return value;
  }

  #value(): unknown {
    this.#space();
    switch (this.#text[this.#at]) {
      case undefined:
        throw unexpectedEnd();
      case '{':
        return this.#object();
      case '[':
        return this.#array();
      case '"':
        return this.#string();
      case 't':
        return this.#literal('true', true);
      case 'f':
        return this.#literal('false', false);
      case 'n':
        return this.#literal('null', null);
      default:
        return this.#number();
    }
  }

  #object(): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    this.#at++;
    if (this.#next() === '}') return this.#close(object);
    for (;;) {
      if (this.#next() !== '"') throw this.#invalid('looking for beginning of object key string');
      const key = this.#string();
      if (this.#next() !== ':') throw this.#invalid('after object key');
      this.#at++;
      this.#member(object, key);
      const after = this.#next();
      if (after === '}') return this.#close(object);
      if (after !== ',') throw this.#invalid('after object key:value pair');
      this.#at++;
    }
  }

  #member(object: Record<string, unknown>, key: string): void {
    this.#path.push(key);
    this.#onMember?.(pathText(this.#path));
    if (Object.hasOwn(object, key)) this.duplicates.push(pathText(this.#path));
    setOwn(object, key, this.#value());
    this.#path.pop();
  }

  #array(): unknown[] {
    const array: unknown[] = [];
    this.#at++;
    if (this.#next() === ']') return this.#close(array);
    for (;;) {
      this.#path.push(array.length);
      array.push(this.#value());
      this.#path.pop();
      const after = this.#next();
      if (after === ']') return this.#close(array);
      if (after !== ',') throw this.#invalid('after array element');
      this.#at++;
    }
  }

  #close<T>(value: T): T {
    this.#at++;
    return value;
  }

  #string(): string {
    plainString.lastIndex = this.#at;
    const plain = plainString.exec(this.#text)?.[0];
    if (plain !== undefined) {
      this.#at += plain.length;
      return plain.slice(1, -1);
    }
    const start = this.#at;
    this.#at++;
    while (this.#char() !== '"') this.#stringChar();
    this.#at++;
    return JSON.parse(this.#text.slice(start, this.#at)) as string;
  }

  #stringChar(): void {
    const char = this.#char();
    if (char < ' ') throw this.#invalid('in string literal');
    this.#at++;
    if (char !== '\\') return;
    const escape = this.#char();
    if (!'"\\/bfnrtu'.includes(escape)) throw this.#invalid('in string escape code');
    this.#at++;
    if (escape !== 'u') return;
    for (let i = 0; i < 4; i++) {
      if (!/[0-9a-fA-F]/.test(this.#char())) {
        throw this.#invalid('in \\u hexadecimal character escape');
      }
      this.#at++;
    }
  }

  #literal<T>(word: string, value: T): T {
    for (let i = 1; i < word.length; i++) {
      this.#at++;
      const expected = word.charAt(i);
      if (this.#char() !== expected) {
        throw this.#invalid(`in literal ${word} (expecting '${expected}')`);
      }
    }
    this.#at++;
    return value;
  }

  #number(): unknown {
    numberPattern.lastIndex = this.#at;
    const literal = numberPattern.exec(this.#text)?.[0];
    if (literal === undefined) throw this.#notANumber();
    this.#at += literal.length;
    this.#checkNumberTail(literal);
    return this.#exact && isSpecial(literal) ? new NumberLiteral(literal) : exactNumber(literal);
  }

  #notANumber(): JsonSyntaxError {
    if (this.#text[this.#at] !== '-') return this.#invalid('looking for beginning of value');
    this.#at++;
    return this.#invalid('in numeric literal');
  }

  /** The pattern stops before a broken fraction or exponent; Go complains about what follows. */
  #checkNumberTail(literal: string): void {
    const next = this.#text[this.#at];
    if (next === '.' && !/[.eE]/.test(literal)) {
      this.#at++;
      throw this.#invalid('after decimal point in numeric literal');
    }
    if ((next === 'e' || next === 'E') && !/[eE]/.test(literal)) {
      this.#at += /[+-]/.test(this.#text[this.#at + 1] ?? '') ? 2 : 1;
      throw this.#invalid('in exponent of numeric literal');
    }
  }

  /** Skips white space and looks at what follows. */
  #next(): string {
    this.#space();
    return this.#char();
  }

  #space(): void {
    while (isSpace(this.#text.charCodeAt(this.#at))) this.#at++;
  }

  #char(): string {
    const char = this.#text[this.#at];
    if (char === undefined) throw unexpectedEnd();
    return char;
  }

  #invalid(context: string): JsonSyntaxError {
    if (this.#at >= this.#text.length) return unexpectedEnd();
    return invalidCharacter(this.#text, this.#at, context);
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** Not a plain integer that a JavaScript number holds exactly. */
function isSpecial(literal: string): boolean {
  return literal.length > 15 || /[.eE]/.test(literal) || literal === '-0';
}

/** `spec.containers[0].name` */
export function pathText(path: readonly (string | number)[]): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}
