/** The text of an expression, and how a mistake in it is shown: position, line, caret. */

import { utf8Length } from '@navarch/codec/utf8';
import { codePointCount } from '../text.ts';

/** A mistake in an expression. */
export interface Issue {
  readonly message: string;
  /** Index into the text in UTF-16 units; undefined when it is about the whole. */
  readonly offset: number | undefined;
}

const issuesShownMax = 100;
const snippetBytesMax = 16384;

/** All mistakes as one text, in the order of their positions, as cel-go prints them. */
export function describeIssues(text: string, issues: readonly Issue[]): string {
  const shown = issues.slice(0, issuesShownMax);
  const placed = shown.map((issue) => ({ issue, place: placeOf(text, issue.offset) }));
  placed.sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  const lines = placed.map(({ issue, place }) => describeIssue(text, issue, place));
  const more = issues.length - shown.length;
  if (more > 0) lines.push(`${more} more errors were truncated`);
  return lines.join('\n');
}

interface Place {
  /** From 1; -1 when there is no place. */
  readonly line: number;
  /** From 0, in code points. */
  readonly column: number;
}

function placeOf(text: string, offset: number | undefined): Place {
  if (offset === undefined) return { line: -1, column: -1 };
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = before.split('\n').length;
  return { line, column: codePointCount(before.slice(lineStart)) };
}

function describeIssue(text: string, issue: Issue, place: Place): string {
  const header = `ERROR: <input>:${place.line}:${place.column + 1}: ${issue.message}`;
  const snippet = text.split('\n')[place.line - 1];
  if (snippet === undefined || utf8Length(snippet) > snippetBytesMax) return header;
  return `${header}\n | ${snippet.replaceAll('\t', ' ')}\n | ${pointer(snippet, place.column)}`;
}

/** Dots up to the caret; wide ones under characters that are not ASCII, which tend to be wide. */
function pointer(snippet: string, column: number): string {
  const characters = Array.from(snippet);
  const dots = characters.slice(0, column).map((character) => (isWide(character) ? '．' : '.'));
  return dots.join('') + (isWide(characters[column] ?? '') ? '＾' : '^');
}

const isWide = (character: string): boolean => (character.codePointAt(0) ?? 0) > 0x7f;
