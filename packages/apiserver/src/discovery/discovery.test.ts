/** Versions in order, hashes as upstream computes them, the form that each client gets. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { chooseForm } from './accept.ts';
import { storageVersionHash } from './documents.ts';
import { arrange, compareVersions } from './groups.ts';
import { sha256 } from './sha256.ts';

test('versions in the order of preference', () => {
  const expected = [
    'v10',
    'v2',
    'v1',
    'v11beta2',
    'v10beta3',
    'v3beta1',
    'v12alpha1',
    'v11alpha2',
    'foo1',
    'foo10',
  ];
  assert.deepEqual(expected.toReversed().sort(compareVersions), expected);
});

test('groups in the order of their priority, then of their names', () => {
  const definitions = [
    'z/v1',
    'b.example.com/v1',
    'a.example.com/v1',
    'apps/v1',
    'auto/v1',
    'auto/v2',
  ].map((text) => {
    const [group = '', version = ''] = text.split('/');
    return { group, version, plural: 'things' } as ResourceDefinition;
  });
  const priorities = {
    'apps/v1': { group: 17_800, version: 15 },
    'auto/v1': { group: 17_500, version: 15 },
    'auto/v2': { group: 17_500, version: 30 },
  };
  const names = arrange(definitions, priorities).map(({ name, versions }) =>
    [name, ...versions.map(({ version }) => version)].join(' '),
  );
  assert.deepEqual(names, [
    'apps v1',
    'auto v2 v1',
    'a.example.com v1',
    'b.example.com v1',
    'z v1',
  ]);
});

/** As recorded. */
const hashes = [
  { group: '', kind: 'ConfigMap', hash: 'qFsyl6wFWjQ=' },
  { group: '', kind: 'Namespace', hash: 'Q3oi5N2YM8M=' },
];
for (const { group, kind, hash } of hashes) {
  test(`the storage version hash of ${kind}`, () => {
    assert.equal(storageVersionHash({ group, version: 'v1', kind } as ResourceDefinition), hash);
  });
}

/** FIPS 180-4's examples, and one that ends just where a block does. */
const digests = [
  { text: '', hex: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
  { text: 'abc', hex: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' },
  {
    text: 'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    hex: '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  },
];
for (const { text, hex } of digests) {
  test(`the digest of ${JSON.stringify(text)}`, () => {
    assert.equal(Buffer.from(sha256(new TextEncoder().encode(text))).toString('hex'), hex);
  });
}

const v2 = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
const accepts: { accept: string | undefined; aggregates: boolean; form: string | undefined }[] = [
  { accept: undefined, aggregates: true, form: 'json' },
  { accept: v2, aggregates: true, form: 'aggregated' },
  { accept: v2, aggregates: false, form: undefined },
  { accept: `${v2},application/json`, aggregates: false, form: 'json' },
  { accept: v2.replace('v2;', 'v2beta1;'), aggregates: true, form: undefined },
  { accept: `${v2.replace('v2;', 'v9;')},application/json`, aggregates: true, form: 'json' },
  { accept: 'application/yaml', aggregates: true, form: 'yaml' },
  {
    accept: 'application/vnd.kubernetes.protobuf,application/json',
    aggregates: false,
    form: 'protobuf',
  },
  { accept: '*/*', aggregates: true, form: 'json' },
  { accept: 'text/html', aggregates: true, form: undefined },
];
describe('accepting', () => {
  for (const { accept, aggregates, form } of accepts) {
    test(`${accept} ${aggregates ? 'where aggregated' : ''}`, () =>
      assert.equal(chooseForm(accept, aggregates), form));
  }
});
