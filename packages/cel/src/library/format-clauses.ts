/**
 * The grammar of `text.format(args)`: `%s`, `%d`, `%f`, `%e`, `%b`, `%o`, `%x`, `%X` with `.digits` before the letter,
 * and `%%`. Formatting and checking beforehand read it here, and tell the same mistakes in the same order.
 */
import { goQuote } from '@navarch/codec/go/text';
import { CelError } from '../errors.ts';

/** What stands after the `%`. */
export interface Clause {
  readonly letter: 's' | 'd' | 'f' | 'e' | 'b' | 'o' | 'x' | 'X';
  /** Digits after the point. */
  readonly precision: number;
}

/** What clauses are about. */
export interface FormatArguments {
  readonly size: number;
  /** Asked for at the `%`, before the clause is read; may throw. */
  request(index: number): void;
  /** What the clause makes of the argument; throws CelError. */
  format(index: number, clause: Clause): string;
}

const defaultPrecision = 6;
const letters: ReadonlySet<string> = new Set('sdfeboxX');

/** The text with its clauses replaced; throws CelError. */
export function interpolate(text: string, args: FormatArguments): string {
  let out = '';
  let index = 0;
  let at = 0;
  for (let next = text.indexOf('%'); next >= 0; next = text.indexOf('%', at)) {
    out += text.slice(at, next);
    at = next + 2;
    if (text[next + 1] === '%') {
      out += '%';
      continue;
    }
    args.request(index);
    if (next + 1 >= text.length) throw new CelError('unexpected end of string');
    if (index >= args.size) throw new CelError(`index ${index} out of range`);
    const { clause, end } = within('could not parse formatting clause', () =>
      readClause(text, next + 1),
    );
    const which = index;
    out += within('error during formatting', () => args.format(which, clause));
    at = end;
    index += 1;
  }
  return out + text.slice(at);
}

function readClause(text: string, start: number): { clause: Clause; end: number } {
  const { precision, at } = within('error while parsing precision', () =>
    readPrecision(text, start),
  );
  const letter = text.charAt(at);
  if (isLetter(letter)) return { clause: { letter, precision }, end: at + 1 };
  throw new CelError(`unrecognized formatting clause "${firstByte(text, at)}"`);
}

const isLetter = (letter: string): letter is Clause['letter'] => letters.has(letter);

/** Upstream looks at bytes, and takes the first one of a character for a character. */
function firstByte(text: string, at: number): string {
  const [byte = 0] = new TextEncoder().encode(String.fromCodePoint(text.codePointAt(at) ?? 0));
  return String.fromCharCode(byte);
}

function readPrecision(text: string, start: number): { precision: number; at: number } {
  if (text[start] !== '.') return { precision: defaultPrecision, at: start };
  const [digits = ''] = /^\d*/u.exec(text.slice(start + 1)) ?? [];
  const at = start + 1 + digits.length;
  if (at >= text.length) throw new CelError('could not find end of precision specifier');
  const reason =
    digits === ''
      ? 'invalid syntax'
      : BigInt(digits) > 2n ** 63n - 1n
        ? 'value out of range'
        : undefined;
  if (reason === undefined) return { precision: Number(digits), at };
  const problem = `strconv.Atoi: parsing ${goQuote(digits)}: ${reason}`;
  throw new CelError(`error while converting precision to integer: ${problem}`);
}

/** Puts what was being done before the messages of mistakes. */
function within<Result>(what: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    throw new CelError(`${what}: ${error.message}`, error.at);
  }
}
