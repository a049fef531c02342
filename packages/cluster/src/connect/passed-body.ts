/** The body of a request that is passed on to another server. */
import type { ApiRequest } from '@navarch/apiserver/request/request';
import { encodeJson } from '@navarch/codec/json';
import type { HttpClientRequest } from '@navarch/wire/http/client';

export interface PassedBody {
  /** Nothing when there is nothing to send. */
  readonly body?: NonNullable<HttpClientRequest['body']>;
  /** The length, where it is known before the body. */
  readonly headers: Readonly<Record<string, string>>;
}

/** As it comes, whatever its length; only what callers in this process give is whole. */
export async function passedBody({ body, headers }: ApiRequest): Promise<PassedBody> {
  if ('value' in body) {
    if (body.value === undefined) return none;
    return { body: new TextEncoder().encode(encodeJson(body.value)), headers: {} };
  }
  if (!body.chunks) {
    const bytes = await body.bytes();
    return bytes.byteLength > 0 ? { body: bytes, headers: {} } : none;
  }
  const chunks = body.chunks();
  if (!chunks) return none;
  const { 'content-length': length, 'transfer-encoding': coding } = headers;
  const isKnown = length !== undefined && coding === undefined;
  return { body: chunks, headers: isKnown ? { 'content-length': length } : {} };
}

const none: PassedBody = { headers: {} };
