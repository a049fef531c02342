/**
 * Links in a page, changed while the page passes through. Only start tags are read, as HTML's tokenizer reads them; whatever is not
 * the value of such an attribute comes out as it went in. Text is a page's bytes, one in each character: the encoding of what is not
 * ASCII makes no difference to where tags are. Pure. (Not `parse5-html-rewriting-stream`: it keeps text, however long, until the
 * next tag, so that a page that is written slowly would not be seen, and a large one be held in memory.)
 *
 * Invariant: K1 at most one tag, or the beginning of one, is held back, and not more of it than `tagMaxLength`.
 */

/** Attributes that hold URLs, by element. */
const linking: Readonly<Record<string, readonly string[]>> = {
  a: ['href'],
  applet: ['codebase'],
  area: ['href'],
  audio: ['src'],
  base: ['href'],
  blockquote: ['cite'],
  body: ['background'],
  button: ['formaction'],
  command: ['icon'],
  del: ['cite'],
  embed: ['src'],
  form: ['action'],
  frame: ['longdesc', 'src'],
  head: ['profile'],
  html: ['manifest'],
  iframe: ['longdesc', 'src'],
  img: ['longdesc', 'src', 'usemap'],
  input: ['src', 'usemap', 'formaction'],
  ins: ['cite'],
  link: ['href'],
  object: ['classid', 'codebase', 'data', 'usemap'],
  q: ['cite'],
  script: ['src'],
  source: ['src'],
  video: ['poster', 'src'],
};

/** Elements whose content has no tags but their own end. */
const rawText = new Set(
  'iframe noembed noframes plaintext script style textarea title xmp'.split(' '),
);

/** A longer one is none: what has come of it passes as text, unread, or it would be read again from each `<` in it. */
const tagMaxLength = 64 * 1024;

/** What the text is that comes now. */
type Inside =
  | { readonly kind: 'text' }
  /** `until`: where it ends. */
  | { readonly kind: 'comment'; readonly until: RegExp }
  | { readonly kind: 'rawText'; readonly until: RegExp };

const text: Inside = { kind: 'text' };
const comment: Inside = { kind: 'comment', until: /--!?>/g };
const bogusComment: Inside = { kind: 'comment', until: />/g };

/** The end of a comment or of raw text may have begun with so many characters. */
const endBeginsMax = 16;

export class HtmlLinks {
  readonly #rewrite: (link: string) => string;
  #inside: Inside = text;
  #held = '';
  /** How much of what is held went out. */
  #passed = 0;

  constructor(rewrite: (link: string) => string) {
    this.#rewrite = rewrite;
  }

  /** What may go on of all that has come. */
  push(piece: string): string {
    this.#held += piece;
    return this.#pass();
  }

  /** What is left when nothing more comes. */
  end(): string {
    const left = this.#held;
    this.#held = '';
    return left;
  }

  #pass(): string {
    const out: string[] = [];
    const page = this.#held;
    this.#passed = 0;
    for (let at: number | undefined = 0; at !== undefined;) {
      at = this.#inside.kind === 'text' ? this.#step(page, at, out) : this.#skip(page, at, out);
    }
    this.#held = page.slice(this.#passed);
    return out.join('');
  }

  /** In text: up to the next tag, and through it. Undefined when more has to come. */
  #step(page: string, from: number, out: string[]): number | undefined {
    const opening = page.indexOf('<', from);
    const start = opening < 0 ? page.length : opening;
    out.push(page.slice(from, start));
    this.#passed = start;
    if (opening < 0) return undefined;
    const rest = page.slice(start, start + 4);
    if (rest.length < 4 && '<!--'.startsWith(rest)) return undefined;
    if (rest === '<!--') return this.#enter(comment, page, start, 2, out);
    if (/^<[!?]|^<\/[^a-zA-Z]/.test(rest)) return this.#enter(bogusComment, page, start, 1, out);
    if (!/^<\/?[a-zA-Z]/.test(rest)) {
      if (rest === '</') return undefined;
      out.push('<');
      return (this.#passed = start + 1);
    }
    const tag = readTag(page, start);
    if (!tag) {
      if (page.length - start <= tagMaxLength) return undefined;
      out.push(page.slice(start)); // K1
      this.#passed = page.length;
      return undefined;
    }
    out.push(this.#rewritten(page, tag));
    if (!tag.isEnd && rawText.has(tag.name)) this.#inside = rawTextOf(tag.name);
    return (this.#passed = tag.end);
  }

  /** `length`: so much of the opening cannot be the end as well: `<!-->` is a whole comment. */
  #enter(inside: Inside, page: string, start: number, length: number, out: string[]): number {
    this.#inside = inside;
    out.push(page.slice(start, start + length));
    return (this.#passed = start + length);
  }

  /** Up to the end of a comment or of raw text. */
  #skip(page: string, from: number, out: string[]): number | undefined {
    const { until } = this.#inside as Extract<Inside, { until: RegExp }>;
    until.lastIndex = from;
    const found = until.exec(page);
    const isRaw = this.#inside.kind === 'rawText';
    const end = found ? (isRaw ? found.index : until.lastIndex) : keptBack(page, from);
    out.push(page.slice(from, end));
    this.#passed = end;
    if (!found) return undefined;
    this.#inside = text;
    return end;
  }

  #rewritten(page: string, { name, isEnd, start, end, attributes }: Tag): string {
    const names = isEnd ? undefined : Object.hasOwn(linking, name) && linking[name];
    if (!names) return page.slice(start, end);
    let out = '';
    let at = start;
    for (const { key, valueStart, valueEnd, quote } of attributes) {
      if (!names.includes(key)) continue;
      const value = page.slice(valueStart, valueEnd);
      const link = unescaped(value);
      const shown = this.#rewrite(link);
      if (shown === link) continue;
      const quotes = quote === '' ? '"' : '';
      out += `${page.slice(at, valueStart)}${quotes}${escaped(shown)}${quotes}`;
      at = valueEnd;
    }
    return out + page.slice(at, end);
  }
}

