/** Whole numbers of 64 bits come out of the server as they went in, whatever was done to the object meanwhile. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { startTestServer, type TestServer } from '../testing.ts';

const group = 'example.com';
const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const gauges = `/apis/${group}/v1/namespaces/default/gauges`;
const pods = '/api/v1/namespaces/default/pods';
const large = 9007199254740993n;

const int64 = { type: 'integer', format: 'int64' };
const spec = {
  type: 'object',
  'x-kubernetes-preserve-unknown-fields': true,
  properties: {
    value: int64,
    real: { type: 'number' },
    limited: { ...int64, minimum: -5, maximum: 2 ** 62 },
    byDefault: { ...int64, default: large },
    set: { type: 'array', items: int64, 'x-kubernetes-list-type': 'set' },
    odd: { ...int64, 'x-kubernetes-validations': [{ rule: 'self % 2 == 1' }] },
    grows: { ...int64, 'x-kubernetes-validations': [{ rule: 'self >= oldSelf' }] },
  },
};
const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `gauges.${group}` },
  spec: {
    group,
    scope: 'Namespaced',
    names: { plural: 'gauges', kind: 'Gauge' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec } } },
        additionalPrinterColumns: [{ name: 'Value', type: 'integer', jsonPath: '.spec.value' }],
        selectableFields: [{ jsonPath: '.spec.value' }],
      },
    ],
  },
};

async function defined(given?: Pick<TestServer, 'runtime' | 'store'>): Promise<TestServer> {
  const world = await startTestServer(given);
  await world.call('POST', definitions, definition);
  await world.pass(100);
  return world;
}

function gauge(name: string, members: string): string {
  return `{"apiVersion":"${group}/v1","kind":"Gauge","metadata":{"name":"${name}"},"spec":{${members}}}`;
}

const json = 'application/json';

/** The text of `spec` in the answer. */
function specOf(text: string): string {
  const found = /"spec":(\{[^}]*\})/u.exec(text)?.[1];
  assert.ok(found, text);
  return found;
}

test('digits survive every way in and every way out', async () => {
  const world = await defined();
  const send: TestServer['send'] = (...request) => world.send(...request);
  let count = 0;
  const whole = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
  await fc.assert(
    fc.asyncProperty(whole, whole, whole, async (a, b, c) => {
      const name = `g${count++}`;
      const path = `${gauges}/${name}`;
      const shown = (value: bigint, free: string): string =>
        `{"byDefault":${large},"free":${free},"value":${value}}`;
      const created = await send('POST', gauges, gauge(name, `"value":${a},"free":[${b}]`), json);
      assert.equal(specOf(created), shown(a, `[${b}]`));
      assert.equal(specOf(await send('GET', path)), shown(a, `[${b}]`));
      const merged = `{"spec":{"value":${b}}}`;
      const answer = await send('PATCH', path, merged, 'application/merge-patch+json');
      assert.equal(specOf(answer), shown(b, `[${b}]`));
      const operations = `[{"op":"test","path":"/spec/value","value":${b}},{"op":"replace","path":"/spec/free","value":${c}}]`;
      const patched = await send('PATCH', path, operations, 'application/json-patch+json');
      assert.equal(specOf(patched), shown(b, String(c)));
      const applied = gauge(name, `"value":${c}`);
      const owner = '?fieldManager=m&force=true';
      const merging = await send(
        'PATCH',
        `${path}${owner}`,
        applied,
        'application/apply-patch+yaml',
      );
      assert.equal(specOf(merging), shown(c, String(c)));
      const same = await send('PUT', path, merging, json);
      assert.equal(same, merging, 'nothing changed');
      const listed = await send(
        'GET',
        `${gauges}?fieldSelector=spec.value%3D${c},metadata.name%3D${name}`,
      );
      assert.equal(specOf(listed), shown(c, String(c)));
    }),
    { numRuns: 30 },
  );
  await world.stop();
});

test('they are there after a restart, for components in the process too', async () => {
  const before = await defined();
  await before.send('POST', gauges, gauge('a', `"value":${large}`), json);
  await before.send('POST', gauges, gauge('b', `"value":1`), json);
  await before.stop();
  const after = await startTestServer(before);
  assert.equal(
    specOf(await after.send('GET', `${gauges}/a`)),
    `{"byDefault":${large},"value":${large}}`,
  );
  const { value } = await after.call('GET', `${gauges}/a`);
  assert.deepEqual(value['spec'], { byDefault: large, value: large });
  const changed = { ...value, metadata: { ...(value['metadata'] as object), labels: { a: 'b' } } };
  const { value: updated } = await after.call('PUT', `${gauges}/a`, changed);
  assert.deepEqual(updated['spec'], { byDefault: large, value: large });
  await after.stop();
});

