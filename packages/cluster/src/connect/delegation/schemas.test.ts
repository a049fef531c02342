/** What is kept of what servers say, and what of it is shown. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { APIService } from '@navarch/api/types/apiregistration/v1';
import { type Answer, type Ask, type Delegated, SchemasOfOthers } from './schemas.ts';

function delegated(name: string, groupPriority = 100, uid = `uid of ${name}`): Delegated {
  const [version = '', ...rest] = name.split('.');
  const group = rest.join('.');
  const spec = { group, version, groupPriorityMinimum: groupPriority, versionPriority: 1 };
  const service = { namespace: 'ns', name: 'server' };
  const source: APIService = { metadata: { name, uid }, spec: { ...spec, service } };
  const priority = { group: groupPriority, version: 1 };
  return { source, version: { group, version, priority, isAvailable: true, resources: [] } };
}

interface Served {
  readonly v2?: object;
  readonly v3?: readonly string[];
  readonly etag?: string;
}

/** A server that has these documents, and what it was asked. */
function serverOf({ v2, v3, etag }: Served): Ask & { readonly asked: string[] } {
  const asked: string[] = [];
  const ask: Ask = async (path, headers) => {
    const known = headers['if-none-match'];
    asked.push(known === undefined ? path : `${path} ${known}`);
    if (path === '/openapi/v2') {
      if (v2 === undefined) return answer(404);
      if (known !== undefined && known === etag) return answer(304);
      return answer(200, v2, etag === undefined ? {} : { etag });
    }
    if (v3 === undefined) return answer(404);
    const urls = v3.map((each) => [each, { serverRelativeURL: `/openapi/v3/${each}?hash=1` }]);
    return answer(200, { paths: Object.fromEntries(urls) });
  };
  return Object.assign(ask, { asked });
}

function answer(status: number, value: object = {}, headers: Answer['headers'] = {}): Answer {
  return { status, headers, body: new TextEncoder().encode(JSON.stringify(value)) };
}

const nobody = (): boolean => false;

test('a document is filtered to the version, and not made again while its server says the same', async () => {
  const schemas = new SchemasOfOthers();
  const one = delegated('v1.g.example.com');
  const paths = { '/apis/g.example.com/v1/x': {}, '/apis/g.example.com/v2/x': {}, '/api/v1': {} };
  const server = serverOf({ v2: { paths }, etag: '"1"' });
  assert.equal(await schemas.refresh(one.source, server), 'told');
  const { changes } = schemas;
  const [document] = schemas.all([one], nobody).v2;
  assert.deepEqual(document?.read(), {
    paths: { '/apis/g.example.com/v1/x': {} },
    definitions: {},
  });
  await schemas.refresh(one.source, server);
  assert.deepEqual(server.asked.slice(2), ['/openapi/v3', '/openapi/v2 "1"']);
  assert.equal(schemas.changes, changes);
  const other = serverOf({ v2: { paths, more: true } });
  await schemas.refresh(one.source, other);
  assert.notEqual(schemas.all([one], nobody).v2[0]?.tag, document?.tag);
});

test('what a server said stays while it fails, and goes with its API service', async () => {
  const schemas = new SchemasOfOthers();
  const one = delegated('v1.g.example.com');
  const v3 = ['apis/g.example.com/v1'];
  await schemas.refresh(one.source, serverOf({ v2: { paths: {} }, v3 }));
  await assert.rejects(schemas.refresh(one.source, () => Promise.reject(new Error('away'))));
  await assert.rejects(
    schemas.refresh(one.source, () => Promise.resolve(answer(503))),
    /503/,
  );
  const shown = schemas.all([one], nobody);
  assert.deepEqual([shown.v2.length, [...shown.v3.keys()]], [1, v3]);
  schemas.retainOnly([delegated('v1.g.example.com', 100, 'another').source]);
  assert.deepEqual(schemas.all([one], nobody), { v2: [], v3: new Map() });
});

test('one document counts although the other cannot be had', async () => {
  const schemas = new SchemasOfOthers();
  const one = delegated('v1.g.example.com');
  const server = serverOf({ v3: ['apis/g.example.com/v1'] });
  const broken: Ask = (path, headers) =>
    path === '/openapi/v2' ? Promise.reject(new Error('cut off')) : server(path, headers);
  await assert.rejects(schemas.refresh(one.source, broken), /cut off/);
  assert.equal(schemas.all([one], nobody).v3.size, 1);
});

test('a server that has only version 2 is shown in version 3 by that', async () => {
  const schemas = new SchemasOfOthers();
  const one = delegated('v1.g.example.com');
  const paths = { '/apis/g.example.com/v1/x': {} };
  await schemas.refresh(one.source, serverOf({ v2: { paths }, etag: '"1"' }));
  const shown = schemas.all([one], nobody).v3.get('apis/g.example.com/v1');
  assert.equal(shown?.kind, 'converted');
  await schemas.refresh(one.source, serverOf({ v2: { paths }, v3: ['apis/g.example.com/v1'] }));
  const later = schemas.all([one], nobody).v3.get('apis/g.example.com/v1');
  assert.equal(later?.kind, 'elsewhere');
});

test('a server without documents is not asked again', async () => {
  const schemas = new SchemasOfOthers();
  const { source } = delegated('v1.g.example.com');
  assert.equal(await schemas.refresh(source, serverOf({})), 'none');
});

const paths: readonly {
  readonly name: string;
  readonly path: string;
  readonly registered?: string;
  readonly shown: boolean;
}[] = [
  { name: 'its version', path: 'apis/g.example.com/v1', shown: true },
  { name: 'its group', path: 'apis/g.example.com', shown: true },
  { name: 'another version that nobody serves', path: 'apis/g.example.com/v2', shown: true },
  {
    name: 'another version that somebody serves',
    path: 'apis/g.example.com/v2',
    registered: 'v2.g.example.com',
    shown: false,
  },
  { name: 'another group', path: 'apis/apps/v1', shown: false },
  { name: 'what each server has', path: 'version', shown: false },
];

for (const { name, path, registered, shown } of paths) {
  test(`the index shows ${name}: ${shown ? 'yes' : 'no'}`, async () => {
    const schemas = new SchemasOfOthers();
    const one = delegated('v1.g.example.com');
    await schemas.refresh(one.source, serverOf({ v3: [path] }));
    const { v3 } = schemas.all([one], (group, version) => `${version}.${group}` === registered);
    assert.equal(v3.has(path), shown);
  });
}

test('groups come by their priority, versions by their names', async () => {
  const schemas = new SchemasOfOthers();
  const all = [
    delegated('v1.low.example.com', 10),
    delegated('v2.high.example.com', 5),
    delegated('v1.high.example.com', 20),
  ];
  for (const { source } of all) await schemas.refresh(source, serverOf({ v2: {} }));
  assert.deepEqual(
    schemas.all(all, nobody).v2.map(({ tag }) => /uid of (v\d\.\w+)/.exec(tag)?.[1]),
    ['v1.high', 'v2.high', 'v1.low'],
  );
});
