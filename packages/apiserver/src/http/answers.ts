/** Answers that are no API objects. */
import type { ApiRequest, ApiResponse } from '../request/request.ts';

/** Browsers must not guess that a text is markup. */
const textHeaders = {
  'content-type': 'text/plain; charset=utf-8',
  'x-content-type-options': 'nosniff',
};

export function textResponse(
  status: number,
  text: string,
  headers?: Readonly<Record<string, string>>,
): ApiResponse {
  return { status, headers: { ...textHeaders, ...headers }, body: { kind: 'text', text } };
}

/** What broke before there was anybody who speaks of objects. */
export function internalServerError(
  { path, query }: Pick<ApiRequest, 'path' | 'query'>,
  message: string,
): ApiResponse {
  const url = query === '' ? path : `${path}?${query}`;
  return textResponse(500, `Internal Server Error: ${JSON.stringify(url)}: ${message}\n`);
}

/** For paths that nobody serves. */
export const notFoundPage: ApiResponse = textResponse(404, '404 page not found\n');

const utf8 = new TextEncoder();

/** A JSON document that is no API object, or that is served as it is. */
export function jsonResponse(
  document: unknown,
  headers?: Readonly<Record<string, string>>,
): ApiResponse {
  const bytes = utf8.encode(`${JSON.stringify(document)}\n`);
  return {
    status: 200,
    headers: { 'content-type': 'application/json', ...headers },
    body: { kind: 'bytes', bytes },
  };
}
