/**
 * URLs as Go's net/url reads them, which is neither the RFC nor what browsers do.
 *
 * Go works on bytes, and so does this: texts are turned into strings of which each unit is a byte.
 */
import { goQuote } from '@navarch/codec/go/text';
import { parseAddress } from './network-text.ts';

/** The parts of a URL, decoded as Go decodes them. */
export interface Url {
  readonly scheme: string;
  readonly opaque: string;
  readonly user: string | undefined;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  /** Whether there is a question mark. */
  readonly hasQuery: boolean;
  readonly fragment: string;
}

/** Why a text is no URL, in Go's words. */
export class UrlError extends Error {}

type Part = 'path' | 'user' | 'host' | 'zone' | 'query' | 'fragment';

/** As requests name what they want: absolute, or a path. Throws a UrlError. */
export function parseRequestUri(text: string): Url {
  const bytes = toBytes(text);
  return told(bytes, () => parse(bytes, true));
}

/** With a fragment, and relative too. Throws a UrlError. */
export function parseUrl(text: string): Url {
  const bytes = toBytes(text);
  const [rest, fragment = ''] = cut(bytes, '#');
  const url = told(rest, () => parse(rest, false));
  return told(bytes, () => ({ ...url, fragment: escaped(fragment, 'fragment') }));
}

function told(text: string, read: () => Url): Url {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UrlError)) throw error;
    throw new UrlError(`parse ${goQuote(toText(text))}: ${error.message}`);
  }
}

function parse(text: string, isRequest: boolean): Url {
  // oxlint-disable-next-line no-control-regex
  if (/[\x00-\x1f\x7f]/.test(text)) {
    throw new UrlError('net/url: invalid control character in URL');
  }
  if (text === '' && isRequest) throw new UrlError('empty url');
  if (text.startsWith(':')) throw new UrlError('missing protocol scheme');
  const [, named, after = ''] = /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(.*)$/su.exec(text) ?? [];
  const scheme = (named ?? '').toLowerCase();
  const [rest, query] = cut(after, '?');
  const common = {
    scheme,
    opaque: '',
    user: undefined,
    host: '',
    path: '',
    query: query ?? '',
    hasQuery: query !== undefined,
    fragment: '',
  };
  if (text === '*') return { ...common, path: '*' };
  if (!rest.startsWith('/')) {
    if (scheme !== '') return { ...common, opaque: rest };
    if (isRequest) throw new UrlError('invalid URI for request');
    if (cut(rest, '/')[0].includes(':')) {
      throw new UrlError('first path segment in URL cannot contain colon');
    }
  }
  const hasAuthority =
    rest.startsWith('//') && (scheme !== '' || (!isRequest && !rest.startsWith('///')));
  if (!hasAuthority) return { ...common, path: escaped(rest, 'path') };
  const slash = rest.indexOf('/', 2);
  const authority = rest.slice(2, slash < 0 ? undefined : slash);
  const path = slash < 0 ? '' : rest.slice(slash);
  return { ...common, ...parseAuthority(authority), path: escaped(path, 'path') };
}

