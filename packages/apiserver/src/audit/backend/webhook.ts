/** Sends events to somebody else's server: an EventList of audit.k8s.io/v1 by POST, and again, at growing distances, when that fails. */
import type { Clock } from '@navarch/runtime/clock';
import { limits } from '@navarch/runtime/limits';
import type { Random } from '@navarch/runtime/random';
import type { HttpClient, HttpClientResponse } from '@navarch/wire/http/client';
import { eventListText } from '../event.ts';
import type { AuditLosses } from './losses.ts';
import type { WriteEvents } from './sinks.ts';

export interface WebhookParts {
  readonly http: HttpClient;
  /** `https://host:port/path`: its host and port are the client's. */
  readonly url: string;
  readonly userAgent: string;
  readonly token?: () => Promise<string>;
  readonly initialBackoffMs: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly losses: AuditLosses;
  /** An error of the connection in words. */
  readonly describe: (error: unknown) => string;
  /** Gives up: what is under way is lost. */
  readonly signal: AbortSignal;
}

/** As upstream, whatever the failure: it may be over soon. */
const attemptsMax = 5;
const growth = 1.5;
const jitter = 0.2;
const timeoutMs = 30_000;

export function createWebhookWriter(parts: WebhookParts): WriteEvents {
  const { clock, random, losses, signal } = parts;
  return async (events) => {
    const body = eventListText(events);
    let pauseMs = parts.initialBackoffMs;
    for (let attempt = 1; ; attempt++) {
      try {
        await post(parts, body);
        return true;
      } catch (error) {
        if (attempt === attemptsMax || signal.aborted) return lost(error, events.length);
        const isAsleep = clock.sleep(pauseMs * (1 + random.next() * jitter), signal);
        if (
          !(await isAsleep.then(
            () => true,
            () => false,
          ))
        )
          return lost(error, events.length);
        pauseMs *= growth;
      }
    }
  };

  function lost(error: unknown, count: number): false {
    losses.add('webhook', error, count);
    return false;
  }
}

/** Resolves when the events were taken. */
async function post(parts: WebhookParts, body: string): Promise<void> {
  const { http, url, userAgent, token, clock, describe } = parts;
  const { pathname } = new URL(url);
  const path = `${pathname.replace(/(?<=.)\/+$/, '')}?timeout=${timeoutMs / 1000}s`;
  const late = new AbortController();
  const timer = clock.after(timeoutMs, () => late.abort(new Error('context deadline exceeded')));
  const signal = AbortSignal.any([parts.signal, late.signal]);
  try {
    const proof = token && { authorization: `Bearer ${await token()}` };
    const headers = {
      accept: 'application/json, */*',
      'content-type': 'application/json',
      'user-agent': userAgent,
      ...proof,
    };
    const response = await http.request({ method: 'POST', path, headers, body, signal });
    await readToEnd(response);
    const { status } = response;
    if (status < 200 || status > 206) throw new Error(`the answer has status ${status}`);
  } catch (error) {
    const text = late.signal.aborted ? 'context deadline exceeded' : describe(error);
    throw new Error(`Post "${new URL(path, url).href}": ${text}`, { cause: error });
  } finally {
    timer.cancel();
  }
}

/** What is said is nobody's business, but a connection that is to be used again must be empty. */
async function readToEnd({ chunks }: HttpClientResponse): Promise<void> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > limits.webhookAnswerMaxBytes) throw new Error('the answer is too large');
  }
}
