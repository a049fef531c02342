import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createChain, type Stage } from './chain.ts';
import { requestOrder } from './request-order.ts';
import type { ApiRequest, ApiResponse } from './request.ts';

const answer: ApiResponse = { status: 200, headers: {}, body: { kind: 'none' } };
const request: ApiRequest = {
  method: 'GET',
  path: '/api/v1/namespaces/a/configmaps/x%2Fy',
  query: '',
  headers: {},
  body: { value: undefined },
  identity: { certificate: undefined },
  remoteAddress: '',
  signal: new AbortController().signal,
};

test('stages run in the order that is written down', async () => {
  const seen: string[] = [];
  const stage =
    (name: string): Stage =>
    (state, next) => {
      seen.push(name);
      return next(state);
    };
  const [...names] = requestOrder.filter((name) => name !== 'dispatch');
  const stages = Object.fromEntries(names.toReversed().map((name) => [name, stage(name)]));
  const dispatch = (): Promise<ApiResponse> => {
    seen.push('dispatch');
    return Promise.resolve(answer);
  };
  await createChain({ ...stages, dispatch })(request);
  assert.deepEqual(seen, [...requestOrder]);
});

test('a stage that answers keeps those behind it from running', async () => {
  const refused = { ...answer, status: 403 };
  const chain = createChain({
    authorize: () => Promise.resolve(refused),
    dispatch: () => Promise.reject(new Error('not reached')),
  });
  assert.equal((await chain(request)).status, 403);
});

test('the path is decoded before it is taken apart', async () => {
  let subresource = '';
  const chain = createChain({
    dispatch: ({ info }) => {
      ({ subresource } = info);
      return Promise.resolve(answer);
    },
  });
  await chain(request);
  assert.equal(subresource, 'y', 'an escaped slash separates as any other');
});
