/** Documents are made once, found by hash, and not sent to who has them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PathRoutes } from '../http/path-routes.ts';
import type { ApiRequest, ApiResponse } from '../request/request.ts';
import type { DelegatedSchemas, DelegatedVersion } from '../aggregation/delegation.ts';
import type { Json } from './merge.ts';
import { OpenApi } from './openapi.ts';

const ours: Json = { paths: { '/api/v1/pods': {} }, definitions: {} };
const theirs: Json = { paths: { '/apis/other.example.com/v1/things': {} }, definitions: {} };
const other: DelegatedVersion = {
  group: 'other.example.com',
  version: 'v1',
  priority: { group: 1, version: 1 },
  isAvailable: true,
  resources: [],
};

function setUp() {
  const made: string[] = [];
  const left: string[] = [];
  let fingerprint = 'a';
  const make = (name: string): Promise<Json> => {
    made.push(name);
    return Promise.resolve({ name, ...(name === 'v2' && ours) });
  };
  let delegated: DelegatedSchemas = { v2: [], v3: new Map() };
  const openApi = new OpenApi(
    {
      fingerprint: () => fingerprint,
      v2: () => make('v2'),
      v3Paths: () => ['api/v1', 'apis/apps/v1'],
      v3: make,
    },
    () => delegated,
    { warn: (_, fields) => void left.push(String(fields?.['document'])) },
  );
  const routes = new PathRoutes(openApi.routes());
  const get = async (url: string, headers: Record<string, string> = {}): Promise<ApiResponse> => {
    const [path = '', query = ''] = url.split('?');
    return routes.answer({
      path,
      request: { method: 'GET', query, headers } as unknown as ApiRequest,
    });
  };
  return {
    made,
    left,
    get,
    change: () => void (fingerprint = 'b'),
    delegate: (schemas: DelegatedSchemas) => void (delegated = schemas),
  };
}

function textOf({ body }: ApiResponse): string {
  return body.kind === 'bytes' ? new TextDecoder().decode(body.bytes) : '';
}

test('a document is made once, and again when what is served changed', async () => {
  const { made, get, change } = setUp();
  await Promise.all([get('/openapi/v2'), get('/openapi/v2')]);
  assert.deepEqual(made, ['v2']);
  change();
  await get('/openapi/v2');
  assert.deepEqual(made, ['v2', 'v2']);
});

test('the index leads to every document, which may be kept', async () => {
  const { get } = setUp();
  const { paths } = JSON.parse(textOf(await get('/openapi/v3'))) as {
    paths: Record<string, { serverRelativeURL: string }>;
  };
  assert.deepEqual(Object.keys(paths), ['api/v1', 'apis/apps/v1']);
  const url = paths['apis/apps/v1']?.serverRelativeURL ?? '';
  const answer = await get(url);
  assert.equal(textOf(answer), '{"name":"apis/apps/v1"}');
  assert.match(answer.headers['cache-control'] ?? '', /immutable/);
});

const cases: { url: string; headers?: Record<string, string>; status: number }[] = [
  { url: '/openapi/v3/apis/apps/v1?hash=OLD', status: 301 },
  { url: '/openapi/v3/apis/nope/v1', status: 404 },
  { url: '/openapi/v2', headers: { accept: 'text/html' }, status: 406 },
  { url: '/openapi/v2', headers: { accept: '*/*' }, status: 200 },
];
for (const { url, headers, status } of cases) {
  test(`${url} ${headers?.['accept'] ?? ''}`, async () => {
    assert.equal((await setUp().get(url, headers)).status, status);
  });
}

test('who has a document is told so', async () => {
  const { get } = setUp();
  const { headers } = await get('/openapi/v2');
  const again = await get('/openapi/v2', { 'if-none-match': headers['etag'] ?? '' });
  assert.equal(again.status, 304);
});

test('what other servers serve is in the index and in version 2, from then on', async () => {
  const { get, delegate } = setUp();
  const before = await get('/openapi/v2');
  delegate({
    v2: [{ tag: 'uid "1"', read: () => theirs }],
    v3: new Map([
      [
        'apis/other.example.com/v1',
        { kind: 'elsewhere', url: '/openapi/v3/apis/other.example.com/v1?hash=1', from: other },
      ],
      ['apis/apps/v1', { kind: 'elsewhere', url: '/not/ours', from: other }],
    ]),
  });
  const after = await get('/openapi/v2', { 'if-none-match': before.headers['etag'] ?? '' });
  assert.equal(after.status, 200);
  const { paths } = JSON.parse(textOf(after)) as { paths: object };
  assert.deepEqual(Object.keys(paths), ['/api/v1/pods', '/apis/other.example.com/v1/things']);
  const index = JSON.parse(textOf(await get('/openapi/v3'))) as {
    paths: Record<string, { serverRelativeURL: string }>;
  };
  assert.deepEqual(Object.keys(index.paths), [
    'api/v1',
    'apis/apps/v1',
    'apis/other.example.com/v1',
  ]);
  assert.notEqual(index.paths['apis/apps/v1']?.serverRelativeURL, '/not/ours');
  const again = await get('/openapi/v2', { 'if-none-match': after.headers['etag'] ?? '' });
  assert.equal(again.status, 304);
});

test('what another server has only in version 2 is converted, and made again when that changes', async () => {
  const { get, delegate } = setUp();
  const path = 'apis/other.example.com/v1';
  const shown = async (tag: string, read: () => Json): Promise<string> => {
    delegate({ v2: [], v3: new Map([[path, { kind: 'converted', tag, read }]]) });
    const index = JSON.parse(textOf(await get('/openapi/v3'))) as {
      paths: Record<string, { serverRelativeURL: string }>;
    };
    return textOf(await get(index.paths[path]?.serverRelativeURL ?? ''));
  };
  const first = JSON.parse(await shown('1', () => theirs)) as Json;
  assert.deepEqual(Object.keys(first), ['openapi', 'paths', 'components']);
  assert.deepEqual(Object.keys(first['paths'] as object), Object.keys(theirs['paths'] as object));
  assert.match(await shown('2', () => ({ ...theirs, info: { title: 'new' } })), /"title":"new"/);
});

test('a document of another server that cannot be read leaves the rest', async () => {
  const { get, delegate, left } = setUp();
  const broken = (): Json => {
    throw new RangeError('Maximum call stack size exceeded');
  };
  delegate({
    v2: [
      { tag: '1', read: broken },
      { tag: '2', read: () => theirs },
    ],
    v3: new Map(),
  });
  const { paths } = JSON.parse(textOf(await get('/openapi/v2'))) as { paths: object };
  assert.deepEqual(Object.keys(paths), ['/api/v1/pods', '/apis/other.example.com/v1/things']);
  await get('/openapi/v2');
  assert.deepEqual(left, ['1'], 'said once, not at every request');
});
