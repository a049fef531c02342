/** Turns: a limit for each class, none for what lasts and for masters. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRequestInfo } from '../request/route.ts';
import { FlowControl } from './flow-control.ts';

const ann = { username: 'ann', groups: [] };
const get = parseRequestInfo('GET', '/api/v1/namespaces/d/pods/p', '');
const post = parseRequestInfo('POST', '/api/v1/namespaces/d/pods', '');

test('what does not fit comes again; what ends makes room, once', () => {
  const flow = new FlowControl({ mutatingMax: 1, readingMax: 2 });
  const first = flow.begin(ann, post);
  assert.ok(first);
  assert.equal(flow.begin(ann, post), undefined);
  assert.ok(flow.begin(ann, get));
  first();
  first();
  assert.equal(flow.running('mutating'), 0);
  assert.ok(flow.begin(ann, post));
});

test('what lasts does not count, and neither do masters', () => {
  const flow = new FlowControl({ mutatingMax: 0, readingMax: 0 });
  assert.ok(flow.begin(ann, parseRequestInfo('GET', '/api/v1/pods', 'watch=1')));
  assert.ok(flow.begin(ann, parseRequestInfo('POST', '/api/v1/namespaces/d/pods/p/exec', '')));
  assert.ok(flow.begin({ username: 'x', groups: ['system:masters'] }, post));
  assert.equal(flow.begin(ann, get), undefined);
});
