/**
 * Upstream's router looks at what a client accepts before any handler does, by the type alone and to the letter. What it turns away is
 * told in its own words. Custom kinds have no routes there.
 */
import { genericServerResponse } from '@navarch/api/status';
import type { ApiRequest } from '../request/request.ts';
import type { Call } from './call.ts';
import { mediaTypes, streamMediaTypes } from './negotiate.ts';

/** Throws 406 for a client that accepts nothing of what the path has. */
export function checkAcceptable({ resource, subresource, info, request }: Call): void {
  const { accept = '' } = request.headers;
  if (accept === '' || accept === 'application/json' || resource.form.custom) return;
  if (subresource?.type === 'connect') return;
  const isMany = info.verb === 'list' || info.verb === 'watch';
  checkAccepts(request, isMany ? [...mediaTypes, ...streamMediaTypes] : mediaTypes);
}

/** The same for a path that is no resource. */
export function checkAccepts(
  { method, headers }: Pick<ApiRequest, 'method' | 'headers'>,
  offered: readonly string[],
): void {
  const { accept = '' } = headers;
  if (accept === '' || accept.split(',').some((range) => isOffered(range, offered))) return;
  const { 'content-length': length = '0' } = headers;
  // A write without a body is thought to be what is wrong.
  const isEmpty = /^(POST|PUT|PATCH)$/.test(method) && (length === '' || length === '0');
  const [code, text] = isEmpty ? [415, 'Unsupported Media Type'] : [406, 'Not Acceptable'];
  const serverMessage = `${code}: ${text}\n\nAvailable representations: ${offered.join(', ')}`;
  throw genericServerResponse({ code, serverMessage });
}

function isOffered(range: string, offered: readonly string[]): boolean {
  const type = (range.split(';')[0] ?? '').trim();
  return type === '*/*' || offered.includes(type);
}
