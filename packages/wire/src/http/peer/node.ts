/** Who is at the other end of a TLS connection. */
import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { PeerIdentity } from '../http.ts';

/** Parsed once per connection: a client sends many requests over one. */
export class PeerIdentities {
  readonly #known = new WeakMap<TLSSocket, PeerIdentity | 'none'>();

  /** Undefined when the peer showed no certificate. */
  of(socket: TLSSocket): PeerIdentity | undefined {
    let identity = this.#known.get(socket);
    if (identity === undefined) {
      identity = readIdentity(socket) ?? 'none';
      this.#known.set(socket, identity);
    }
    return identity === 'none' ? undefined : identity;
  }
}

function readIdentity(socket: TLSSocket): PeerIdentity | undefined {
  const der = socket.getPeerX509Certificate?.()?.raw;
  if (!der) return undefined;
  const certificate = new X509Certificate(der);
  const subject = parseSubject(certificate.subject);
  return {
    commonName: subject.get('CN')?.at(-1) ?? '',
    organizations: subject.get('O') ?? [],
    raw: der,
    sha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    validFromMs: Date.parse(certificate.validFrom),
    validToMs: Date.parse(certificate.validTo),
    ...(!socket.authorized && { problem: String(socket.authorizationError ?? 'not verified') }),
  };
}

/** Reads the one-attribute-per-line form that node gives: `O=system:masters` newline `CN=admin`, with backslash escapes. */
function parseSubject(text: string): ReadonlyMap<string, readonly string[]> {
  const attributes = new Map<string, string[]>();
  // A multi-valued name puts several attributes in one line, joined by an unescaped plus sign.
  for (const part of text.split(/\n|(?<!\\) \+ /)) {
    const equals = part.indexOf('=');
    if (equals < 0) continue;
    const name = part.slice(0, equals).trim();
    const value = unescapeValue(part.slice(equals + 1));
    const values = attributes.get(name);
    if (values) values.push(value);
    else attributes.set(name, [value]);
  }
  return attributes;
}

function unescapeValue(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\([0-9A-Fa-f]{2})|\\(.)/g, (_all, hex: string | undefined, char: string) =>
    hex === undefined ? char : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
