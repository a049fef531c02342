/** Links of somebody behind a proxy to itself, as whoever asks through the proxy has to follow them. As Go reads and writes URLs. Pure. */

export interface ProxiedPlace {
  /** `host:port` of the one behind. */
  readonly host: string;
  /** The host that the client asked for: where it sees the proxy. */
  readonly askedHost: string;
  /** The path up to the proxy, decoded, without a slash at its end. */
  readonly prefix: string;
}

/** Scheme, authority, path, query, fragment. */
const urlPattern = /^(?:([a-zA-Z][-+.a-zA-Z0-9]*):)?(?:\/\/([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/s;

/** Links to others, relative ones, and what is no URL stay as they are. */
export function throughProxy(link: string, { host, askedHost, prefix }: ProxiedPlace): string {
  const parts = urlPattern.exec(link);
  if (!parts || hasControl(link)) return link;
  const [, scheme = '', authority = '', rawPath = '', query = '', fragment = ''] = parts;
  const [, user = '', linked = ''] = /^([^@]*@)?(.*)$/s.exec(authority) ?? [];
  const isElsewhere = linked !== '' && linked !== host && linked !== askedHost;
  if (isElsewhere || !rawPath.startsWith('/')) return link;
  const path = decoded(rawPath);
  if (path === undefined) return link;
  // A client that is told a host it has asked itself goes on to ask that one.
  const isKept = linked !== '' && linked === askedHost;
  const origin = isKept ? `${scheme}${scheme && ':'}//${authority}` : user && `//${user}`;
  const shown = path.startsWith(prefix) ? reEncoded(rawPath, path) : encoded(joined(prefix, path));
  return `${origin}${shown}${query}${fragment === '#' ? '' : fragment}`;
}

function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** Without empty steps and without dots; the slash at the end stays. */
function joined(prefix: string, path: string): string {
  const steps: string[] = [];
  for (const step of `${prefix}/${path}`.split('/')) {
    if (step === '' || step === '.') continue;
    if (step === '..') steps.pop();
    else steps.push(step);
  }
  return `/${steps.join('/')}${path.endsWith('/') ? '/' : ''}`;
}

/** What stands in a path as it is: of the rest each byte is written with a percent sign. */
export function encoded(path: string): string {
  return encodeURI(path).replaceAll(/[!'()*?#[\]]/g, percent);
}

/** As it was written, when that can stand in a URL. */
function reEncoded(rawPath: string, path: string): string {
  return /^(?:[-\w.~!$&'()*+,;=:@/[\]]|%[\da-fA-F]{2})*$/.test(rawPath) ? rawPath : encoded(path);
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
