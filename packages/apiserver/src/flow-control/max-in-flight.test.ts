/** Turns: a limit for each class, none for what lasts and for masters. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UserInfo } from '@navarch/api/extension/context';
import { parseRequestInfo } from '../request/route.ts';
import { MaxInFlight } from './max-in-flight.ts';

const ann = { username: 'ann', groups: [] };
const signal = (): AbortSignal => assert.fail('nobody waits');
const waitMaxMs = (): number => assert.fail('nobody waits');
const get = parseRequestInfo('GET', '/api/v1/namespaces/d/pods/p', '');
const post = parseRequestInfo('POST', '/api/v1/namespaces/d/pods', '');

function starter(flow: MaxInFlight) {
  return (user: UserInfo, info: typeof get) => flow.begin({ user, info, signal, waitMaxMs });
}

test('what does not fit comes again; what ends makes room, once', () => {
  const flow = new MaxInFlight({ mutatingMax: 1, readingMax: 2, isFair: false });
  const begin = starter(flow);
  const first = begin(ann, post);
  assert.ok(first);
  assert.equal(begin(ann, post), undefined);
  assert.ok(begin(ann, get));
  first.release();
  first.release();
  assert.equal(flow.running('mutating'), 0);
  assert.ok(begin(ann, post));
});

test('what lasts does not count, and neither do masters', () => {
  const begin = starter(new MaxInFlight({ mutatingMax: 1, readingMax: 1, isFair: false }));
  assert.ok(begin(ann, parseRequestInfo('GET', '/api/v1/pods', 'watch=1')));
  assert.ok(begin(ann, parseRequestInfo('POST', '/api/v1/namespaces/d/pods/p/exec', '')));
  assert.ok(begin({ username: 'x', groups: ['system:masters'] }, post));
  assert.ok(begin(ann, get));
  assert.equal(begin(ann, get), undefined);
  assert.ok(begin(ann, post));
});

test('0 is no limit', () => {
  const begin = starter(new MaxInFlight({ mutatingMax: 1, readingMax: 0, isFair: false }));
  for (let i = 0; i < 1_000; i++) assert.ok(begin(ann, get));
  assert.ok(begin(ann, post));
  assert.equal(begin(ann, post), undefined);
});
