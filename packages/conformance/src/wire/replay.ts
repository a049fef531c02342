/** Sends one recorded case's requests to a server and compares the answers with the recorded ones. */
import https from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { differences, normalise } from './normalise.ts';
import type { Case, Step } from './recording.ts';

export interface Target {
  readonly url: string;
  readonly token: string;
}

export interface StepResult {
  readonly id: string;
  /** Empty when the answer is as recorded. */
  readonly differences: readonly string[];
}

type Variables = Record<string, string>;

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const watchSettleMs = 300;
const watchTimeoutMs = 3000;
const requestTimeoutMs = 30_000;

export async function replayCase(
  recorded: Case,
  target: Target,
  namespace: string,
): Promise<readonly StepResult[]> {
  const run = new CaseRun(target, { NS: namespace, ...recorded.vars });
  const answers = await run
    .all(recorded)
    .catch((error: unknown) => new Map([['*', String(error)]]));
  return recorded.recorded.map(({ id, response }) => ({
    id,
    differences: differences(response, answers.has(id) ? answers.get(id) : { status: 'no answer' }),
  }));
}

class CaseRun {
  readonly #target: Target;
  readonly #variables: Variables;
  readonly #agent = new https.Agent({ keepAlive: true, maxSockets: 4, rejectUnauthorized: false });
  readonly #answers = new Map<string, unknown>();

  constructor(target: Target, variables: Variables) {
    this.#target = target;
    this.#variables = variables;
  }

