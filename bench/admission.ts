/**
 * What each admission plugin costs per created pod, in microseconds; nothing is configured for any of them.
 *
 *     node bench/admission.ts
 */
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import { createResources } from '@navarch/apiserver/registry/resources';
import { createChain } from '@navarch/apiserver/request/chain';
import type { ApiRequest } from '@navarch/apiserver/request/request';
import { testServices } from '@navarch/apiserver/testing';
import { admissionPlugins } from '@navarch/kinds/admission/admission-order';
import { builtinResources } from '@navarch/kinds/index';
import { createNodeRuntime } from '@navarch/runtime/node';
import { createMemoryStore } from '@navarch/store/memory';
import { benchPod } from './pod.ts';

const warmUpCount = 10_000;
const count = 20_000;

const spentMs = new Map<string, number>();
const spend = (name: string, sinceMs: number): void =>
  void spentMs.set(name, (spentMs.get(name) ?? 0) + performance.now() - sinceMs);

/** The same plugin, with a clock on it. What it waits for does not count: nothing here waits. */
function timed(plugin: AdmissionPlugin): AdmissionPlugin {
  return {
    name: plugin.name,
    handles: (asked) => plugin.handles(asked),
    ...(plugin.mutate && {
      mutate: (attributes, context, pass) => {
        const sinceMs = performance.now();
        const mutated = plugin.mutate?.(attributes, context, pass);
        spend(plugin.name, sinceMs);
        return mutated;
      },
    }),
    ...(plugin.validate && {
      validate: (attributes, context) => {
        const sinceMs = performance.now();
        const waiting = plugin.validate?.(attributes, context);
        spend(plugin.name, sinceMs);
        return waiting;
      },
    }),
  };
}

const runtime = createNodeRuntime({ format: 'text', level: 'warn', write: console.error });
const resources = createResources({
  definitions: builtinResources,
  admission: admissionPlugins({ enabled: [], disabled: [] }).map(timed),
  services: testServices(runtime.random),
  store: createMemoryStore(runtime),
  runtime,
});
await resources.ready();
const user = { username: 'bench', groups: ['system:masters'] };
const handle = createChain({
  dispatch: ({ request, info }) => resources.handle(request, info, user),
});
const signal = new AbortController().signal;

async function post(path: string, body: string): Promise<void> {
  const request: ApiRequest = {
    method: 'POST',
    path,
    query: '',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: { bytes: () => Promise.resolve(Buffer.from(body)) },
    identity: { user },
    remoteAddress: '',
    signal,
  };
  const { status } = await handle(request);
  if (status !== 201) throw new Error(`POST ${path}: ${status}`);
}

const namespaced = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'default' },
});
await post('/api/v1/namespaces', namespaced);
const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } };
await post('/api/v1/namespaces/default/serviceaccounts', JSON.stringify(account));

const pods = '/api/v1/namespaces/default/pods';
for (let index = 0; index < warmUpCount; index++) await post(pods, benchPod(`w${index}`, 'web'));
spentMs.clear();
const startedMs = performance.now();
for (let index = 0; index < count; index++) await post(pods, benchPod(`p${index}`, 'web'));
const wholeUs = ((performance.now() - startedMs) / count) * 1000;

const rows = [...spentMs]
  .map(([plugin, ms]) => ({ plugin, us: (ms / count) * 1000 }))
  .toSorted((a, b) => b.us - a.us);
const admissionUs = rows.reduce((sum, { us }) => sum + us, 0);
console.log('| plugin | us per create |\n|---|---|');
for (const { plugin, us } of rows) console.log(`| ${plugin} | ${us.toFixed(2)} |`);
console.log(`| all plugins | ${admissionUs.toFixed(1)} |`);
console.log(`| the whole request, without HTTP and disk | ${wholeUs.toFixed(0)} |`);
