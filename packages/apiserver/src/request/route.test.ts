import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRequestInfo } from './route.ts';

/** What a request means, as `verb group/version namespace resource/subresource name rest`; `-` for nothing. */
const cases: readonly { readonly request: string; readonly means: string }[] = [
  { request: 'GET /api/v1/pods', means: 'list /v1 - pods -' },
  { request: 'GET /api/v1/pods?watch=1', means: 'watch /v1 - pods -' },
  { request: 'GET /api/v1/pods?watch', means: 'watch /v1 - pods -' },
  { request: 'GET /api/v1/pods?watch=false', means: 'list /v1 - pods -' },
  { request: 'GET /api/v1/namespaces/a/pods', means: 'list /v1 a pods -' },
  { request: 'GET /api/v1/namespaces/a/pods/', means: 'list /v1 a pods -' },
  { request: 'GET /api/v1/namespaces/a/pods/p', means: 'get /v1 a pods p' },
  { request: 'GET /api/v1/namespaces/a/pods/p?watch=1', means: 'get /v1 a pods p' },
  { request: 'GET /api/v1/watch/namespaces/a/pods/p', means: 'watch /v1 a pods p' },
  { request: 'GET /api/v1/watch/pods', means: 'watch /v1 - pods -' },
  { request: 'POST /api/v1/watch/pods', means: 'watch /v1 - pods -' },
  { request: 'POST /api/v1/namespaces/a/pods', means: 'create /v1 a pods -' },
  { request: 'PUT /api/v1/namespaces/a/pods/p/status', means: 'update /v1 a pods/status p' },
  { request: 'PATCH /api/v1/namespaces/a/pods/p', means: 'patch /v1 a pods p' },
  { request: 'DELETE /api/v1/namespaces/a/pods/p', means: 'delete /v1 a pods p' },
  { request: 'DELETE /api/v1/namespaces/a/pods', means: 'deletecollection /v1 a pods -' },
  { request: 'GET /api/v1/namespaces', means: 'list /v1 - namespaces -' },
  { request: 'GET /api/v1/namespaces/a', means: 'get /v1 a namespaces a' },
  { request: 'PUT /api/v1/namespaces/a/finalize', means: 'update /v1 a namespaces/finalize a' },
  { request: 'GET /apis/apps/v1/namespaces/a/deployments', means: 'list apps/v1 a deployments -' },
  {
    request: 'GET /api/v1/pods?fieldSelector=metadata.name%3Dp',
    means: 'list /v1 - pods p',
  },
  {
    request: 'GET /api/v1/pods?fieldSelector=metadata.name%3Dq%2Cmetadata.name%3Dp',
    means: 'list /v1 - pods p',
  },
  { request: 'GET /api/v1/pods?fieldSelector=metadata.name!%3Dp', means: 'list /v1 - pods -' },
  { request: 'GET /api/v1/pods?fieldSelector=metadata.name%3Da%252Fb', means: 'list /v1 - pods -' },
  { request: 'GET /api/v1/pods?fieldSelector=metadata.name%3Dp%2Cx', means: 'list /v1 - pods -' },
  {
    request: 'GET /api/v1/namespaces/a/services/s/proxy/x/y',
    means: 'get /v1 a services/proxy s x/y',
  },
  { request: 'GET /api/v1', means: 'get path' },
  { request: 'GET /apis/apps/v1', means: 'get path' },
  { request: 'GET /apis', means: 'get path' },
  { request: 'POST /version', means: 'post path' },
  { request: 'GET /', means: 'get path' },
];

for (const { request, means } of cases) {
  test(`${request} means ${means}`, () => {
    const [method = '', url = ''] = request.split(' ');
    const [path = '', query = ''] = url.split('?');
    const info = parseRequestInfo(method, path, query);
    const { verb, group, version, namespace, resource, subresource, name, rest } = info;
    if (!info.isResource) {
      assert.equal(`${verb} path`, means);
      return;
    }
    const what = subresource === '' ? resource : `${resource}/${subresource}`;
    const parts = [verb, `${group}/${version}`, namespace || '-', what, name || '-', rest];
    assert.equal(parts.filter((part) => part !== undefined).join(' '), means);
  });
}
