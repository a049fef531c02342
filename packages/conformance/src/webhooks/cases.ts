/** How the webhook of the tests answers, and what clients are told of answers that refuse or are none. */
import { type Behaviour, patchOf } from './webhook-server.ts';

const allow: Behaviour = () => ({ response: { allowed: true } });
const deny =
  (status: object): Behaviour =>
  () => ({ response: { allowed: false, status } });

export const behaviours: Readonly<Record<string, Behaviour>> = {
  '/allow': allow,
  '/see': allow,
  '/service': deny({ message: 'by service' }),
  '/deny': deny({ message: 'not today' }),
  '/deny-reason': deny({ reason: 'Forbidden', code: 403 }),
  '/deny-silently': () => ({ response: { allowed: false } }),
  '/deny-with-success': deny({ status: 'Success', code: 200, message: 'odd' }),
  '/warn': () => ({ response: { allowed: true, warnings: ['think twice'] } }),
  '/hang': () => 'never',
  '/other-uid': () => ({ response: { uid: 'other', allowed: true } }),
  '/no-response': () => ({ status: 200, body: '{"kind":"AdmissionReview"}' }),
  '/no-kind': ({ request }) => ({
    status: 200,
    body: JSON.stringify({ response: { uid: request.uid, allowed: true } }),
  }),
  '/empty': () => ({ status: 200, body: '' }),
  '/missing': () => ({ status: 404, body: 'nothing here' }),
  '/broken': () => ({ status: 500, body: 'out of order' }),
  '/patch-only': () => ({ response: { allowed: true, patch: 'W10=' } }),
  '/label': () => ({
    response: patchOf({ op: 'add', path: '/metadata/labels', value: { from: 'webhook' } }),
  }),
  '/bad-path': () => ({ response: patchOf({ op: 'add', path: '/a/b/c', value: 1 }) }),
  '/bad-test': () => ({ response: patchOf({ op: 'test', path: '/kind', value: 'X' }) }),
  '/no-patch-type': () => ({ response: { ...patchOf({}), patchType: undefined } }),
  '/container': () => ({
    response: patchOf({
      op: 'add',
      path: '/template/spec/containers/-',
      value: { name: 'sidecar', image: 'sidecar' },
    }),
  }),
  '/pod-container': () => ({
    response: patchOf({
      op: 'add',
      path: '/spec/containers/-',
      value: { name: 'sidecar', image: 'sidecar' },
    }),
  }),
  '/move': () => ({
    response: patchOf({ op: 'replace', path: '/metadata/namespace', value: 'kube-system' }),
  }),
  '/owners': () => {
    const owner = { apiVersion: 'v1', kind: 'Node', name: 'n', uid: 'u-1' };
    return {
      response: patchOf({ op: 'add', path: '/metadata/ownerReferences', value: [owner, owner] }),
    };
  },
  '/count': ({ request }) => ({
    response: patchOf({
      op: 'add',
      path: '/metadata/annotations',
      value: { seen: String(countOf(request.object) + 1) },
    }),
  }),
};

function countOf(object: unknown): number {
  const { metadata } = object as { metadata: { annotations?: Record<string, string> } };
  return Number(metadata.annotations?.['seen'] ?? 0);
}

const call = 'Internal error occurred: failed calling webhook "x0.example.com": ';
const invalid = `${call}received invalid webhook response: `;

export const refusals: readonly {
  readonly path: string;
  readonly kind?: 'Validating' | 'Mutating';
  readonly message: string;
}[] = [
  { path: '/deny', message: 'admission webhook "x0.example.com" denied the request: not today' },
  {
    path: '/deny',
    kind: 'Mutating',
    message: 'admission webhook "x0.example.com" denied the request: not today',
  },
  {
    path: '/deny-reason',
    message: 'admission webhook "x0.example.com" denied the request: Forbidden',
  },
  {
    path: '/deny-silently',
    message: 'admission webhook "x0.example.com" denied the request without explanation',
  },
  {
    path: '/deny-with-success',
    message: 'admission webhook "x0.example.com" denied the request: odd',
  },
  { path: '/other-uid', message: `${invalid}expected response.uid="U", got "other"` },
  { path: '/no-response', message: `${invalid}webhook response was absent` },
  {
    path: '/no-kind',
    message: `${invalid}expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got /, Kind=`,
  },
  {
    path: '/empty',
    message: `${call}failed to call webhook: 0-length response with status code: 200 and content type: text/plain`,
  },
  {
    path: '/missing',
    message: `${call}failed to call webhook: the server could not find the requested resource`,
  },
  {
    path: '/broken',
    message: `${call}failed to call webhook: an error on the server ("out of order") has prevented the request from succeeding`,
  },
  { path: '/patch-only', message: `${invalid}validating webhook may not return response.patch` },
  {
    path: '/no-patch-type',
    kind: 'Mutating',
    message: `${invalid}webhook returned response.patch but not response.patchType`,
  },
  {
    path: '/bad-path',
    kind: 'Mutating',
    message:
      'Internal error occurred: add operation does not apply: doc is missing path: "/a/b/c": missing value',
  },
  {
    path: '/move',
    kind: 'Mutating',
    message:
      'the namespace of the provided object does not match the namespace sent on the request',
  },
  {
    path: '/bad-test',
    kind: 'Mutating',
    message: 'Internal error occurred: testing value /kind failed: test failed',
  },
];

const denied = 'admission webhook "x0.example.com" denied the request: not today';

/** Of the webhook that denies everything it is asked about. */
export const conditions: readonly { readonly expression: string; readonly outcome: string }[] = [
  { expression: "object.data.a == 'b'", outcome: denied },
  { expression: "object.data.a == 'c'", outcome: 'created' },
  { expression: "request.operation == 'CREATE'", outcome: denied },
  { expression: "request.userInfo.username.startsWith('nobody')", outcome: 'created' },
  { expression: 'oldObject == null', outcome: denied },
  {
    expression:
      "authorizer.group('').resource('secrets').namespace('default').check('get').allowed()",
    outcome: denied,
  },
  {
    expression: "object.spec.a == 'b'",
    outcome:
      "configmaps \"c-x\" is forbidden: expression 'object.spec.a == 'b'' resulted in error: no such key: spec",
  },
];
