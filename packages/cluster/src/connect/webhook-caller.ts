/**
 * Calls webhooks: connections are kept, per peer; a webhook that hangs costs those who ask it their time, and nobody else anything.
 *
 * Invariants: W1 at most so many calls of one webhook are under way, so many wait, and the rest fail at once (limits.ts). W2 a call
 * ends when its time is over, whatever it waits for. W3 only clients that nobody uses are given up for others.
 */
import type { ObjectReader } from '@navarch/api/extension/context';
import type { WebhookAddress, WebhookCall, WebhookCaller } from '@navarch/api/extension/webhook';
import { genericServerResponse, isStatusError } from '@navarch/api/status';
import { decodeBase64 } from '@navarch/codec/base64';
import type { Clock } from '@navarch/runtime/clock';
import { limits } from '@navarch/runtime/limits';
import { integer, type Random } from '@navarch/runtime/random';
import type { HttpClient, HttpClientOptions, HttpClientResponse } from '@navarch/wire/http/client';
import { Gate } from './gate.ts';
import { goErrorText } from './go-errors.ts';
import { type Peer, peerOfService, urlOf } from './webhook-address.ts';

export interface WebhookCallerOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly read: () => ObjectReader;
  readonly dial: (options: HttpClientOptions) => Promise<HttpClient>;
}

export interface WebhookConnections {
  readonly call: WebhookCaller;
  /** Breaks what is under way. */
  close(): void;
}

export function createWebhookCaller(options: WebhookCallerOptions): WebhookConnections {
  const clients = new Clients(options.dial);
  const gates = new Map<string, Gate>();
  return {
    call: (call) => callWithin(call, options, clients, gates),
    close: () => clients.close(),
  };
}

async function callWithin(
  call: WebhookCall,
  options: WebhookCallerOptions,
  clients: Clients,
  gates: Map<string, Gate>,
): Promise<string> {
  const { origin, path } = urlOf(call.address);
  const pathAndQuery = `${path}?timeout=${call.timeoutSeconds}s`;
  const deadline = new AbortController();
  const timer = options.clock.after(call.timeoutSeconds * 1000, () =>
    deadline.abort(new Error('context deadline exceeded')),
  );
  const signal = AbortSignal.any([call.signal, deadline.signal]);
  const gate = gateOf(gates, `${origin}${path}`);
  const peer = { host: origin.slice('https://'.length), name: nameOf(origin) };
  try {
    // Whatever does not listen to the signal is left behind: W2.
    const done = gate.run(signal, () => send(call, pathAndQuery, signal, options, clients));
    return await Promise.race([done, aborted(signal)]);
  } catch (error) {
    if (error instanceof AnswerError) throw error;
    const text = deadline.signal.aborted
      ? 'context deadline exceeded'
      : call.signal.aborted
        ? 'context canceled'
        : goErrorText(error, peer);
    throw new Error(`Post "${origin}${pathAndQuery}": ${text}`, { cause: error });
  } finally {
    timer.cancel();
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void => reject(signal.reason);
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}

/** Gates of webhooks that nobody calls now are forgotten when there are many. */
function gateOf(gates: Map<string, Gate>, key: string): Gate {
  const known = gates.get(key);
  if (known) return known;
  if (gates.size >= limits.webhookClientsMax) {
    for (const [other, gate] of gates) if (gate.isIdle) gates.delete(other);
  }
  const made = new Gate(limits.webhookCallsParallelMax, limits.webhookCallsWaitingMax);
  gates.set(key, made);
  return made;
}

/** The server answered, with something that is no answer. */
class AnswerError extends Error {}

async function send(
  { address, body }: WebhookCall,
  path: string,
  signal: AbortSignal,
  { read, random }: WebhookCallerOptions,
  clients: Clients,
): Promise<string> {
  const { origin } = urlOf(address);
  const peer = address.service
    ? peerOfService(address.service, read(), (below) => integer(random, below))
    : { url: origin };
  return clients.use(peer, authoritiesOf(address), async (client) => {
    const response = await client.request({
      method: 'POST',
      path,
      headers: {
        accept: 'application/json, */*',
        'content-type': 'application/json',
        'user-agent': 'kube-apiserver-admission',
        ...(address.service && { host: origin.slice('https://'.length) }),
      },
      body: JSON.stringify(body),
      signal,
    });
    return textOf(response);
  });
}

function nameOf(origin: string): string {
  const host = origin.slice('https://'.length);
  return host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
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

/** HTTP clients by peer. As upstream they speak HTTP/1.1, so that calls spread over the endpoints of a service. */
class Clients {
  readonly #dial: WebhookCallerOptions['dial'];
  /** The least recently used first. */
  readonly #known = new Map<string, { readonly client: Promise<HttpClient>; users: number }>();

  constructor(dial: WebhookCallerOptions['dial']) {
    this.#dial = dial;
  }

  async use<T>(
    peer: Peer,
    authorities: string | undefined,
    act: (client: HttpClient) => Promise<T>,
  ): Promise<T> {
    const key = `${peer.url} ${peer.serverName ?? ''} ${authorities ?? ''}`;
    const entry = this.#known.get(key) ?? {
      client: this.#dial({
        ...peer,
        protocol: 'http1',
        ...(authorities !== undefined && { authorities }),
      }),
      users: 0,
    };
    this.#known.delete(key);
    this.#known.set(key, entry);
    entry.users++;
    try {
      this.#trim();
      return await act(await entry.client);
    } finally {
      entry.users--;
    }
  }

  close(): void {
    for (const { client } of this.#known.values()) void client.then((each) => each.close());
    this.#known.clear();
  }

  /** W3. */
  #trim(): void {
    for (const [key, { client, users }] of this.#known) {
      if (this.#known.size <= limits.webhookClientsMax) return;
      if (users > 0) continue;
      this.#known.delete(key);
      void client.then((each) => each.close());
    }
  }
}
