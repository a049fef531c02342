/**
 * Calls webhooks: connections are kept, per peer; a webhook that hangs costs those who ask it their time, and nobody else anything.
 *
 * Invariants: W1 at most so many calls of one webhook are under way, so many wait, and the rest fail at once (limits.ts). W2 a call
 * ends when its time is over, whatever it waits for. W3 only clients that nobody uses are given up for others. W4 a webhook whose
 * last calls all timed out is not asked for a while, and then by one call first (breaker.ts).
 */
import type { ObjectReader } from '@navarch/api/extension/context';
import type { WebhookAddress, WebhookCall, WebhookCaller } from '@navarch/api/extension/webhook';
import { genericServerResponse, isStatusError } from '@navarch/api/status';
import { decodeBase64 } from '@navarch/codec/base64';
import type { Clock } from '@navarch/runtime/clock';
import { limits } from '@navarch/runtime/limits';
import type { Log } from '@navarch/runtime/log';
import { integer, type Random } from '@navarch/runtime/random';
import type { HttpClient, HttpClientOptions, HttpClientResponse } from '@navarch/wire/http/client';
import { Breaker } from './breaker.ts';
import { Gate, TooMany } from './gate.ts';
import { goErrorText } from '../go-errors.ts';
import { encodeJson } from '@navarch/codec/json';
import { peerOfService, urlOf } from '../service-address.ts';
import { WebhookClients } from './clients.ts';
import type { Credentials } from './credentials.ts';

export interface WebhookCallerOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly log?: Log;
  readonly read: () => ObjectReader;
  readonly dial: (options: HttpClientOptions) => Promise<HttpClient>;
  /** How calls of an admission plugin prove themselves, to a `host:port`; not at all without it. */
  readonly credentials?: WebhookCredentials;
}

export type WebhookCredentials = (plugin: string, hostPort: string) => Credentials | undefined;

export interface WebhookConnections {
  readonly call: WebhookCaller;
  /** Breaks what is under way. */
  close(): void;
}

export function createWebhookCaller(options: WebhookCallerOptions): WebhookConnections {
  const clients = new WebhookClients(options.dial);
  const lanes = new Map<string, Lane>();
  return {
    call: (call) => callWithin(call, options, clients, lanes),
    close: () => clients.close(),
  };
}

/** What is known of a webhook. Two that have the same address and unlike times count as two: one may be too slow for the other. */
interface Lane {
  readonly gate: Gate;
  readonly breaker: Breaker;
}

async function callWithin(
  call: WebhookCall,
  options: WebhookCallerOptions,
  clients: WebhookClients,
  lanes: Map<string, Lane>,
): Promise<string> {
  const { clock } = options;
  const { origin, path } = urlOf(call.address);
  const pathAndQuery = `${path}?timeout=${call.timeoutSeconds}s`;
  const { gate, breaker } = laneOf(lanes, `${origin}${pathAndQuery}`);
  const failing = (text: string, cause?: unknown): Error =>
    new Error(`Post "${origin}${pathAndQuery}": ${text}`, { cause });
  if (!breaker.mayPass(clock.monotonicMs())) throw failing(notAskedText);
  const deadline = new AbortController();
  const timer = clock.after(call.timeoutSeconds * 1000, () =>
    deadline.abort(new Error('context deadline exceeded')),
  );
  const signal = AbortSignal.any([call.signal, deadline.signal]);
  const peer = { host: origin.slice('https://'.length), name: nameOf(origin) };
  let ended: Parameters<Breaker['ended']>[0] = 'answered';
  try {
    // Whatever does not listen to the signal is left behind: W2.
    const done = gate.run(signal, () => send(call, pathAndQuery, signal, options, clients));
    return await Promise.race([done, aborted(signal)]);
  } catch (error) {
    if (error instanceof AnswerError) throw error;
    if (deadline.signal.aborted) ended = 'timedOut';
    else if (call.signal.aborted || error instanceof TooMany) ended = 'left';
    const text = deadline.signal.aborted
      ? 'context deadline exceeded'
      : call.signal.aborted
        ? 'context canceled'
        : goErrorText(error, peer);
    throw failing(text, error);
  } finally {
    if (breaker.ended(ended, clock.monotonicMs())) {
      options.log?.warn('a webhook that hangs is not asked for a while', {
        webhook: origin + path,
      });
    }
    timer.cancel();
  }
}

