/** What the proxy subresources of pods, services and nodes share: names with a scheme and a port, and safe addresses. */
import type { ConnectTarget } from '@navarch/api/extension/resource';
import { badRequest } from '@navarch/api/status';
import { contains, parseCidr, parseIp } from './ip.ts';

export interface ProxyName {
  readonly scheme: 'http' | 'https';
  readonly name: string;
  /** A number or a name; empty when it is left open. */
  readonly port: string;
}

/** Splits `name`, `name:port` and `scheme:name:port`. */
export function splitProxyName(text: string, what: string): ProxyName {
  const parts = text.split(':');
  const [scheme, name, port] = parts.length === 3 ? parts : ['', ...parts, ''];
  const known = scheme === '' || scheme === 'http' || scheme === 'https';
  if (parts.length > 3 || !known || !name) {
    throw badRequest(`invalid ${what} request ${JSON.stringify(text)}`);
  }
  return { scheme: scheme === 'https' ? 'https' : 'http', name, port: port ?? '' };
}

const unreachable = [
  '127.0.0.0/8',
  '::1/128',
  '169.254.0.0/16',
  'fe80::/10',
  '224.0.0.0/24',
  'ff00::/15',
]
  .map(parseCidr)
  .filter((range) => range !== undefined);

/** The server itself, and what only the server's machine can reach, must not be reached through it. */
function isProxyable(host: string): boolean {
  const ip = parseIp(host);
  return ip !== undefined && !unreachable.some((range) => contains(range, ip));
}

export interface ProxyAddress {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number | undefined;
  readonly path: string;
  readonly query: URLSearchParams;
}

export function proxyTarget({ scheme, host, port, path, query }: ProxyAddress): ConnectTarget {
  if (!isProxyable(host)) throw badRequest('address not allowed');
  const usual = scheme === 'https' ? 443 : 80;
  return { kind: 'address', scheme, host, port: port ?? usual, path, query };
}
