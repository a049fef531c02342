/** A load generator over HTTP/2: as little work per request as Node allows, since it shares the machine with the server. */
import { readFileSync } from 'node:fs';
import { type ClientHttp2Session, connect } from 'node:http2';
import https from 'node:https';
import { parse } from 'yaml';

export interface Kubeconfig {
  readonly url: string;
  readonly ca: Buffer;
  /** Undefined for servers that do not ask who we are. */
  readonly cert?: Buffer;
  readonly key?: Buffer;
}

export function readKubeconfig(file: string): Kubeconfig {
  const config = parse(readFileSync(file, 'utf8')) as {
    clusters: { cluster: Record<string, string> }[];
    users: { user: Record<string, string> }[];
  };
  const cluster = config.clusters[0]?.cluster ?? {};
  const user = config.users[0]?.user ?? {};
  const decode = (text: string | undefined): Buffer => Buffer.from(text ?? '', 'base64');
  return {
    url: cluster['server'] ?? '',
    ca: decode(cluster['certificate-authority-data']),
    cert: decode(user['client-certificate-data']),
    key: decode(user['client-key-data']),
  };
}

/** One request on a connection of its own, without credentials. */
export function requestOnce(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = https.get(url, { rejectUnauthorized: false, agent: false }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    request.on('error', reject);
  });
}

export interface Answer {
  readonly status: number;
  readonly bytes: number;
  text(): string;
}

export class LoadClient {
  readonly #sessions: ClientHttp2Session[];
  #next = 0;

  constructor(config: Kubeconfig, connections = 1) {
    this.#sessions = Array.from({ length: connections }, () => {
      const session = connect(config.url, {
        ca: config.ca,
        ...(config.cert && { cert: config.cert, key: config.key }),
        settings: { initialWindowSize: 16 << 20 },
      });
      session.once('connect', () => session.setLocalWindowSize(64 << 20));
      return session;
    });
  }

  request(
    method: string,
    path: string,
    body?: string,
    contentType = 'application/json',
  ): Promise<Answer> {
    const session = this.#sessions[this.#next++ % this.#sessions.length];
    if (!session) throw new Error('no connection');
    return new Promise((resolve, reject) => {
      const stream = session.request({
        ':method': method,
        ':path': path,
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': contentType }),
      });
      let status = 0;
      let bytes = 0;
      const chunks: Buffer[] = [];
      stream.on('response', (headers) => (status = headers[':status'] ?? 0));
      stream.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        chunks.push(chunk);
      });
      stream.on('end', () =>
        resolve({ status, bytes, text: () => Buffer.concat(chunks).toString() }),
      );
      stream.on('error', reject);
      stream.end(body);
    });
  }

  /** Opens a watch; `onBytes` gets each chunk. Resolves when the answer began. */
  watch(path: string, onChunk: (chunk: Buffer) => void): Promise<() => void> {
    const session = this.#sessions[this.#next++ % this.#sessions.length];
    if (!session) throw new Error('no connection');
    return new Promise((resolve, reject) => {
      const stream = session.request({
        ':method': 'GET',
        ':path': path,
        accept: 'application/json',
      });
      stream.on('response', () => resolve(() => stream.close()));
      stream.on('data', onChunk);
      stream.on('error', reject);
    });
  }

  close(): void {
    for (const session of this.#sessions) session.destroy();
  }
}

export interface LoadResult {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Runs `count` calls of `work`, `inFlight` at a time. */
export async function load(
  count: number,
  inFlight: number,
  work: (index: number) => Promise<unknown>,
): Promise<LoadResult> {
  const latencies: number[] = [];
  let next = 0;
  const startedMs = performance.now();
  const worker = async (): Promise<void> => {
    while (next < count) {
      const index = next++;
      const sentMs = performance.now();
      await work(index);
      latencies.push(performance.now() - sentMs);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  const seconds = (performance.now() - startedMs) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? 0;
  return { perSecond: count / seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
}
