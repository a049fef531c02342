/** Finds the bearer token of a request. */

type Headers = Readonly<Record<string, string | undefined>>;

/** In a browser a WebSocket cannot have headers: it names the token as one of its subprotocols. */
const subprotocolPrefix = 'base64url.bearer.authorization.k8s.io.';

/** Undefined when there is none, or when what is there is not a bearer token; '', which nobody has, when it is told wrongly. */
export function bearerToken(headers: Headers): string | undefined {
  const authorization = headers['authorization'];
  if (authorization !== undefined) {
    const [scheme = '', token] = authorization.trim().split(' ', 2);
    return scheme.toLowerCase() === 'bearer' && token ? token : undefined;
  }
  const protocols = headers['sec-websocket-protocol'];
  return protocols !== undefined && isWebSocket(headers) ? subprotocolToken(protocols) : undefined;
}

function isWebSocket({ upgrade, connection }: Headers): boolean {
  return (
    upgrade?.toLowerCase() === 'websocket' && /(^|,\s*)upgrade($|\s*,)/iu.test(connection ?? '')
  );
}

function subprotocolToken(protocols: string): string | undefined {
  const names = protocols.split(',').map((each) => each.trim());
  const [shown, ...more] = names.filter((name) => name.startsWith(subprotocolPrefix));
  if (shown === undefined) return undefined;
  const encoded = shown.slice(subprotocolPrefix.length);
  if (encoded === '') return undefined;
  // The server has to choose a subprotocol, and must not say the token back.
  if (more.length > 0 || names.length === 1) return '';
  return decodedToken(encoded);
}

function decodedToken(encoded: string): string {
  if (!/^[\w-]+$/u.test(encoded)) return '';
  try {
    const bytes = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
    const utf8 = Uint8Array.from(bytes, (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(utf8);
  } catch {
    return '';
  }
}
