/**
 * Field selectors: `metadata.name=a,status.phase!=Running`. Only equality; `\`, `,` and `=` in values are escaped with a
 * backslash. Which fields a resource knows is the registry's business.
 */
import { SelectorError } from './selectors/requirement.ts';

export interface FieldTerm {
  readonly field: string;
  readonly operator: '=' | '!=';
  readonly value: string;
}

export class FieldSelector {
  readonly terms: readonly FieldTerm[];

  constructor(terms: readonly FieldTerm[]) {
    this.terms = terms;
  }

  /** `valueOf` answers the text of one field; a field that is not there counts as empty. */
  matches(valueOf: (field: string) => string | undefined): boolean {
    for (const { field, operator, value } of this.terms) {
      if (((valueOf(field) ?? '') === value) !== (operator === '=')) return false;
    }
    return true;
  }

  get matchesEverything(): boolean {
    return this.terms.length === 0;
  }

  /** The one value this field must have, if the selector says so: what an index is asked for. */
  exactValue(field: string): string | undefined {
    for (const term of this.terms) {
      if (term.field === field && term.operator === '=') return term.value;
    }
    return undefined;
  }

  /** The selector without its terms on this field. */
  without(field: string): FieldSelector {
    return new FieldSelector(this.terms.filter((term) => term.field !== field));
  }

  toString(): string {
    return this.terms.map((t) => `${t.field}${t.operator}${escapeValue(t.value)}`).join(',');
  }
}

export const everyField: FieldSelector = new FieldSelector([]);

/** Throws a SelectorError whose message goes to the client. */
export function parseFieldSelector(text: string): FieldSelector {
  const parts = splitTerms(text).sort();
  const terms = parts.filter((part) => part !== '').map((part) => parseTerm(part, text));
  return terms.length === 0 ? everyField : new FieldSelector(terms);
}

/** Splits at commas that no backslash precedes. */
function splitTerms(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === ',') {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

function parseTerm(part: string, whole: string): FieldTerm {
  const found = /!=|==|=/.exec(part);
  if (!found) {
    throw new SelectorError(`invalid selector: '${whole}'; can't understand '${part}'`);
  }
  const value = unescapeValue(part.slice(found.index + found[0].length));
  const operator = found[0] === '!=' ? '!=' : '=';
  return { field: part.slice(0, found.index), operator, value };
}

function unescapeValue(text: string): string {
  if (!/[\\,=]/.test(text)) return text;
  let out = '';
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\') out += escaped(text.charAt(++at));
    else if (char === ',' || char === '=') throw new SelectorError(unescapedText(char));
    else out += char;
  }
  return out;
}

function escaped(char: string): string {
  if (char !== '' && '\\,='.includes(char)) return char;
  throw new SelectorError(`invalid field selector: invalid escape sequence: \\${char}`);
}

/** Go prints the character as its number. */
function unescapedText(char: string): string {
  return `invalid field selector: unescaped character in value: ${char.charCodeAt(0)}`;
}

export function escapeValue(value: string): string {
  return value.replace(/[\\,=]/g, '\\$&');
}
