/** Where a request came from: what proxies on the way said, then the peer itself. Only the last can be believed. */
import type { ApiRequest } from '../request/request.ts';

/** Components in this process: upstream's reach their server through the loopback, too. */
const ownAddress = '127.0.0.1';

export function sourceIps({
  headers,
  remoteAddress,
}: Pick<ApiRequest, 'headers' | 'remoteAddress'>): readonly string[] {
  const found = (headers['x-forwarded-for'] ?? '').split(',').flatMap(addressOf);
  const [real] = addressOf(headers['x-real-ip'] ?? '');
  if (real !== undefined && !found.includes(real)) found.push(real);
  const [remote] = addressOf(remoteAddress === '' ? ownAddress : remoteAddress);
  if (remote !== undefined && found.at(-1) !== remote) found.push(remote);
  return found;
}

const byte = String.raw`(?:25[0-5]|2[0-4]\d|1?\d?\d)`;
const version4 = new RegExp(String.raw`^${byte}(?:\.${byte}){3}$`);
const version6 = /^[\da-f:]*:[\da-f:.]*$/;

/** An address of version 4 that is written as one of version 6 counts as what it is. */
function addressOf(text: string): string[] {
  const address = text
    .trim()
    .toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, '');
  return version4.test(address) || version6.test(address) ? [address] : [];
}
