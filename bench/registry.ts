/**
 * What the registry alone costs: no sockets, no disk; the real kinds and admission plugins over the store in memory.
 *
 *     node bench/registry.ts
 */
import { builtinResources } from '@navarch/kinds/index';
import { admissionPlugins } from '@navarch/kinds/admission/admission-order';
import { createResources } from '@navarch/apiserver/registry/resources';
import { createChain } from '@navarch/apiserver/request/chain';
import type { ApiRequest, RequestHandler, WatchFrame } from '@navarch/apiserver/request/request';
import { testServices } from '@navarch/apiserver/testing';
import { createNodeRuntime } from '@navarch/runtime/node';
import { createMemoryStore } from '@navarch/store/memory';
import { benchPod } from './pod.ts';

const user = { username: 'bench', groups: ['system:masters'] };
const podCount = 10_000;
const runtime = createNodeRuntime({
  format: 'text',
  level: 'warn',
  write: (line) => void process.stderr.write(line),
});
const store = createMemoryStore(runtime);
const resources = createResources({
  definitions: builtinResources,
  admission: admissionPlugins({ enabled: [], disabled: [] }),
  services: testServices(runtime.random),
  store,
  runtime,
});
await resources.ready();
const handle: RequestHandler = createChain({
  dispatch: ({ request, info }) => resources.handle(request, info, user),
});
const signal = new AbortController().signal;

function request(method: string, url: string, body = '', type = 'application/json'): ApiRequest {
  const [path = '', query = ''] = url.split('?');
  return {
    method,
    path,
    query,
    headers: { accept: 'application/json', 'user-agent': 'bench/1', 'content-type': type },
    body: { bytes: () => Promise.resolve(Buffer.from(body)) },
    identity: { user },
    remoteAddress: '',
    signal,
  };
}

async function expect(status: number, asked: ApiRequest): Promise<void> {
  const response = await handle(asked);
  if (response.status === status) return;
  const text = response.body.kind === 'object' ? Buffer.from(response.body.object.json()) : '';
  throw new Error(`${asked.method} ${asked.path}: ${response.status} ${text.toString()}`);
}

const rows: Record<string, string>[] = [];

function report(what: string, measured: string): void {
  rows.push({ what, measured });
}

/** Runs `work` for 0 to `count` in `callers` lines. CPU time is of this thread: what a busy machine leaves comparable. */
async function measure(
  what: string,
  count: number,
  callers: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const startedMs = performance.now();
  const before = process.threadCpuUsage();
  const line = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) await work(index);
  };
  await Promise.all(Array.from({ length: callers }, line));
  const ms = performance.now() - startedMs;
  const { user, system } = process.threadCpuUsage(before);
  const rate = Math.round((count / ms) * 1000).toLocaleString('en-US');
  report(what, `${((user + system) / count).toFixed(1)} us CPU, ${rate}/s`);
}

const pods = '/api/v1/namespaces/default/pods';
const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } };
await expect(201, request('POST', '/api/v1/namespaces', JSON.stringify(namespace)));
const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } };
const accounts = '/api/v1/namespaces/default/serviceaccounts';
await expect(201, request('POST', accounts, JSON.stringify(account)));

await measure('create pod, 64 callers', podCount, 64, (index) =>
  expect(201, request('POST', pods, benchPod(`pod-${index}`, 'web'))),
);
globalThis.gc?.();
report('memory, 10,000 pods', `${Math.round(process.memoryUsage().rss / 2 ** 20)} MB RSS`);
await measure('get pod, 64 callers', 50_000, 64, async (index) => {
  const response = await handle(request('GET', `${pods}/pod-${index % podCount}`));
  if (response.body.kind === 'object') response.body.object.json();
});
const patchType = 'application/merge-patch+json';
await measure('patch one pod, 32 callers', 10_000, 32, (index) => {
  const patch = JSON.stringify({ metadata: { annotations: { round: String(index) } } });
  return expect(200, request('PATCH', `${pods}/pod-1`, patch, patchType));
});

/** The best of a few, because lists allocate much and the collector strikes where it likes. */
async function best(what: string, url: string, accept = 'application/json'): Promise<void> {
  let leastMs = Number.POSITIVE_INFINITY;
  let firstMs = 0;
  let bytes = 0;
  for (let round = 0; round < 7; round++) {
    const startedMs = performance.now();
    const asked = request('GET', url);
    const { body } = await handle({ ...asked, headers: { ...asked.headers, accept } });
    bytes = 0;
    if (body.kind === 'list') for (const chunk of body.chunks()) bytes += chunk.length;
    const ms = performance.now() - startedMs;
    if (round === 0) firstMs = ms;
    leastMs = Math.min(leastMs, ms);
  }
  const first = accept.endsWith('protobuf') ? `, the first ${firstMs.toFixed(0)} ms` : '';
  report(what, `${leastMs.toFixed(2)} ms (${(bytes / 1e6).toFixed(1)} MB${first})`);
}

await best('list 10,000 pods', '/api/v1/pods');
await best('list 10,000 pods, protobuf', '/api/v1/pods', 'application/vnd.kubernetes.protobuf');
await best('list, 500 a page', '/api/v1/pods?limit=500');
await best('list, label matches none', '/api/v1/pods?labelSelector=app%3Dnone');
await best('list, field without index', '/api/v1/pods?fieldSelector=status.phase%3DNone');
await best('list, field with index', '/api/v1/pods?fieldSelector=spec.nodeName%3Dnone');

async function fanOut(watchers: number, writes: number): Promise<void> {
  const stop = new AbortController();
  let bytes = 0;
  let events = 0;
  const write = (frames: readonly WatchFrame[]): void => {
    events += frames.length;
    for (const frame of frames) bytes += frame.json().length;
  };
  for (let index = 0; index < watchers; index++) {
    const { body } = await handle(
      request(
        'GET',
        '/api/v1/pods?watch=1&sendInitialEvents=false&resourceVersionMatch=NotOlderThan',
      ),
    );
    if (body.kind !== 'watch') throw new Error('no watch');
    body.start({ write, end: () => undefined, bufferedBytes: () => 0, signal: stop.signal });
  }
  const startedMs = performance.now();
  let next = 0;
  const line = async (): Promise<void> => {
    for (let index = next++; index < writes; index = next++) {
      const patch = JSON.stringify({ metadata: { annotations: { fan: `${watchers}-${index}` } } });
      await expect(200, request('PATCH', `${pods}/pod-${index}`, patch, patchType));
    }
  };
  await Promise.all(Array.from({ length: 16 }, line));
  // The last events leave at the end of the turn in which they happened.
  await new Promise<void>((resolve) => runtime.clock.soon(resolve));
  const ms = performance.now() - startedMs;
  stop.abort();
  const rate = Math.round((events / ms) * 1000).toLocaleString('en-US');
  report(
    `watch fan-out, ${watchers} watchers x ${writes} writes`,
    `${rate} events/s (${(bytes / 1e6).toFixed(0)} MB)`,
  );
}

await fanOut(100, 500);
await measure('delete pod, 64 callers', 5_000, 64, (index) =>
  expect(200, request('DELETE', `${pods}/pod-${5_000 + index}?gracePeriodSeconds=0`)),
);
console.table(rows);
await resources.stop();
process.exit(0);
