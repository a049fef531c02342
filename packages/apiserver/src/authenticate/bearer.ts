/** Finds the bearer token of a request. */

type Headers = Readonly<Record<string, string | undefined>>;

/** In a browser a WebSocket cannot have headers: it names the token as one of its subprotocols. */
const subprotocolPrefix = 'base64url.bearer.authorization.k8s.io.';

/** Undefined when there is none, or when what is there is not a bearer token. */
export function bearerToken(headers: Headers): string | undefined {
  const authorization = headers['authorization'];
  if (authorization !== undefined) {
    const [scheme = '', token] = authorization.trim().split(' ', 2);
    return scheme.toLowerCase() === 'bearer' && token ? token : undefined;
  }
  const protocols = headers['sec-websocket-protocol'];
  return protocols === undefined ? undefined : subprotocolToken(protocols);
}

function subprotocolToken(protocols: string): string | undefined {
  for (const protocol of protocols.split(',')) {
    const name = protocol.trim();
    if (!name.startsWith(subprotocolPrefix)) continue;
    const encoded = name.slice(subprotocolPrefix.length);
    try {
      return atob(encoded.replaceAll('-', '+').replaceAll('_', '/')) || undefined;
    } catch {
      return undefined;
    }
  }
  return undefined;
}