function parseAuthority(authority: string): Pick<Url, 'host' | 'user'> {
  const at = authority.lastIndexOf('@');
  const host = parseHost(authority.slice(at + 1));
  if (at < 0) return { host, user: undefined };
  const user = authority.slice(0, at);
  if (!/^[A-Za-z0-9._:~!$&'()*+,;=%@-]*$/.test(user)) {
    throw new UrlError('net/url: invalid userinfo');
  }
  const [name, password] = cut(user, ':');
  const parts = password === undefined ? [name] : [name, password];
  return { host, user: parts.map((part) => escape(unescape(part, 'user'), 'user')).join(':') };
}

function parseHost(host: string): string {
  if (host.startsWith('[')) return parseLiteral(host);
  const colon = host.indexOf(':');
  if (colon >= 0) checkPort(host.slice(colon));
  return unescape(host, 'host');
}

/** An address in brackets; its zone may hold nearly anything. */
function parseLiteral(host: string): string {
  const close = host.lastIndexOf(']');
  if (close < 0) throw new UrlError("missing ']' in host");
  checkPort(host.slice(close + 1));
  const percent = host.slice(0, close).indexOf('%25');
  const end = percent < 0 ? close : percent;
  const address = unescape(host.slice(1, end), 'host');
  const zone = unescape(host.slice(end, close), 'zone');
  const parsed = parseAddress(address);
  if (!parsed) {
    throw new UrlError(`invalid host: ParseAddr(${goQuote(address + zone)}): unable to parse IP`);
  }
  if (parsed.bytes.length === 4) throw new UrlError('invalid IP-literal');
  return `[${address}${zone}${unescape(host.slice(close), 'host')}`;
}

function checkPort(port: string): void {
  if (!/^(?::\d*)?$/.test(port)) {
    throw new UrlError(`invalid port ${goQuote(toText(port))} after host`);
  }
}

/** The host without port and brackets. */
export function hostnameOf({ host }: Url): string {
  const close = host.lastIndexOf(']');
  const name = splitPort(host)[0];
  return close >= 0 && name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name;
}

/** The digits after the colon. */
export const portOf = ({ host }: Url): string => splitPort(host)[1];

function splitPort(host: string): readonly [string, string] {
  const [, name = host, port = ''] = /^(.*):(\d*)$/su.exec(host) ?? [];
  return [name, port];
}

/** The query's values by name, in their order. What cannot be read is left out. */
export function queryValues({ query }: Url): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const pair of query.split('&')) {
    if (pair === '' || pair.includes(';')) continue;
    try {
      const [name, value = ''] = cut(pair, '=').map((part) =>
        toText(unescape(part ?? '', 'query')),
      );
      values.set(name ?? '', [...(values.get(name ?? '') ?? []), value]);
    } catch (error) {
      if (!(error instanceof UrlError)) throw error;
    }
  }
  return values;
}

/** The whole URL, as Go writes it: what two URLs are compared by. */
export function urlText(url: Url): string {
  const { scheme, opaque, user, host, path, fragment } = url;
  const named = scheme === '' ? '' : `${scheme}:`;
  const query = url.hasQuery ? `?${url.query}` : '';
  const end = fragment === '' ? query : `${query}#${fragment}`;
  if (opaque !== '') return named + opaque + end;
  const hasAuthority = host !== '' || user !== undefined;
  const authority = hasAuthority ? `//${user === undefined ? '' : `${user}@`}${host}` : '';
  return named + authority + path + end;
}

/** As it was written if that is a way to write it, else in the usual way. */
function escaped(text: string, part: 'path' | 'fragment'): string {
  const decoded = unescape(text, part);
  return /^[A-Za-z0-9._~!$&'()*+,;=:@[\]%/-]*$/.test(text) ? text : escape(decoded, part);
}

/** What need not be escaped, beside letters, digits and `-_.~`. */
const allowed: Readonly<Record<Part, string>> = {
  path: '$&+,/:;=@',
  user: '$&+,;=',
  host: '!$&\'()*+,;=:[]<>"',
  zone: '!$&\'()*+,;=:[]<>"',
  query: '',
  fragment: '$&+,/:;=?@!()*',
};

function mayStand(byte: string, part: Part): boolean {
  return /[A-Za-z0-9._~-]/.test(byte) || allowed[part].includes(byte);
}

function escape(text: string, part: Part): string {
  return text.replace(/[\s\S]/g, (byte) => {
    if (mayStand(byte, part)) return byte;
    return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
}

function unescape(text: string, part: Part): string {
  const isHost = part === 'host' || part === 'zone';
  return text.replace(/%([0-9a-fA-F]{2})?|[\s\S]/g, (found, digits: string | undefined, at) => {
    if (found === '+') return part === 'query' ? ' ' : '+';
    if (!found.startsWith('%')) {
      if (isHost && found < '\x80' && !mayStand(found, part)) {
        throw new UrlError(`invalid character ${goQuote(found)} in host name`);
      }
      return found;
    }
    const escape = text.slice(Number(at), Number(at) + 3);
    if (digits === undefined) throw invalidEscape(escape);
    const byte = String.fromCharCode(Number.parseInt(digits, 16));
    if (found === '%25') return byte;
    if (part === 'host' && byte < '\x80') throw invalidEscape(escape);
    if (part === 'zone' && byte !== ' ' && !mayStand(byte, 'host')) throw invalidEscape(escape);
    return byte;
  });
}

function invalidEscape(escape: string): UrlError {
  return new UrlError(`invalid URL escape ${goQuote(toText(escape))}`);
}

function cut(text: string, separator: string): readonly [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function toBytes(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

/** Bytes that are no UTF-8 are replaced. */
export function toText(bytes: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)),
  );
}
