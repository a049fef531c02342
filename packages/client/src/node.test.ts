import assert from 'node:assert/strict';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { pods } from '@navarch/api/resources';
import { createVirtualRuntime } from '@navarch/runtime/testing';
import { createClient } from './client.ts';
import { isConnectionFailed, isNotFound } from './errors.ts';
import { KubeconfigError } from './kubeconfig.ts';
import { connect, loadKubeconfig, loadServiceAccount } from './node.ts';

async function withServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  run: (url: string) => Promise<void>,
): Promise<void> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'navarch-client-'));
  try {
    await run(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('reads, is refused, and watches over real sockets', async () => {
  const seen: string[] = [];
  await withServer(
    (request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      response.setHeader('content-type', 'application/json');
      if (request.url?.includes('watch=1')) {
        response.write('{"type":"ADDED","object":{"metadata":{"name":"a"}}}\n{"type":"ADD');
        response.write('ED","object":{"metadata":{"name":"b"}}}\n');
        return;
      }
      response.statusCode = 404;
      response.end(
        '{"kind":"Status","apiVersion":"v1","metadata":{},"reason":"NotFound","code":404}',
      );
    },
    async (url) => {
      const token = { kind: 'text', text: 'T' } as const;
      const access = { server: `${url}/base/`, insecure: false, namespace: 'd', token };
      const transport = await connect(access, createVirtualRuntime());
      const of = createClient(transport, { userAgent: 'test' }).resource(pods);
      await assert.rejects(of.get('d', 'a'), isNotFound);
      const abort = new AbortController();
      const names: unknown[] = [];
      const both = Promise.withResolvers<void>();
      await of.watch(
        { resourceVersion: '5', signal: abort.signal },
        {
          onEvents: (events) => {
            for (const event of events)
              if (event.type === 'ADDED') names.push(event.object.metadata.name);
            if (names.length === 2) both.resolve();
          },
          onEnd: () => both.reject(new Error('the watch ended')),
        },
      );
      await both.promise;
      assert.deepEqual(names, ['a', 'b']);
      abort.abort();
      await transport.close();
    },
  );
  assert.deepEqual(seen, [
    'GET /base/api/v1/namespaces/d/pods/a Bearer T',
    'GET /base/api/v1/pods?watch=1&resourceVersion=5 Bearer T',
  ]);
});

test('a watch whose connection breaks ends with the error; nobody there is an error too', async () => {
  await withServer(
    (_, response) => {
      response.write('\n');
      setImmediate(() => response.destroy());
    },
    async (url) => {
      const access = { server: url, insecure: false, namespace: 'd' };
      const transport = await connect(access, createVirtualRuntime());
      const of = createClient(transport, { userAgent: 'test' }).resource(pods);
      const { signal } = new AbortController();
      const ended = Promise.withResolvers<Error | undefined>();
      const listener = { onEvents: () => {}, onEnd: ended.resolve };
      await of.watch({ resourceVersion: '5', signal }, listener);
      assert.ok(isConnectionFailed(await ended.promise));
      await transport.close();
    },
  );
  const transport = await connect(
    { server: 'http://127.0.0.1:1', insecure: false, namespace: 'd' },
    createVirtualRuntime(),
  );
  const call = createClient(transport, { userAgent: 'test' }).resource(pods).get('d', 'a');
  await assert.rejects(call, isConnectionFailed);
  await transport.close();
});

test('paths in a kubeconfig are relative to it', async () => {
  await withFolder(async (folder) => {
    const file = path.join(folder, 'config');
    await writeFile(
      file,
      JSON.stringify({
        'current-context': 'a',
        contexts: [{ name: 'a', context: { cluster: 'c', user: 'u' } }],
        clusters: [
          { name: 'c', cluster: { server: 'https://x', 'certificate-authority': 'ca.crt' } },
        ],
        users: [{ name: 'u', user: { tokenFile: '/etc/token' } }],
      }),
    );
    const access = await loadKubeconfig(file);
    assert.deepEqual(access.authorities, { kind: 'file', path: path.join(folder, 'ca.crt') });
    assert.deepEqual(access.token, { kind: 'file', path: '/etc/token' });
  });
});

test('a kubeconfig in YAML, and one that is neither', async () => {
  await withFolder(async (folder) => {
    const file = path.join(folder, 'config');
    await writeFile(
      file,
      `apiVersion: v1
kind: Config
current-context: a
contexts:
- {name: a, context: {cluster: c, user: u, namespace: dev}}
clusters:
- name: c
  cluster:
    server: https://x:6443
    certificate-authority-data: Q0E=
users:
- name: u
  user:
    token: T
`,
    );
    assert.deepEqual(await loadKubeconfig(file), {
      server: 'https://x:6443',
      insecure: false,
      authorities: { kind: 'text', text: 'CA' },
      token: { kind: 'text', text: 'T' },
      namespace: 'dev',
    });
    await writeFile(file, 'a: [b');
    await assert.rejects(loadKubeconfig(file), KubeconfigError);
  });
});

test('a token in a file is read again when it was renewed', async () => {
  await withFolder(async (directory) => {
    const seen: unknown[] = [];
    await writeFile(path.join(directory, 'namespace'), 'd\n');
    await writeFile(path.join(directory, 'ca.crt'), '');
    await writeFile(path.join(directory, 'token'), 'one\n');
    const runtime = createVirtualRuntime();
    await withServer(
      (request, response) => {
        seen.push(request.headers.authorization);
        response.end();
      },
      async (url) => {
        const access = await loadServiceAccount({ host: 'h', port: '1', directory });
        assert.equal(access.server, 'https://h:1');
        const transport = await connect({ ...access, server: url }, runtime);
        const client = createClient(transport, { userAgent: 'test' });
        const call = (): Promise<unknown> => client.raw({ method: 'GET', path: '/version' });
        await call();
        await writeFile(path.join(directory, 'token'), 'two\n');
        await utimes(path.join(directory, 'token'), 10, 10);
        await call();
        await runtime.clock.advance(60_000);
        await call();
        await transport.close();
      },
    );
    assert.deepEqual(seen, ['Bearer one', 'Bearer one', 'Bearer two']);
  });
});
