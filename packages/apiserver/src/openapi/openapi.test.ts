/** Documents are made once, found by hash, and not sent to who has them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PathRoutes } from '../http/path-routes.ts';
import type { ApiRequest, ApiResponse } from '../request/request.ts';
import { OpenApi } from './openapi.ts';

function setUp() {
  const made: string[] = [];
  let fingerprint = 'a';
  const make = (name: string): Promise<object> => {
    made.push(name);
    return Promise.resolve({ name });
  };
  const openApi = new OpenApi({
    fingerprint: () => fingerprint,
    v2: () => make('v2'),
    v3Paths: () => ['api/v1', 'apis/apps/v1'],
    v3: make,
  });
  const routes = new PathRoutes(openApi.routes());
  const get = async (url: string, headers: Record<string, string> = {}): Promise<ApiResponse> => {
    const [path = '', query = ''] = url.split('?');
    return routes.answer({
      path,
      request: { method: 'GET', query, headers } as unknown as ApiRequest,
    });
  };
  return { made, get, change: () => void (fingerprint = 'b') };
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
