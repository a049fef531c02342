/** Why a text is not one JSON object, in the words of Go's decoder. Used for the docker configurations in secrets. */

/** Undefined when the text is an object (or null, which decodes to no object at all). `type`: what it would be decoded to. */
export function jsonObjectError(
  text: string,
  type = 'map[string]interface {}',
): string | undefined {
  return formError(text, type, (value) => typeof value === 'object' && !Array.isArray(value));
}

/** The same for a list. */
export function jsonListError(text: string, type: string): string | undefined {
  return formError(text, type, (value) => Array.isArray(value));
}

function formError(
  text: string,
  type: string,
  fits: (value: unknown) => boolean,
): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return new Scanner(text).firstError();
  }
  if (value === null || fits(value)) return undefined;
  return `json: cannot unmarshal ${goKind(value)} into Go value of type ${type}`;
}

function goKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

class Unreadable extends Error {}

/** Walks text that is known to be no JSON, to the first character that cannot be there. */
class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  firstError(): string {
    try {
      this.#value();
      this.#skipSpace();
      this.#expect(this.#at === this.#text.length, 'after top-level value');
      return 'unexpected end of JSON input';
    } catch (error) {
      if (error instanceof Unreadable) return error.message;
      throw error;
    }
  }

  #peek(): string {
    return this.#text.charAt(this.#at);
  }

  #skipSpace(): void {
    while (/[ \t\r\n]/.test(this.#peek())) this.#at++;
  }

  /** Fails at the current character unless `fine`; what ends too early is told apart. */
  #expect(fine: boolean, where: string): void {
    if (fine) return;
    const char = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
    if (this.#at >= this.#text.length) throw new Unreadable('unexpected end of JSON input');
    throw new Unreadable(
      `invalid character ${char === "'" ? String.raw`'\''` : `'${char}'`} ${where}`,
    );
  }

  #value(): void {
    this.#skipSpace();
    const char = this.#peek();
    if (char === '{') this.#members('}', 'after object key:value pair', () => this.#member());
    else if (char === '[') this.#members(']', 'after array element', () => this.#value());
    else if (char === '"') this.#string();
    else if (/[-\d]/.test(char)) this.#number();
    else this.#literal();
  }

  #members(close: string, after: string, one: () => void): void {
    this.#at++;
    this.#skipSpace();
    if (this.#peek() === close) {
      this.#at++;
      return;
    }
    for (;;) {
      one();
      this.#skipSpace();
      const char = this.#peek();
      this.#expect(char === ',' || char === close, after);
      this.#at++;
      if (char === close) return;
    }
  }

  #member(): void {
    this.#skipSpace();
    this.#expect(this.#peek() === '"', 'looking for beginning of object key string');
    this.#string();
    this.#skipSpace();
    this.#expect(this.#peek() === ':', 'after object key');
    this.#at++;
    this.#value();
  }

  #string(): void {
    for (this.#at++; this.#peek() !== '"'; this.#at++) {
      this.#expect(this.#peek() >= ' ', 'in string literal');
      if (this.#peek() !== '\\') continue;
      this.#at++;
      this.#expect(/["\\/bfnrtu]/.test(this.#peek()), 'in string escape code');
      if (this.#peek() !== 'u') continue;
      for (let digit = 0; digit < 4; digit++) {
        this.#at++;
        this.#expect(
          /[0-9a-fA-F]/.test(this.#peek()),
          String.raw`in \u hexadecimal character escape`,
        );
      }
    }
    this.#at++;
  }

  #number(): void {
    if (this.#peek() === '-') this.#at++;
    if (this.#peek() === '0') this.#at++;
    else this.#digits('in numeric literal');
    if (this.#peek() === '.') {
      this.#at++;
      this.#digits('after decimal point in numeric literal');
    }
    if (!/[eE]/.test(this.#peek())) return;
    this.#at++;
    if (/[-+]/.test(this.#peek())) this.#at++;
    this.#digits('in exponent of numeric literal');
  }

  #digits(where: string): void {
    this.#expect(/\d/.test(this.#peek()), where);
    while (/\d/.test(this.#peek())) this.#at++;
  }

  #literal(): void {
    const word = ['null', 'true', 'false'].find((literal) => literal.charAt(0) === this.#peek());
    this.#expect(word !== undefined && this.#peek() !== '', 'looking for beginning of value');
    for (const expected of word ?? '') {
      this.#expect(this.#peek() === expected, `in literal ${word} (expecting '${expected}')`);
      this.#at++;
    }
  }
}
