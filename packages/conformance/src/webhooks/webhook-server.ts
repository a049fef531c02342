/** A webhook for tests: a TLS server with a certificate of its own, whose path says how it answers. */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { networkInterfaces } from 'node:os';
import type { AdmissionRequest } from '@navarch/api/types/admission/v1';
import { selfSigned } from '@navarch/cluster/pki/self-signed/node';

export interface WebhookServer {
  readonly port: number;
  /** PEM in base64. */
  readonly caBundle: string;
  /** What it was asked, oldest first, by path. */
  asked(path: string): readonly AdmissionRequest[];
  readonly connections: () => number;
  stop(): Promise<void>;
}

/** A request, and what the webhook makes of it: a response, a whole body, or nothing ever. */
export type Behaviour = (
  review: ReviewText,
) => { readonly response: object } | { readonly status: number; readonly body: string } | 'never';

export interface ReviewText {
  readonly request: AdmissionRequest & { readonly objects?: readonly object[] };
  readonly apiVersion: string;
  readonly kind: string;
}

export async function startWebhookServer(
  host: string,
  behaviours: Readonly<Record<string, Behaviour>>,
): Promise<WebhookServer> {
  const pair = selfSigned({ commonName: host }, '127.0.0.1', Date.now());
  const asked = new Map<string, AdmissionRequest[]>();
  let connections = 0;
  const server = createServer({ cert: pair.certificate, key: pair.key }, (request, response) => {
    void answer(request, response, behaviours, asked);
  });
  server.on('secureConnection', () => void connections++);
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    caBundle: Buffer.from(pair.certificate).toString('base64'),
    asked: (path) => asked.get(path) ?? [],
    connections: () => connections,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  behaviours: Readonly<Record<string, Behaviour>>,
  asked: Map<string, AdmissionRequest[]>,
): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const [path = ''] = (request.url ?? '').split('?');
  const review = JSON.parse(Buffer.concat(pieces).toString()) as ReviewText;
  const known = asked.get(path) ?? [];
  asked.set(path, [...known, review.request]);
  const made = behaviours[path]?.(review) ?? { status: 404, body: '' };
  if (made === 'never') return;
  const body =
    'body' in made
      ? made.body
      : JSON.stringify({
          kind: review.kind,
          apiVersion: review.apiVersion,
          response: { uid: review.request.uid, ...made.response },
        });
  const status = 'status' in made ? made.status : 200;
  const type = body.startsWith('{') ? 'application/json' : 'text/plain';
  response.writeHead(status, { 'content-type': type }).end(body);
}

/** An address of this machine that endpoints may have: theirs are never loopback ones. */
export function outsideAddress(): string | undefined {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ internal, family }) => !internal && family === 'IPv4')?.address;
}

/** A JSON patch as responses carry it. */
export function patchOf(...operations: readonly object[]): object {
  const patch = Buffer.from(JSON.stringify(operations)).toString('base64');
  return { allowed: true, patchType: 'JSONPatch', patch };
}
