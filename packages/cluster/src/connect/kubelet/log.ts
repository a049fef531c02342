/** A container's log, as its kubelet keeps it; what the kubelet says instead becomes a status. */
import {
  badRequest,
  genericServerResponse,
  internalError,
  isStatusError,
  unknownReason,
} from '@navarch/api/status';
import type { ApiRequest, ApiResponse } from '@navarch/apiserver/request/request';
import type { HttpClient, HttpClientOptions, HttpClientResponse } from '@navarch/wire/http/client';
import { closing } from '../closing.ts';
import { goErrorText } from '../go-errors.ts';
import type { Dial } from '../upgrade.ts';

export interface LogPlace {
  readonly peer: HttpClientOptions;
  /** Path and query. */
  readonly path: string;
  /** Whose log it is. */
  readonly pod: string;
}

/** Of what a kubelet says of a failure, as upstream. */
const refusalMaxBytes = 50_000;

export async function readLog(
  dial: Dial,
  { peer, path, pod }: LogPlace,
  { signal }: ApiRequest,
): Promise<ApiResponse> {
  let client: HttpClient | undefined;
  try {
    client = await dial(peer);
    const response = await client.request({ method: 'GET', path, headers: {}, signal });
    if (response.status < 200 || response.status > 206) throw await refusalOf(response, pod);
    const headers = { 'content-type': 'text/plain' };
    return {
      status: 200,
      headers,
      body: { kind: 'stream', chunks: closing(response.chunks, client) },
    };
  } catch (error) {
    client?.close();
    if (isStatusError(error)) throw error;
    const { host, hostname } = new URL(peer.url);
    const text = goErrorText(error, { host, name: hostname });
    throw unknownReason(`Get ${JSON.stringify(peer.url + path)}: ${text}`);
  }
}

async function refusalOf(response: HttpClientResponse, pod: string): Promise<Error> {
  const bytes = (await response.bytes()).subarray(0, refusalMaxBytes);
  const text = Buffer.from(bytes).toString();
  if (response.status === 500) return internalError(text);
  if (response.status === 400) return badRequest(text);
  return genericServerResponse({
    code: response.status,
    resource: { group: '', resource: 'pods/log' },
    name: pod,
    serverMessage: text,
  });
}
