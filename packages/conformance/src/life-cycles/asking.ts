/** Requests as upstream's clients make them: objects in JSON or in protobuf, patches in JSON, lists and watches of either. */
import { Agent, request as httpsRequest } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import {
  decodeProtobuf,
  encodeProtobuf,
  openEnvelope,
  protobufMediaType,
} from '@navarch/api/protobuf/envelope';
import { schemaOfKind } from '@navarch/api/schema/registry';
import type { StructSchema } from '@navarch/api/schema/schema';
import type { JsonObject } from '@navarch/api/types/scalars';
import { credentialsOf } from '../operability/raw.ts';
import type { Product } from '../product.ts';

export type Format = 'json' | 'protobuf';

export interface Answer {
  readonly status: number;
  readonly value: JsonObject;
}

export interface Asking {
  /** `patch` sends the body as a merge patch. */
  ask(method: string, path: string, body?: JsonObject): Promise<Answer>;
  /** What happens from that version on, as it happens. */
  watch(path: string): Promise<Watching>;
  close(): void;
}

export interface Watching {
  /** The next event; rejects when none comes. */
  next(): Promise<{ readonly type: string; readonly object: JsonObject }>;
  close(): void;
}

/** Longer than any event takes on a busy machine. */
const eventLimitMs = 20_000;

export async function startAsking(product: Product, format: Format): Promise<Asking> {
  const agent = new Agent({ keepAlive: true, ...(await credentialsOf(product)) });
  const send = async (
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: Uint8Array,
  ): Promise<IncomingMessage> => {
    const length = body && { 'content-length': String(body.byteLength) };
    const request = httpsRequest(`${product.url}${path}`, {
      agent,
      method,
      headers: { ...headers, ...length },
    });
    request.end(body);
    const [message] = (await once(request, 'response')) as [IncomingMessage];
    return message;
  };
  return {
    async ask(method, path, body) {
      const accept =
        format === 'json' ? 'application/json' : `${protobufMediaType},application/json`;
      const encoded = body && encode(method, body, format);
      const headers = { accept, ...(encoded && { 'content-type': encoded.type }) };
      const message = await send(method, path, headers, encoded?.bytes);
      return { status: message.statusCode ?? 0, value: decode(await bytesOf(message)) };
    },
    watch: async (path) => watching(await send('GET', path, { accept: 'application/json' })),
    close: () => agent.destroy(),
  };
}

function encode(
  method: string,
  body: JsonObject,
  format: Format,
): { readonly type: string; readonly bytes: Uint8Array } {
  if (method !== 'PATCH' && format === 'protobuf')
    return { type: protobufMediaType, bytes: encodeProtobuf(schemaOf(body), body) };
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  return { type, bytes: Buffer.from(JSON.stringify(body)) };
}

function decode(bytes: Buffer): JsonObject {
  if (bytes[0] !== 0x6b) return JSON.parse(bytes.toString()) as JsonObject; // Not `k8s`: JSON.
  const enveloped = openEnvelope(bytes);
  return decodeProtobuf(
    schemaOf({ apiVersion: enveloped.apiVersion, kind: enveloped.kind }),
    enveloped,
  );
}

function schemaOf({ apiVersion, kind }: JsonObject): StructSchema {
  const text = apiVersion as string;
  const [first = '', second] = text.split('/');
  const [group, version] = second === undefined ? ['', first] : [first, second];
  const schema = schemaOfKind(group, version, kind as string);
  if (!schema) throw new Error(`${text} ${kind as string} has no schema`);
  return schema;
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function watching(message: IncomingMessage): Watching {
  const lines = linesOf(message);
  return {
    async next() {
      const late = setTimeout(() => message.destroy(new Error('no event came')), eventLimitMs);
      try {
        const line = await lines.next();
        if (line.done) throw new Error('the watch ended');
        return JSON.parse(line.value) as { type: string; object: JsonObject };
      } finally {
        clearTimeout(late);
      }
    },
    close: () => message.destroy(),
  };
}

async function* linesOf(message: IncomingMessage): AsyncGenerator<string, void> {
  let rest = '';
  for await (const piece of message) {
    const lines = (rest + (piece as Buffer).toString()).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
