/** What the steps of a write cost, in microseconds, on a pod of about 2.6 KB. Run: node bench/api.ts */
import { applyStaticDefaults } from '@navarch/api/schema/default';
import { decodeObject } from '@navarch/api/schema/decode';
import { structOf } from '@navarch/api/schema/registry';
import { managedFieldsForCreate, managedFieldsForUpdate } from '@navarch/api/managed-fields';
import { applyStrategicPatch } from '@navarch/api/patch/strategic';
import { canonicalQuantity } from '@navarch/api/quantity';
import { compileSelector } from '@navarch/api/selectors';
import { parseJson } from '@navarch/codec/json';

type Value = Record<string, unknown>;

function container(name: string): Value {
  return {
    name,
    image: `registry.example.com/team/${name}:1.2.3`,
    command: ['/bin/server', '--port=8080'],
    env: ['A', 'B', 'C'].map((key) => ({ name: key, value: `value of ${key}` })),
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    resources: {
      limits: { cpu: '500m', memory: '128Mi' },
      requests: { cpu: '100m', memory: '64Mi' },
    },
    readinessProbe: {
      httpGet: { path: '/ready', port: 'http', scheme: 'HTTP' },
      timeoutSeconds: 1,
      periodSeconds: 10,
      successThreshold: 1,
      failureThreshold: 3,
    },
    volumeMounts: [{ name: 'config', mountPath: '/etc/config', readOnly: true }],
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: 'IfNotPresent',
  };
}

const pod: Value = {
  kind: 'Pod',
  apiVersion: 'v1',
  metadata: {
    name: 'web-6d4b75cb6d-hwzr8',
    namespace: 'default',
    labels: { app: 'web', tier: 'front', 'pod-template-hash': '6d4b75cb6d' },
    annotations: { 'example.com/note': 'a text of some length, as annotations are' },
  },
  spec: {
    volumes: [{ name: 'config', configMap: { name: 'web', defaultMode: 420 } }],
    containers: [container('web'), container('side')],
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    serviceAccountName: 'default',
    serviceAccount: 'default',
    nodeName: 'node-1',
    securityContext: {},
    schedulerName: 'default-scheduler',
    tolerations: ['not-ready', 'unreachable'].map((key) => ({
      key: `node.kubernetes.io/${key}`,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: 300,
    })),
    enableServiceLinks: true,
  },
  status: {},
};

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, sortedKeys(member)]));
}

function measure(name: string, run: () => unknown): void {
  for (let i = 0; i < 2000; i++) run();
  const rounds = 10_000;
  const start = process.hrtime.bigint();
  for (let i = 0; i < rounds; i++) run();
  const micros = Number(process.hrtime.bigint() - start) / rounds / 1000;
  console.log(`${micros.toFixed(2).padStart(8)} us  ${name}`);
}

const schema = structOf('core/v1.Pod');
const text = JSON.stringify(pod);
const sortedText = JSON.stringify(sortedKeys(pod));
const canonical = decodeObject(schema, JSON.parse(text)).value;
const sorted: unknown = JSON.parse(sortedText);
const writer = { manager: 'bench', apiVersion: 'v1', time: '2026-01-01T00:00:00Z' };
const managedFields = managedFieldsForCreate({ ...writer, schema, object: canonical });
const live = { ...canonical, metadata: { ...(canonical['metadata'] as Value), managedFields } };
const updated = {
  ...canonical,
  metadata: { ...(canonical['metadata'] as Value), labels: { app: 'x' } },
};
const patch = { spec: { containers: [{ name: 'web', image: 'registry.example.com/team/web:2' }] } };
const selector = compileSelector({ matchLabels: { app: 'web', tier: 'front' } });

console.log(`a pod of ${text.length} bytes`);
measure('JSON.parse', () => JSON.parse(text));
measure('parse, with duplicate keys found', () => parseJson(text));
measure('decode, in canonical order', () => decodeObject(schema, canonical));
measure('decode, keys sorted', () => decodeObject(schema, sorted));
measure('parse and decode, keys sorted', () => decodeObject(schema, parseJson(sortedText).value));
measure('static defaults', () => applyStaticDefaults(schema, canonical));
measure('managed fields of a create', () =>
  managedFieldsForCreate({ ...writer, schema, object: canonical }),
);
measure('managed fields of an update', () =>
  managedFieldsForUpdate({ ...writer, schema, live, updated }),
);
measure('strategic merge patch', () => applyStrategicPatch(schema, canonical, patch));
measure('JSON.stringify', () => JSON.stringify(canonical));
measure('a canonical quantity', () => canonicalQuantity('128Mi'));
measure('a selector on labels', () => selector.matches({ app: 'web', tier: 'front' }));