  async all(recorded: Case): Promise<ReadonlyMap<string, unknown>> {
    const own = recorded.namespace !== false;
    const name = this.#variables['NS'] ?? '';
    try {
      if (own) {
        const body = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
        await this.#request(
          'POST',
          '/api/v1/namespaces',
          { 'content-type': 'application/json' },
          body,
        );
      }
      for (const step of recorded.steps) await this.#step(step);
      for (const step of recorded.cleanup ?? []) await this.#step({ ...step, quiet: true });
      if (own) await this.#request('DELETE', `/api/v1/namespaces/${name}`, {}, undefined);
    } finally {
      this.#agent.destroy();
    }
    return this.#answers;
  }

  async #step(step: Step): Promise<void> {
    if (step.wait) await pause(step.wait);
    else if (step.watch) await this.#watch(step, step.watch);
    else if (step.do) await this.#send(step, step.do);
  }

  async #send(step: Step, what: string): Promise<void> {
    const [method = '', path = ''] = this.#expandText(what).split(' ');
    const headers = this.#expand({
      ...(step.body !== undefined && { 'content-type': 'application/json' }),
      ...(step.as && { 'impersonate-user': step.as }),
      ...step.headers,
    });
    const body =
      typeof step.body === 'string'
        ? this.#expandText(step.body)
        : JSON.stringify(this.#expand(step.body));
    const answer = await this.#request(
      method,
      path,
      headers as Record<string, string | null>,
      body,
    );
    this.#save(step, answer);
    if (!step.quiet) this.#answers.set(step.id, this.#describe(step, answer));
  }

  #save(step: Step, answer: Answer): void {
    if (!step.save) return;
    const value = parseJson(answer.body.toString()) ?? {};
    for (const [name, path] of Object.entries(step.save)) {
      const found = at(value, path);
      const text = typeof found === 'string' ? found : JSON.stringify(found);
      this.#variables[name] = text ?? `missing-${name}`;
    }
  }

  /** The parts of an answer that are compared: status, content type, warnings, and the body (JSON where it is JSON). */
  #describe(step: Step, { status, headers, body }: Answer): unknown {
    const namespace = this.#variables['NS'];
    const type = (headers['content-type'] ?? '').split(';')[0];
    const text = body.toString();
    const isJson =
      type === 'application/json' || (type === 'application/yaml' && text.startsWith('{'));
    let content = normalise((isJson ? parseJson(text) : undefined) ?? text, namespace);
    if (step.only) {
      const picked = step.only.map((path) => [path, at(content, path)] as const);
      content = Object.fromEntries(picked.filter(([, value]) => value !== undefined));
    }
    return {
      status,
      type,
      ...(headers['warning'] && {
        warning: normalise([headers['warning']].flat().join(', '), namespace),
      }),
      ...(headers['retry-after'] && { retryAfter: headers['retry-after'] }),
      ...(headers.allow && { allow: headers.allow }),
      ...(!step.statusOnly && { body: content }),
    };
  }

  async #watch(step: Step, path: string): Promise<void> {
    const events: unknown[] = [];
    const wanted = Promise.withResolvers<undefined>();
    const watch = this.#openWatch(
      this.#expandText(path),
      this.#expand(step.headers ?? {}) as Record<string, string>,
      (event) => {
        const { type } = event as { type: string };
        // Bookmarks come by the clock, except the one that ends the initial events.
        if (type === 'BOOKMARK' && !JSON.stringify(event).includes('initial-events-end')) return;
        events.push(event);
        if (events.length >= (step.events ?? 0)) wanted.resolve(undefined);
      },
    );
    await pause(watchSettleMs);
    for (const inner of step.during ?? []) await this.#step(inner);
    await Promise.race([wanted.promise, pause(step.timeout ?? watchTimeoutMs)]);
    watch.close();
    this.#answers.set(step.id, {
      status: watch.status(),
      events: normalise(events, this.#variables['NS']),
    });
  }

  #openWatch(
    path: string,
    headers: Record<string, string>,
    onEvent: (event: unknown) => void,
  ): { close(): void; status(): number | undefined } {
    let status: number | undefined;
    let rest = '';
    const takeLines = (): void => {
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        // What is no JSON, such as the page of a path that nobody serves, is no event.
        const event = line.trim() === '' ? undefined : parseJson(line);
        if (event !== undefined) onEvent(event);
      }
    };
    const agent = new https.Agent({ rejectUnauthorized: false });
    const request = https.request(
      `${this.#target.url}${path}`,
      { agent, headers: this.#headers(headers) },
      (response) => {
        status = response.statusCode;
        response.on('data', (chunk: Buffer) => {
          rest += chunk.toString();
          takeLines();
        });
        response.on('end', () => {
          rest += '\n';
          takeLines();
        });
      },
    );
    request.on('error', () => undefined);
    request.end();
    return { close: () => request.destroy(), status: () => status };
  }

  #headers(more: Readonly<Record<string, string | null>>): Record<string, string> {
    const all = {
      'user-agent': 'wire-test/1.0',
      accept: 'application/json',
      authorization: `Bearer ${this.#target.token}`,
      ...more,
    };
    return Object.fromEntries(
      Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null),
    );
  }

  #request(
    method: string,
    path: string,
    headers: Readonly<Record<string, string | null>>,
    body: string | undefined,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(this.#target.url);
      const all = {
        ...this.#headers(headers),
        ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
      };
      const request = https.request(
        { hostname, port, method, path, agent: this.#agent, headers: all },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks),
            }),
          );
        },
      );
      request.on('error', reject);
      request.setTimeout(requestTimeoutMs, () => request.destroy(new Error('no answer in 30 s')));
      request.end(body);
    });
  }

  /** `${name}` becomes the variable; `${text*N}` the text, N times. */
  #expandText(text: string): string {
    return text
      .replace(/\$\{([^{}*]+)\*(\d+)\}/g, (_, part: string, count: string) =>
        part.repeat(Number(count)),
      )
      .replace(/\$\{(\w+)\}/g, (whole, name: string) => this.#variables[name] ?? whole);
  }

  #expand(value: unknown): unknown {
    if (typeof value === 'string') return this.#expandText(value);
    if (Array.isArray(value)) return value.map((item) => this.#expand(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [this.#expandText(key), this.#expand(item)]),
    );
  }
}

function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (current, key) => (current as Record<string, unknown> | undefined)?.[key],
      value,
    );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
