import assert from 'node:assert/strict';
import { test } from 'node:test';
import { required } from './field-error.ts';
import * as status from './status.ts';

const pods = { group: '', resource: 'pods' };
const leases = { group: 'coordination.k8s.io', resource: 'leases' };

const cases: [status.StatusError, number, string, string, string][] = [
  [status.notFound(pods, 'a'), 404, 'NotFound', 'pods "a" not found', '{"name":"a","kind":"pods"}'],
  [
    status.alreadyExists(leases, 'a'),
    409,
    'AlreadyExists',
    'leases.coordination.k8s.io "a" already exists',
    '{"name":"a","group":"coordination.k8s.io","kind":"leases"}',
  ],
  [status.forbidden(pods, '', 'no'), 403, 'Forbidden', 'pods is forbidden: no', '{"kind":"pods"}'],
  [
    status.forbidden({ group: '', resource: '' }, '', 'User "a"'),
    403,
    'Forbidden',
    'forbidden: User "a"',
    '{}',
  ],
  [
    status.invalid({ group: '', kind: 'ConfigMap' }, '', [required('metadata.name')]),
    422,
    'Invalid',
    'ConfigMap "" is invalid: metadata.name: Required value',
    '{"kind":"ConfigMap","causes":[{"reason":"FieldValueRequired","message":"Required value","field":"metadata.name"}]}',
  ],
  [
    status.methodNotSupported(pods, 'watch'),
    405,
    'MethodNotAllowed',
    'watch is not supported on resources of kind "pods"',
    '{"kind":"pods"}',
  ],
  [
    status.genericServerResponse({ code: 404 }),
    404,
    'NotFound',
    'the server could not find the requested resource',
    '{}',
  ],
  [
    status.genericServerResponse({ code: 422, verb: 'PATCH', resource: pods, name: 'x' }),
    422,
    'Invalid',
    'the server rejected our request due to an error in our request (patch pods x)',
    '{"name":"x","kind":"pods"}',
  ],
  [
    status.internalError(new Error('boom')),
    500,
    'InternalError',
    'Internal error occurred: boom',
    '{"causes":[{"message":"boom"}]}',
  ],
];

test('each failure has its code, reason, message and details', () => {
  for (const [error, code, reason, message, details] of cases) {
    assert.equal(error.code, code);
    assert.equal(error.reason, reason);
    assert.equal(error.message, message);
    assert.equal(JSON.stringify(error.status.details), details);
  }
});

test('empty parts are left out and members keep wire order', () => {
  const text = JSON.stringify(status.unknownReason('x').status);
  const expected =
    '{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"x","code":500}';
  assert.equal(text, expected);
});
