/** What a request to another server carries of the one that it is made for, and what of its answer goes back. Pure. */
import type { UserInfo } from '@navarch/api/extension/context';
import type { ApiRequest, ApiResponse } from '@navarch/apiserver/request/request';
import type { HttpClientResponse } from '@navarch/wire/http/client';

/** Credentials stay here, and nobody else may say who the user is. */
const withheld =
  /^(authorization|cookie|connection|host|content-length|transfer-encoding|te|expect|upgrade|keep-alive|proxy-.*|impersonate-.*|x-remote-.*|x-forwarded-.*|accept-encoding|:.*)$/u;

export function passedOn({ headers, remoteAddress, body }: ApiRequest): Record<string, string> {
  const kept: Record<string, string> = {};
  // Callers in this process take values: those come as JSON.
  if ('value' in body) kept['accept'] = 'application/json';
  else kept['x-forwarded-for'] = remoteAddress;
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !withheld.test(name)) kept[name] = value;
  }
  return kept;
}

/** One line for each group and value: whoever reads them does not split. */
export function identityOf({
  username,
  uid,
  groups,
  extra,
}: UserInfo): Record<string, readonly string[]> {
  const headers: Record<string, readonly string[]> = { 'x-remote-user': [utf8(username)] };
  if (uid !== undefined && uid !== '') headers['x-remote-uid'] = [utf8(uid)];
  if (groups.length > 0) headers['x-remote-group'] = groups.map(utf8);
  for (const [key, values] of Object.entries(extra ?? {})) {
    headers[`x-remote-extra-${escaped(key)}`] = values.map(utf8);
  }
  return headers;
}

/** Headers are bytes; a text's are its UTF-8. */
function utf8(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

/** What no header's name may hold, as in URLs. */
function escaped(key: string): string {
  return encodeURIComponent(key)
    .replaceAll(/[()]/gu, (character) => `%${character.charCodeAt(0).toString(16)}`)
    .toLowerCase();
}

const notAnswered =
  /^(connection|keep-alive|transfer-encoding|upgrade|audit-id|cache-control|:.*)$/u;

export function answered(
  headers: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !notAnswered.test(name)) kept[name] = value;
  }
  return kept;
}

/** Where a client goes, with its credentials, is not for other servers to say. */
export function isRedirect(
  status: number,
  { location = '' }: HttpClientResponse['headers'],
): boolean {
  return status >= 300 && status <= 399 && location !== '';
}

export const redirectRefused: ApiResponse = {
  status: 502,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: {
    kind: 'text',
    text: 'the backend attempted to redirect this request, which is not permitted',
  },
};
