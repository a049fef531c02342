/** URIs as Go takes them in request lines: absolute, or a path from the root. */

/** Hosts and escapes have to make sense; what follows the path does not matter. */
export function isRequestUri(text: string): boolean {
  // oxlint-disable-next-line no-control-regex
  if (text === '' || /[\u0000-\u001f\u007f]/.test(text)) return false;
  if (text === '*') return true;
  const [before = ''] = text.split('?');
  const scheme = /^[a-zA-Z][-+.a-zA-Z0-9]*:/.exec(before)?.[0] ?? '';
  const rest = before.slice(scheme.length);
  if (!rest.startsWith('/')) return scheme !== '' && rest !== '';
  const authority = /^\/\/(?!\/)([^/]*)/.exec(rest)?.[1];
  const path = authority === undefined ? rest : rest.slice(2 + authority.length);
  return hasGoodEscapes(path) && (authority === undefined || isAuthority(authority));
}

function hasGoodEscapes(text: string): boolean {
  return !/%(?![0-9a-fA-F]{2})/.test(text);
}

function isAuthority(text: string): boolean {
  const at = text.lastIndexOf('@');
  if (at >= 0 && !/^[-._:~!$&'()*+,;=%@a-zA-Z0-9]*$/.test(text.slice(0, at))) return false;
  const host = text.slice(at + 1);
  if (host.startsWith('[')) return /^\[[^\]]*\](?::\d*)?$/.test(host);
  const colon = host.lastIndexOf(':');
  if (colon >= 0 && !/^\d*$/.test(host.slice(colon + 1))) return false;
  return /^[^\s#\\^`{}|%]*$/.test(host);
}
