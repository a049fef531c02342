/** The server over HTTP: requests in, answers out. Nothing that goes wrong with one request reaches another. */
import { errorText, type Log } from '@navarch/runtime/log';
import type { Random } from '@navarch/runtime/random';
import type { HttpHandler, HttpResponder } from '@navarch/wire/http/http';
import type { RequestHandler } from '../request/request.ts';
import { HttpApiRequest } from './api-request.ts';
import { type ResponseTools, writeResponse } from './write-response.ts';

export interface ServeOptions {
  readonly handle: RequestHandler;
  readonly gzipPieces: ResponseTools['gzipPieces'];
  readonly random: Random;
  readonly log: Log;
}

export function httpHandler(options: ServeOptions): HttpHandler {
  return (http, responder) => {
    const request = new HttpApiRequest(http, options.random);
    void answer(request, responder, options).catch((error: unknown) => {
      const { method, path } = request;
      // Clients that leave while they are answered are no failure: what follows logs is ended like that.
      if (!request.signal.aborted) {
        options.log.error('request failed', { method, path, error: errorText(error) });
      }
      // When the answer has begun this does nothing: the client sees it cut off.
      responder.send(
        500,
        { 'content-type': 'text/plain; charset=utf-8' },
        'Internal Server Error\n',
      );
    });
  };
}

async function answer(
  request: HttpApiRequest,
  responder: HttpResponder,
  { handle, gzipPieces }: ServeOptions,
): Promise<void> {
  const response = await handle(request);
  if (request.upgrade !== undefined) {
    const { writeWebSocket } = await import('./write-web-socket.ts');
    const written = writeWebSocket(responder, response, request);
    if (written) return written;
  }
  await writeResponse(responder, response, {
    auditId: request.auditId,
    gzipPieces,
    signal: () => request.signal,
    acceptsGzip: request.headers['accept-encoding']?.includes('gzip') ?? false,
  });
}
