/** Failures of connections in the words that Go's libraries have for them: clients of Kubernetes read those. */

/** What Node's errors carry. */
interface NodeError {
  /** A number in errors of other makers. */
  readonly code?: string | number;
  readonly syscall?: string;
  readonly address?: string;
  readonly port?: number;
  readonly hostname?: string;
  /** Of the server, when its name was wrong. */
  readonly cert?: { readonly subjectaltname?: string };
  readonly host?: string;
}

/** `host` is the one that was dialled, with its port; `name` the one that the certificate must be for. */
export function goErrorText(
  error: unknown,
  peer: { readonly host: string; readonly name: string },
): string {
  if (!(error instanceof Error)) return String(error);
  const node = error as NodeError & Error;
  const code = typeof node.code === 'string' ? node.code : '';
  const refused = connectTexts[code];
  if (refused !== undefined && node.syscall !== 'read' && node.syscall !== 'write') {
    const at = node.address === undefined ? peer.host : hostPort(node.address, node.port);
    return `dial tcp ${at}: connect: ${refused}`;
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    const what = code === 'ENOTFOUND' ? 'no such host' : 'server misbehaving';
    return `dial tcp: lookup ${node.hostname ?? peer.host}: ${what}`;
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `tls: failed to verify certificate: x509: ${wrongName(node.cert?.subjectaltname ?? '', peer.name)}`;
  }
  const untrusted = certificateTexts[code];
  if (untrusted !== undefined) return `tls: failed to verify certificate: x509: ${untrusted}`;
  if (code === 'ECONNRESET') {
    return error.message.includes('socket hang up') ? 'EOF' : 'read: connection reset by peer';
  }
  return code === 'EPROTO' || code.startsWith('ERR_SSL_')
    ? protocolText(error.message)
    : error.message;
}

/** What OpenSSL says of a peer that speaks something else, or that refuses to speak. */
function protocolText(message: string): string {
  if (/wrong version number|packet length too long/.test(message)) {
    return 'http: server gave HTTP response to HTTPS client';
  }
  const alert = /alert ([a-z ]+)/.exec(message)?.[1];
  return alert === undefined ? message.trim() : `remote error: tls: ${alert.trim()}`;
}

const connectTexts: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'network is unreachable',
  ETIMEDOUT: 'connection timed out',
  EADDRNOTAVAIL: 'cannot assign requested address',
};

const unknownAuthority = 'certificate signed by unknown authority';

const certificateTexts: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  CERT_SIGNATURE_FAILURE: unknownAuthority,
  CERT_HAS_EXPIRED: 'certificate has expired or is not yet valid',
  CERT_NOT_YET_VALID: 'certificate has expired or is not yet valid',
  INVALID_PURPOSE: 'certificate specifies an incompatible key usage',
};

/** `names` as Node lists them: `DNS:a, IP Address:127.0.0.1`. */
function wrongName(names: string, wanted: string): string {
  const listed = names.split(', ').filter((each) => each !== '');
  const of = (prefix: string): readonly string[] =>
    listed.flatMap((each) => (each.startsWith(prefix) ? [each.slice(prefix.length)] : []));
  const addresses = of('IP Address:');
  if (isAddress(wanted)) {
    if (addresses.length === 0) {
      return `cannot validate certificate for ${wanted} because it doesn't contain any IP SANs`;
    }
    return `certificate is valid for ${addresses.join(', ')}, not ${wanted}`;
  }
  const hosts = of('DNS:');
  if (hosts.length === 0) {
    return `certificate is not valid for any names, but wanted to match ${wanted}`;
  }
  return `certificate is valid for ${hosts.join(', ')}, not ${wanted}`;
}

function isAddress(host: string): boolean {
  return host.includes(':') || /^\d+(\.\d+){3}$/.test(host);
}

function hostPort(address: string, port: number | undefined): string {
  const host = address.includes(':') ? `[${address}]` : address;
  return port === undefined ? host : `${host}:${port}`;
}