const notAskedText = `context deadline exceeded: not asked, the last ${limits.webhookTimeoutsMax} calls timed out`;

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void => reject(signal.reason);
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}

/** Webhooks that nobody calls now are forgotten when there are many. */
function laneOf(lanes: Map<string, Lane>, key: string): Lane {
  const known = lanes.get(key);
  if (known) return known;
  if (lanes.size >= limits.webhookClientsMax) {
    for (const [other, { gate }] of lanes) if (gate.isIdle) lanes.delete(other);
  }
  const made = {
    gate: new Gate(limits.webhookCallsParallelMax, limits.webhookCallsWaitingMax),
    breaker: new Breaker({
      timeoutsMax: limits.webhookTimeoutsMax,
      openMs: limits.webhookPauseMs,
    }),
  };
  lanes.set(key, made);
  return made;
}

/** The server answered, with something that is no answer. */
class AnswerError extends Error {}

async function send(
  { address, body, plugin }: WebhookCall,
  path: string,
  signal: AbortSignal,
  { read, random, credentials }: WebhookCallerOptions,
  clients: WebhookClients,
): Promise<string> {
  const { origin } = urlOf(address);
  const { token, ...certificate } =
    (plugin !== undefined && credentials?.(plugin, hostPortOf(origin))) || {};
  const authorities = authoritiesOf(address);
  const proof = { ...certificate, ...(authorities !== undefined && { authorities }) };
  const peer = address.service
    ? peerOfService(address.service, read(), (below) => integer(random, below))
    : { url: origin };
  return clients.use(peer, proof, async (client) => {
    const response = await client.request({
      method: 'POST',
      path,
      headers: {
        accept: 'application/json, */*',
        'content-type': 'application/json',
        'user-agent': 'kube-apiserver-admission',
        ...(address.service && { host: origin.slice('https://'.length) }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: encodeJson(body),
      signal,
    });
    return textOf(response);
  });
}

function nameOf(origin: string): string {
  const host = origin.slice('https://'.length);
  return host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}

function hostPortOf(origin: string): string {
  const host = origin.slice('https://'.length);
  return /:\d+$/.test(host) ? host : `${host}:443`;
}

function authoritiesOf({ caBundle = '' }: WebhookAddress): string | undefined {
  return caBundle === '' ? undefined : Buffer.from(decodeBase64(caBundle)).toString();
}

async function textOf(response: HttpClientResponse): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.chunks) {
    length += piece.byteLength;
    if (length > limits.webhookAnswerMaxBytes) throw new AnswerError('the answer is too large');
    pieces.push(piece);
  }
  const text = Buffer.concat(pieces, length).toString();
  const { status, headers } = response;
  if (status < 200 || status > 206) throw new AnswerError(refusalText(status, headers, text));
  if (text !== '') return text;
  const type = headers['content-type'] ?? '';
  throw new AnswerError(`0-length response with status code: ${status} and content type: ${type}`);
}

/** The message of a Status, or what clients of Kubernetes make of the bare code. */
function refusalText(status: number, headers: HttpClientResponse['headers'], text: string): string {
  try {
    const body = JSON.parse(text) as { readonly kind?: unknown; readonly message?: unknown };
    if (body.kind === 'Status' && typeof body.message === 'string') return body.message;
  } catch {
    // Not JSON: then it is the text that counts.
  }
  const isText = (headers['content-type'] ?? '').startsWith('text/');
  const serverMessage = isText && text !== '' ? text.trim() : 'unknown';
  const error = genericServerResponse({ code: status, verb: 'POST', serverMessage });
  return isStatusError(error) ? error.message : String(error);
}
