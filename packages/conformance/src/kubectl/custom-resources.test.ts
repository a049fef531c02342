/** An unmodified kubectl works with custom resources as with any other. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Product, startProduct } from '../product.ts';
import { kubectl, kubectlMissing, type KubectlResult, words } from './kubectl.ts';

const skip = kubectlMissing();
const group = 'fixtures.navarch.dev';

const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `gauges.${group}` },
  spec: {
    group,
    scope: 'Namespaced',
    names: { plural: 'gauges', kind: 'Gauge', shortNames: ['ga'] },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                properties: {
                  value: { type: 'integer', format: 'int64', description: 'What it shows.' },
                },
              },
            },
          },
        },
        additionalPrinterColumns: [{ name: 'Value', type: 'integer', jsonPath: '.spec.value' }],
      },
    ],
  },
};

let product: Product;

before(async () => {
  product = await startProduct({ args: ['up'] });
});
after(() => product.stop('SIGKILL'));

test('a definition is applied and established', { skip }, async () => {
  await succeeds('apply -f -', JSON.stringify(definition));
  await succeeds(`wait --for=condition=Established --timeout=20s crd/gauges.${group}`);
});

test('an object is applied, again, and changed', { skip }, async () => {
  const created = await succeeds('apply -f -', gauge('9007199254740993'));
  assert.match(created.stdout, /created/);
  const again = await succeeds('apply -f -', gauge('9007199254740993'));
  assert.match(again.stdout, /unchanged/);
  const changed = await succeeds('apply -f -', gauge('5'));
  assert.match(changed.stdout, /configured/);
  const value = await succeeds('get ga a -o jsonpath={.spec.value}');
  assert.equal(value.stdout, '5');
});

test('it is shown with all digits', { skip }, async () => {
  // Not by `apply`: kubectl rounds large integers in the merge patches that it makes.
  await succeeds('replace -f -', gauge('9007199254740995'));
  const table = await succeeds('get ga');
  assert.match(table.stdout, /a +9007199254740995/);
  const yaml = await succeeds('get ga a -o yaml');
  assert.match(yaml.stdout, /value: 9007199254740995\n/);
});

// Upstream's conformance tests look for these words.
const explained: readonly (readonly [what: string, shows: RegExp])[] = [
  ['gauges.spec.value', /What it shows/],
  ['gauges', /FIELDS:[\s\S]*apiVersion\s<string>\s+APIVersion defines/],
  [
    'gauges.metadata',
    /Standard object's metadata[\s\S]*FIELDS:[\s\S]*creationTimestamp\s<string>\s+CreationTimestamp is a timestamp/,
  ],
];

for (const [what, shows] of explained) {
  test(`${what} is explained`, { skip }, async () => {
    assert.match((await succeeds(`explain ${what}`)).stdout, shows);
  });
}

test('it is patched, and applied by the server', { skip }, async () => {
  await succeeds('patch ga a --type=merge -p \'{"spec":{"value":-9007199254740993}}\'');
  const merged = await succeeds('get ga a -o jsonpath={.spec.value}');
  assert.equal(merged.stdout, '-9007199254740993');
  const line = 'apply --server-side --field-manager=other --force-conflicts -f -';
  await succeeds(line, gauge('9223372036854775807'));
  const applied = await succeeds('get ga a -o jsonpath={.spec.value}');
  assert.equal(applied.stdout, '9223372036854775807');
});

test('what does not fit is refused', { skip }, async () => {
  const refused = await run('patch ga a --type=merge -p \'{"spec":{"value":1.5}}\'');
  assert.match(refused.stderr, /spec.value in body must be of type integer: "number"/);
});

test('it is deleted', { skip }, async () => {
  await succeeds('delete ga a');
  const left = await succeeds('get ga -o name');
  assert.equal(left.stdout, '');
});

/** As text: a number would not be exact. */
function gauge(value: string): string {
  return `{"apiVersion":"${group}/v1","kind":"Gauge","metadata":{"name":"a"},"spec":{"value":${value}}}`;
}

async function succeeds(line: string, input?: string): Promise<KubectlResult> {
  const result = await run(line, input);
  assert.equal(result.code, 0, `kubectl ${line}\n${result.stdout}\n${result.stderr}`);
  return result;
}

function run(line: string, input?: string): Promise<KubectlResult> {
  return kubectl(product.kubeconfig, words(line), input === undefined ? {} : { input });
}