/** The beginning of an end may have come. */
function keptBack(page: string, from: number): number {
  return Math.max(from, page.length - endBeginsMax);
}

function rawTextOf(name: string): Inside {
  // Nothing ends plain text.
  const until = name === 'plaintext' ? /(?!)/g : new RegExp(`</${name}(?=[ \\t\\n\\f\\r/>])`, 'gi');
  return { kind: 'rawText', until };
}

interface Tag {
  /** In small letters, as the keys of its attributes. */
  readonly name: string;
  readonly isEnd: boolean;
  readonly start: number;
  readonly end: number;
  readonly attributes: readonly Attribute[];
}

interface Attribute {
  readonly key: string;
  /** Without its quotes. */
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly quote: string;
}

// Not `\s`: bytes of characters that are not ASCII would be space to it.
const namePattern = /<\/?([a-zA-Z][^ \t\n\f\r/>]*)/y;
const gapPattern = /[ \t\n\f\r/]*/y;
const keyPattern = /=?[^ \t\n\f\r/>=]*/y;
const equalsPattern = /[ \t\n\f\r]*=[ \t\n\f\r]*/y;
const barePattern = /[^ \t\n\f\r>]*/y;

/** Undefined when its end has not come. */
function readTag(page: string, start: number): Tag | undefined {
  const [opening, name = ''] = match(namePattern, page, start);
  const attributes: Attribute[] = [];
  let at = start + opening.length;
  for (;;) {
    at += match(gapPattern, page, at)[0].length;
    if (at >= page.length) return undefined;
    if (page[at] === '>') break;
    const [key] = match(keyPattern, page, at);
    at += key.length;
    const [equals] = match(equalsPattern, page, at);
    if (equals === '') continue;
    at += equals.length;
    const quote = page[at] === '"' || page[at] === "'" ? (page[at] ?? '') : '';
    const valueStart = at + quote.length;
    const valueEnd =
      quote === ''
        ? valueStart + match(barePattern, page, valueStart)[0].length
        : page.indexOf(quote, valueStart);
    if (valueEnd < 0) return undefined;
    attributes.push({ key: key.toLowerCase(), valueStart, valueEnd, quote });
    at = valueEnd + quote.length;
  }
  const isEnd = opening.startsWith('</');
  return { name: name.toLowerCase(), isEnd, start, end: at + 1, attributes };
}

/** What the pattern takes there; it always takes something, if only nothing. */
function match(pattern: RegExp, page: string, at: number): readonly [string, string?] {
  pattern.lastIndex = at;
  const found = pattern.exec(page);
  return [found?.[0] ?? '', found?.[1]];
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** Names of other characters stay: they are no part of where a link leads. */
function unescaped(value: string): string {
  return value.replaceAll(
    /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(amp|lt|gt|quot|apos));?/g,
    (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
      if (name !== undefined) return named[name] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code > 0 && code < 0x80 ? String.fromCharCode(code) : whole;
    },
  );
}

function escaped(value: string): string {
  return value
    .replaceAll(/&(?!#?\w+;)/g, '&amp;')
    .replaceAll('"', '&#34;')
    .replaceAll("'", '&#39;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
