/** The token that says where a list goes on, in upstream's form. */
import { badRequest } from '@navarch/api/status';
import { JsonSyntaxError, parseJson } from '@navarch/codec/json';
import { goKindOf } from '../endpoints/body.ts';

export interface ContinueToken {
  /** The key to begin at, without what all keys of the list have in common. */
  readonly start: string;
  /** 0 or less for "whatever is there now". */
  readonly revision: number;
}

const version = 'meta.k8s.io/v1';

export function encodeContinue({ start, revision }: ContinueToken): string {
  // As upstream, the token names the last key seen and a NUL, or the next one: both begin at the same object.
  const text = JSON.stringify({ v: version, rv: revision, start });
  return Buffer.from(text).toString('base64url');
}

/** Throws 400 with what is wrong with it. */
export function decodeContinue(token: string): ContinueToken {
  const parsed = parseToken(decodeBase64(token));
  if (parsed.v !== version) refuse(`server does not recognize this encoded version ${parsed.v}`);
  const { start, rv } = parsed;
  if (rv === 0) refuse(`incorrect encoded start resourceVersion (version ${version})`);
  if (start === '') refuse(`encoded start key empty (version ${version})`);
  if (!isClean(start)) refuse(start);
  return { start: start.replace(/^\//, ''), revision: rv };
}

function refuse(reason: string): never {
  throw badRequest(`invalid continue token: continue key is not valid: ${reason}`);
}

/** Unpadded URL base64, as Go reads it: line breaks are skipped. */
function decodeBase64(token: string): string {
  const text = token.replaceAll(/[\r\n]/g, '');
  const wrong = text.search(/[^A-Za-z0-9_-]/);
  if (wrong >= 0) refuse(`illegal base64 data at input byte ${wrong}`);
  if (text.length % 4 === 1) refuse(`illegal base64 data at input byte ${text.length - 1}`);
  return Buffer.from(text, 'base64url').toString('latin1');
}

function parseToken(latin1: string): { v: string; rv: number; start: string } {
  const { v, rv, start } = parseObject(latin1);
  return { v: textOf('v', v), rv: integerOf('rv', rv), start: textOf('start', start) };
}

function textOf(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : wrongType(goKindOf(value), name, 'string');
}

function integerOf(name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  if (value === undefined || value === null) return 0;
  const given = typeof value === 'number' ? `number ${value}` : goKindOf(value);
  return wrongType(given, name, 'int64');
}

function wrongType(given: string, name: string, type: string): never {
  refuse(
    `json: cannot unmarshal ${given} into Go struct field continueToken.${name} of type ${type}`,
  );
}

function parseObject(latin1: string): Record<string, unknown> {
  checkFirst(latin1);
  try {
    const { value } = parseJson(Buffer.from(latin1, 'latin1').toString());
    if (value === null) return {};
    if (typeof value === 'object' && !Array.isArray(value)) return { ...value };
    const given = goKindOf(value);
    return refuse(`json: cannot unmarshal ${given} into Go value of type storage.continueToken`);
  } catch (error) {
    if (error instanceof JsonSyntaxError) refuse(error.message);
    throw error;
  }
}

/** Go's decoder reads bytes, and names one that begins no value as the character of that number. */
function checkFirst(latin1: string): void {
  const code = latin1.charCodeAt(0);
  if (!(code >= 0x80)) return;
  const shown = code < 0xa0 ? `\\u00${code.toString(16)}` : latin1.charAt(0);
  refuse(`invalid character '${shown}' looking for beginning of value`);
}

/** A key that leads out of its collection must not be read. It may begin with a slash, which says nothing. */
function isClean(start: string): boolean {
  const path = start.replace(/^\//, '');
  if (path === '') return true;
  const parts = path.split('/');
  return !parts.some((part) => part === '' || part === '.' || part === '..');
}
