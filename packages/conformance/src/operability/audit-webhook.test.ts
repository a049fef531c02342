/** The real command with an audit webhook: a TLS receiver that a kubeconfig leads to, in each mode. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { selfSigned } from '@navarch/cluster/pki/self-signed/node';
import { connectTo } from '../connection.ts';
import { startProduct } from '../product.ts';

interface EventList {
  readonly kind: string;
  readonly apiVersion: string;
  readonly items: readonly {
    readonly stage: string;
    readonly requestURI: string;
    readonly requestObject?: object;
    readonly annotations?: Readonly<Record<string, string>>;
  }[];
}

interface Received {
  readonly url: string;
  readonly authorization: string | undefined;
  readonly list: EventList;
}

const policy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  rules: [{ level: 'Request', resources: [{ group: '', resources: ['configmaps'] }] }],
};
const configMaps = '/api/v1/namespaces/default/configmaps';

suite('an audit webhook', { concurrency: false }, () => {
  const pair = selfSigned({ commonName: 'audit.test' }, '127.0.0.1', Date.now());
  const received: Received[] = [];
  let refuses = false;
  const server = createServer({ cert: pair.certificate, key: pair.key }, (request, response) => {
    void take(request, response);
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'navarch-audit-'));
  const write = (name: string, value: object): string => {
    writeFileSync(path.join(folder, name), JSON.stringify(value));
    return path.join(folder, name);
  };
  let kubeconfig = '';

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const list = JSON.parse(Buffer.concat(pieces).toString()) as EventList;
    const { authorization } = request.headers;
    received.push({ url: request.url ?? '', authorization, list });
    response.writeHead(refuses ? 503 : 200).end();
  }

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const authority = Buffer.from(pair.certificate).toString('base64');
    kubeconfig = write('kubeconfig.json', {
      clusters: [
        {
          name: 'receiver',
          cluster: {
            server: `https://127.0.0.1:${port}/audit`,
            'certificate-authority-data': authority,
          },
        },
      ],
      users: [{ name: 'me', user: { token: 'T' } }],
      contexts: [{ name: 'x', context: { cluster: 'receiver', user: 'me' } }],
      'current-context': 'x',
    });
  });
  after(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });

  /** Runs the product, makes config maps, stops it; what the last of them was answered. */
  async function audited(flags: readonly string[], objects: readonly object[]): Promise<string> {
    received.length = 0;
    const product = await startProduct({
      args: [
        'apiserver',
        '--storage=memory',
        `--audit-policy-file=${write('policy.json', policy)}`,
        `--audit-webhook-config-file=${kubeconfig}`,
        ...flags,
      ],
    });
    const connection = await connectTo(product);
    let answer = '';
    for (const [index, object] of objects.entries()) {
      const body = { metadata: { name: `c${index}` }, ...object };
      answer = await connection.client.raw({ method: 'POST', path: configMaps, body }).then(
        () => 'created',
        (error: unknown) => (error as Error).message,
      );
    }
    await connection.close();
    assert.equal(await product.stop(), 0);
    return answer;
  }

  test('batches come when they are full, and the rest at the end', async () => {
    const small = { data: { a: 'b' } };
    const large = { data: { a: 'x'.repeat(5_000) } };
    const flags = ['--audit-webhook-truncate-enabled=true', '--audit-webhook-batch-max-size=3'];
    const truncate = '--audit-webhook-truncate-max-event-size=4000';
    assert.equal(await audited([...flags, truncate], [small, large]), 'created');
    assert.deepEqual(
      received.map(({ url, authorization, list }) => [url, authorization, list.items.length]),
      [
        ['/audit?timeout=30s', 'Bearer T', 3],
        ['/audit?timeout=30s', 'Bearer T', 1],
      ],
    );
    const [first] = received;
    assert.equal(`${first?.list.apiVersion} ${first?.list.kind}`, 'audit.k8s.io/v1 EventList');
    const events = received.flatMap(({ list }) => list.items);
    assert.deepEqual(
      events.map(({ stage, requestObject, annotations = {} }) => [
        stage,
        requestObject !== undefined,
        annotations['audit.k8s.io/truncated'],
      ]),
      [
        ['RequestReceived', false, undefined],
        ['ResponseComplete', true, undefined],
        ['RequestReceived', false, undefined],
        ['ResponseComplete', false, 'true'],
      ],
    );
  });

  test('who blocks has an event before there is an answer, each alone', async () => {
    assert.equal(await audited(['--audit-webhook-mode=blocking'], [{}]), 'created');
    const stages = received.map(({ list }) => list.items.map(({ stage }) => stage).join());
    assert.deepEqual(stages, ['RequestReceived', 'ResponseComplete']);
  });

  test('what must be remembered, and cannot be, is turned away', async () => {
    refuses = true;
    const flags = ['--audit-webhook-mode=blocking-strict', '--audit-webhook-initial-backoff=1ms'];
    const answer = await audited(flags, [{}]);
    assert.match(answer, /"Internal Server Error: .*: failed to store audit event"/);
    assert.equal(received.length, 5);
  });
});
