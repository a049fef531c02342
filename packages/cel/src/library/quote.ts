/** A text as a literal in double quotes. */

const escapes: Readonly<Record<string, string>> = {
  '\u0007': String.raw`\a`,
  '\b': String.raw`\b`,
  '\f': String.raw`\f`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
  '\v': String.raw`\v`,
  '\\': '\\\\',
  '"': String.raw`\"`,
};

export function quoteText(text: string): string {
  // Half a surrogate pair is no character: it is replaced, as Go replaces bytes that are none.
  const body = Array.from(text.toWellFormed(), (character) => escapes[character] ?? character);
  return `"${body.join('')}"`;
}
