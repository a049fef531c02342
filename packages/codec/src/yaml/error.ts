/** Turns the parser's errors into the messages that clients of Kubernetes know, those of libyaml. */

/** Text that is no YAML. */
export class YamlSyntaxError extends Error {
  override readonly name = 'YamlSyntaxError';
}

export interface ParserError {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

export function yamlSyntaxError(text: string, errors: readonly ParserError[]): YamlSyntaxError {
  const found = describe(text, errors);
  const line = lineOf(text, found.at);
  // The scanner counts lines from one and the grammar from zero; both are silent about the first.
  const shown = found.by === 'scanner' ? (line === 0 ? 0 : line + 1) : line;
  return new YamlSyntaxError(`yaml: ${shown === 0 ? '' : `line ${shown}: `}${found.message}`);
}

interface Found {
  readonly by: 'scanner' | 'grammar';
  readonly message: string;
  readonly at: number;
}

function describe(text: string, errors: readonly ParserError[]): Found {
  const [first] = errors;
  if (first === undefined)
    return { by: 'grammar', message: 'did not find expected node content', at: 0 };
  switch (first.code) {
    case 'BLOCK_AS_IMPLICIT_KEY': {
      const at = Math.max(...errors.map((error) => error.pos[1])) - 1;
      return { by: 'scanner', message: 'mapping values are not allowed in this context', at };
    }
    case 'MULTILINE_IMPLICIT_KEY':
      return {
        by: 'scanner',
        message: "could not find expected ':'",
        at: endOfLine(text, first.pos[1]),
      };
    case 'TAB_AS_INDENT':
      return { by: 'scanner', message: tabMessage(text, first.pos[0]), at: first.pos[0] };
    case 'BAD_SCALAR_START':
      return { by: 'scanner', message: cannotStart, at: first.pos[0] };
    case 'MISSING_CHAR':
      if (first.message.includes('quote')) {
        return { by: 'scanner', message: 'found unexpected end of stream', at: text.length };
      }
      return flowError(text, first);
    case 'BAD_INDENT':
      if (first.message.startsWith('Flow')) return flowError(text, first);
      return { by: 'grammar', message: 'did not find expected key', at: first.pos[0] };
    default:
      return unexpected(text, first);
  }
}

const cannotStart = 'found character that cannot start any token';

/** A tab inside a text that goes on is another mistake than one before a token. */
function tabMessage(text: string, at: number): string {
  const before = text.slice(0, at).trimEnd();
  if (before === '' || /[:\-?,[{]$/.test(before)) return cannotStart;
  return 'found a tab character that violates indentation';
}

function flowError(text: string, error: ParserError): Found {
  const before = text.slice(0, error.pos[1]).trimEnd();
  const at = endOfInput(text, error.pos[0]);
  if (/[:,[{]$/.test(before)) {
    return { by: 'grammar', message: 'did not find expected node content', at };
  }
  const close = error.message.includes('sequence') ? ']' : '}';
  return { by: 'grammar', message: `did not find expected ',' or '${close}'`, at };
}

function unexpected(text: string, error: ParserError): Found {
  const at = error.pos[0];
  const inSequence = /(^|\n)- [^\n]*\n[^\n]*$/.test(text.slice(0, at));
  const message = inSequence
    ? "did not find expected '-' indicator"
    : 'did not find expected node content';
  return { by: 'grammar', message, at };
}

/** The end of the text counts as a line of its own. */
function endOfInput(text: string, at: number): number {
  return at >= text.length - 1 ? Number.POSITIVE_INFINITY : at;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? Number.POSITIVE_INFINITY : end + 1;
}

/** Counted from zero. */
export function lineOf(text: string, at: number): number {
  const lines = text.slice(0, Math.min(at, text.length)).split('\n').length - 1;
  return at > text.length && !text.endsWith('\n') ? lines + 1 : lines;
}
