/**
 * The server as components in the same process reach it: through the whole request chain, with frozen values instead of bytes.
 * Who asks is who they say, because they are part of the server.
 */
import type {
  LocalRequest,
  LocalResponse,
  LocalServer,
  LocalWatchEvent,
  LocalWatchListener,
} from '@navarch/api/extension/local-server';
import { limits } from '@navarch/runtime/limits';
import type {
  ApiBody,
  ApiRequest,
  ApiResponse,
  RequestHandler,
  WatchFrame,
  WatchSink,
} from '../request/request.ts';
import { followEvents, valueOfText } from './json-stream.ts';

const contentTypeOfPatch = 'application/json-patch+json';

export function createLocalServer(handle: RequestHandler): LocalServer {
  return {
    request: async (request) => answerOf(await handle(apiRequest(request, queryOf(request.query)))),
    watch: (request, listener) => startWatch(handle, request, listener),
  };
}

async function startWatch(
  handle: RequestHandler,
  request: LocalRequest,
  listener: LocalWatchListener,
): Promise<LocalResponse> {
  const query = queryOf({ ...request.query, watch: '1' });
  const response = await handle(apiRequest(request, query));
  const { status, body } = response;
  if (body.kind === 'watch') body.start(sinkOf(listener, request.signal));
  else if (body.kind === 'stream' && status === 200) {
    void followEvents(body.chunks, listener, request.signal); // Another server's.
  } else return answerOf(response);
  return { status, value: undefined };
}

async function answerOf(response: ApiResponse): Promise<LocalResponse> {
  const { status, headers, body } = response;
  return { status, value: await valueOf(body, headers['content-type']) };
}

function apiRequest(request: LocalRequest, query: string): ApiRequest {
  const { contentType = contentTypeOf(request.method) } = request;
  return {
    method: request.method,
    path: request.path,
    query,
    headers: { 'user-agent': request.userAgent, 'content-type': contentType },
    body: { value: request.body },
    identity: { user: request.user },
    remoteAddress: '',
    signal: request.signal,
  };
}

function contentTypeOf(method: string): string {
  return method === 'PATCH' ? contentTypeOfPatch : 'application/json';
}

function queryOf(query: LocalRequest['query']): string {
  if (!query) return '';
  return new URLSearchParams(query).toString();
}

async function valueOf(body: ApiBody, contentType: string | undefined): Promise<unknown> {
  switch (body.kind) {
    case 'none':
      return undefined;
    case 'text':
      return body.text;
    case 'bytes':
      return Buffer.from(body.bytes).toString();
    case 'object':
      return body.object.value();
    case 'list':
      return body.value();
    case 'stream':
      return valueOfText(await collectText(body.chunks), contentType);
    case 'watch':
      throw new Error('a watch is started by watch()');
    case 'tunnel':
    case 'webSocket':
      throw new Error('a tunnel needs a connection that can leave HTTP');
    default:
      return body satisfies never;
  }
}

async function collectText(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > limits.localAnswerMaxBytes) throw new Error('the answer is too large');
    parts.push(chunk);
  }
  return Buffer.concat(parts).toString();
}

/** Nothing is buffered here: a listener takes its events as they come. */
function sinkOf(listener: LocalWatchListener, signal: AbortSignal): WatchSink {
  return {
    signal,
    write: (frames) => listener.onEvents(frames.map(eventOf)),
    end: () => listener.onEnd(),
    bufferedBytes: () => 0,
  };
}

function eventOf(frame: WatchFrame): LocalWatchEvent {
  return { type: frame.type, object: frame.object.value() };
}
