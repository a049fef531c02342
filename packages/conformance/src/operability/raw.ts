/** Connections that a test holds in its own hands: one request at a time, as slowly as it likes. */
import { type ClientHttp2Stream, connect as connectHttp2 } from 'node:http2';
import { Agent, type RequestOptions, request as httpsRequest } from 'node:https';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { loadKubeconfig } from '@navarch/client/node';
import type { Product } from '../product.ts';

export interface Credentials {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

type Source = NonNullable<Awaited<ReturnType<typeof loadKubeconfig>>['key']>;

export async function credentialsOf({ kubeconfig }: Product): Promise<Credentials> {
  const { authorities, certificate, key } = await loadKubeconfig(kubeconfig);
  return { ca: textOf(authorities), cert: textOf(certificate), key: textOf(key) };
}

function textOf(source: Source | undefined): string {
  if (source?.kind !== 'text') throw new Error('the kubeconfig does not carry its credentials');
  return source.text;
}

/** How an answer's body ended, once it has. */
export interface Ending {
  readonly body: string;
  /** Whether the server said that this was all, rather than break off. */
  readonly complete: boolean;
}

export interface Http1Answer {
  readonly status: number;
  readonly ending: Promise<Ending>;
}

/** An HTTP/1.1 request on a connection that stays open afterwards. Its body is the caller's to write. */
export function startHttp1(
  { url }: Product,
  credentials: Credentials,
  options: RequestOptions,
): { readonly request: ClientRequest; readonly answer: Promise<Http1Answer>; close(): void } {
  const agent = new Agent({ keepAlive: true, ...credentials });
  const request = httpsRequest(url, { agent, ...options });
  request.on('error', () => undefined); // Told by `answer`.
  const answer = once(request, 'response').then(([message]: IncomingMessage[]) => {
    if (!message) throw new Error('no answer');
    return { status: message.statusCode ?? 0, ending: endingOf(message) };
  });
  return { request, answer, close: () => agent.destroy() };
}

async function endingOf(message: IncomingMessage): Promise<Ending> {
  let body = '';
  message.on('data', (chunk: Buffer) => void (body += chunk.toString()));
  message.on('error', () => undefined);
  await new Promise((resolve) => message.once('close', resolve));
  return { body, complete: message.complete };
}

/** A GET over HTTP/2, answered but not read: `read` takes the body to its end. */
export async function startHttp2(
  { url }: Product,
  credentials: Credentials,
  path: string,
): Promise<{ read(): Promise<Ending>; close(): void }> {
  const session = connectHttp2(url, credentials);
  session.on('error', () => undefined);
  const stream = session.request({ ':method': 'GET', ':path': path });
  stream.on('error', () => undefined);
  await once(stream, 'response');
  return { read: () => readStream(stream), close: () => session.destroy() };
}

async function readStream(stream: ClientHttp2Stream): Promise<Ending> {
  let body = '';
  stream.on('data', (chunk: Buffer) => void (body += chunk.toString()));
  const state = { ended: false };
  stream.on('end', () => void (state.ended = true));
  if (!stream.closed) await new Promise((resolve) => stream.once('close', resolve));
  return { body, complete: state.ended && !stream.aborted && stream.rstCode === 0 };
}