const judged: readonly {
  readonly name: string;
  readonly members: string;
  readonly says?: RegExp;
  readonly shows?: string;
}[] = [
  { name: 'the largest', members: '"limited":4611686018427387904', shows: '4611686018427387904' },
  {
    name: 'one more than the maximum',
    members: '"limited":4611686018427387905',
    says: /Invalid value: 4611686018427387905: .*should be less than or equal to/u,
  },
  {
    name: 'beyond 64 bits: a floating point number',
    members: '"value":9223372036854775808',
    says: /must be of type integer: \\?"number/u,
  },
  {
    name: 'the same where any number will do',
    members: '"real":9223372036854775808',
    shows: '9223372036854775808|9223372036854776000',
  },
  { name: 'an exponent', members: '"value":1e17', shows: '100000000000000000' },
  {
    name: 'a set with neighbours',
    members: `"set":[${large},9007199254740994]`,
    shows: '9007199254740994',
  },
  {
    name: 'a set with the same twice',
    members: `"set":[${large},${large}]`,
    says: /Duplicate value: 9007199254740993/u,
  },
  { name: 'odd', members: `"odd":${large}`, shows: String(large) },
  {
    name: 'not odd, if digits count',
    members: '"odd":9007199254740992',
    says: /failed rule: self % 2 == 1/u,
  },
];

test('schemas and rules see all digits', async (context) => {
  const world = await defined();
  for (const [index, { name, members, says, shows }] of judged.entries()) {
    await context.test(name, async () => {
      const answer = await world.send('POST', gauges, gauge(`j${index}`, members), json);
      if (says) assert.match(answer, says);
      else assert.match(specOf(answer), new RegExp(shows ?? ''));
    });
  }
  const first = await world.send('POST', gauges, gauge('grows', '"grows":9007199254740993'), json);
  const smaller = first
    .replace('9007199254740993,', '9007199254740992,')
    .replace('"grows":9007199254740993', '"grows":9007199254740992');
  assert.match(
    await world.send('PUT', `${gauges}/grows`, smaller, json),
    /failed rule: self >= oldSelf/u,
  );
  await world.stop();
});

test('a table shows them', async () => {
  const world = await defined();
  await world.send('POST', gauges, gauge('a', `"value":${large}`), json);
  const table = await world.send(
    'GET',
    gauges,
    undefined,
    undefined,
    'application/json;as=Table;v=v1;g=meta.k8s.io',
  );
  assert.match(table, /"cells":\["a",9007199254740993\]/u);
  await world.stop();
});

test('built-in kinds keep them', async () => {
  const world = await startTestServer();
  const pod = `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"terminationGracePeriodSeconds":${large},"containers":[{"name":"c","image":"i"}]}}`;
  assert.match(
    await world.send('POST', pods, pod, json),
    /"terminationGracePeriodSeconds":9007199254740993/u,
  );
  const label = '{"metadata":{"labels":{"a":"b"}}}';
  const patched = await world.send(
    'PATCH',
    `${pods}/p`,
    label,
    'application/strategic-merge-patch+json',
  );
  assert.match(patched, /"terminationGracePeriodSeconds":9007199254740993/u);
  assert.match(await world.send('GET', pods), /"terminationGracePeriodSeconds":9007199254740993/u);
  assert.match(
    await world.send('DELETE', `${pods}/p?gracePeriodSeconds=${large}`),
    /"kind":"Pod"|Success/u,
  );
  await world.stop();
});

test('YAML has them, too', async () => {
  const world = await defined();
  const yaml = `apiVersion: ${group}/v1\nkind: Gauge\nmetadata: {name: yam}\nspec: {value: ${large}, free: 0x20000000000001}\n`;
  const created = await world.send('POST', gauges, yaml, 'application/yaml');
  assert.equal(specOf(created), `{"byDefault":${large},"free":${large},"value":${large}}`);
  const shown = await world.send('GET', `${gauges}/yam`, undefined, undefined, 'application/yaml');
  assert.match(shown, /value: 9007199254740993\n/u);
  await world.stop();
});
