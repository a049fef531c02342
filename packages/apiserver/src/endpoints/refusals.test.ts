/** What a client is told that asks for something odd. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { startTestRegistry, type TestAnswer } from '../testing.ts';

const maps = '/api/v1/namespaces/d/configmaps';
const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
const metadata = (more: object): object => ({ ...map, metadata: { ...map.metadata, ...more } });
const token = (start: string): string =>
  Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: 1, start })).toString('base64url');
const available = 'application/json, application/yaml, application/vnd.kubernetes.protobuf';
const streams = 'application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch';
const notRegistered = (kind: string, version: string): string =>
  `no kind "${kind}" is registered for version "${version}" in scheme "k8s.io/apimachinery/pkg/apis/meta/internalversion/scheme/register.go:27"`;

interface Case {
  readonly name: string;
  /** Method and path below the config maps. */
  readonly asks: string;
  readonly accept?: string;
  readonly type?: string;
  readonly body?: unknown;
  readonly status: number;
  /** Undefined when it is no error. */
  readonly message?: string;
}

const reads: readonly Case[] = [
  {
    name: 'a name that leads up',
    asks: 'GET /..',
    status: 400,
    message: `Name parameter invalid: "..": may not be '..'`,
  },
  {
    name: 'an export',
    asks: 'GET /there?export=true',
    status: 400,
    message: 'the export parameter, deprecated since v1.14, is no longer supported',
  },
  { name: 'no export', asks: 'GET /there?export=false', status: 200 },
  {
    name: 'one object at no version',
    asks: 'GET /there?resourceVersion=x',
    status: 500,
    message: 'resourceVersion: Invalid value: "x": strconv.ParseUint: parsing "x": invalid syntax',
  },
  {
    name: 'a list at no version',
    asks: 'GET ?resourceVersion=x',
    status: 400,
    message:
      'invalid resource version: resourceVersion: Invalid value: "x": strconv.ParseUint: parsing "x": invalid syntax',
  },
  {
    name: 'two numbers that are none: the first field of the options',
    asks: 'GET ?limit=x&timeoutSeconds=y',
    status: 400,
    message: 'strconv.ParseInt: parsing "y": invalid syntax',
  },
  {
    name: 'a field that is not offered, and options that contradict each other',
    asks: 'GET ?fieldSelector=spec.x%3Dy&resourceVersionMatch=Exact',
    status: 422,
    message:
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
  },
  {
    name: 'a selector that cannot be read comes before that',
    asks: 'GET ?labelSelector=!!&resourceVersionMatch=Exact',
    status: 400,
    message: "unable to parse requirement: found '!', expected: identifier",
  },
  {
    name: 'a watch that begins with what there is, and a token',
    asks: 'GET ?watch=1&continue=x',
    status: 422,
    message:
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden when continue is provided',
  },
  {
    name: 'a token that is none, and a version',
    asks: 'GET ?continue=!&resourceVersion=5',
    status: 400,
    message:
      'invalid continue token: continue key is not valid: illegal base64 data at input byte 0',
  },
  {
    name: 'one object by its name has no pages',
    asks: 'GET ?fieldSelector=metadata.name%3Da&continue=x',
    status: 200,
  },
  {
    name: 'a name that is not asked for exactly has',
    asks: `GET ?fieldSelector=metadata.name!%3Da&continue=${token('../x')}`,
    status: 400,
    message: 'invalid continue token: continue key is not valid: ../x',
  },
];

const forms: readonly Case[] = [
  {
    name: 'text',
    asks: 'GET /there',
    accept: 'text/plain',
    status: 406,
    message: `406: Not Acceptable\n\nAvailable representations: ${available}`,
  },
  {
    name: 'any application, which the router does not know',
    asks: 'GET ',
    accept: 'application/*',
    status: 406,
    message: `406: Not Acceptable\n\nAvailable representations: ${available}, ${streams}`,
  },
  {
    name: 'text, of a write without a body',
    asks: 'POST ',
    accept: 'text/plain',
    status: 415,
    message: `415: Unsupported Media Type\n\nAvailable representations: ${available}`,
  },
  { name: 'text or anything', asks: 'GET /there', accept: 'text/plain, */*;q=0.1', status: 200 },
  {
    name: 'a watch in YAML',
    asks: 'GET ?watch=1',
    accept: 'application/yaml, application/json',
    status: 406,
    message: `only the following media types are accepted: ${streams}`,
  },
];

const writes: readonly Case[] = [
  {
    name: 'a name that is none: PATCH /a%25b',
    asks: 'PATCH /a%25b',
    type: 'application/merge-patch+json',
    body: {},
    status: 400,
    message: `Name parameter invalid: "a%b": may not contain '%'`,
  },
  {
    name: 'a name that is none: DELETE /a%25b',
    asks: 'DELETE /a%25b',
    status: 400,
    message: `Name parameter invalid: "a%b": may not contain '%'`,
  },
  {
    name: 'a name that is none: GET /a%25b',
    asks: 'GET /a%25b',
    status: 400,
    message: `Name parameter invalid: "a%b": may not contain '%'`,
  },
  {
    name: 'a body of another type, before bad options',
    asks: 'POST ?dryRun=x',
    type: 'text/plain',
    body: map,
    status: 415,
    message: `the body of the request was in an unknown format - accepted media types include: ${available}`,
  },
  {
    name: 'another namespace, before another name',
    asks: 'PUT /b',
    body: metadata({ namespace: 'e' }),
    status: 400,
    message:
      'the namespace of the provided object does not match the namespace sent on the request',
  },
  {
    name: 'the same of a patch',
    asks: 'PATCH /there',
    type: 'application/merge-patch+json',
    body: { metadata: { name: 'other', namespace: 'e' } },
    status: 400,
    message:
      'the namespace of the provided object does not match the namespace sent on the request',
  },
  {
    name: 'a key twice in a configuration that cannot be applied',
    asks: 'PATCH /there?fieldManager=m&fieldValidation=Strict',
    type: 'application/apply-patch+yaml',
    body: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: there}\nx: 1\ndata: {k: v, k: w}\n',
    status: 500,
    message:
      'failed to create typed patch object (/there; /v1, Kind=ConfigMap): .x: field not declared in schema',
  },
  {
    name: 'a key twice in one that can',
    asks: 'PATCH /there?fieldManager=m&fieldValidation=Strict',
    type: 'application/apply-patch+yaml',
    body: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: there}\ndata: {k: v, k: w}\n',
    status: 400,
    message:
      'error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  line 4: key "k" already set in map',
  },
  {
    name: 'delete options of another kind',
    asks: 'DELETE /none',
    body: map,
    status: 400,
    message: notRegistered('ConfigMap', 'v1'),
  },
  {
    name: 'delete options of another kind without a version',
    asks: 'DELETE /none',
    body: { kind: 'Eviction' },
    status: 400,
    message: notRegistered('Eviction', 'meta.k8s.io/v1'),
  },
  {
    name: 'delete options of a kind that all versions have',
    asks: 'DELETE /none',
    body: { kind: 'Status', apiVersion: 'v1' },
    status: 400,
    message: 'converting (v1.Status) to (v1.DeleteOptions): unknown conversion',
  },
  {
    name: 'delete options of any version',
    asks: 'DELETE /none',
    body: { kind: 'DeleteOptions', apiVersion: 'x/v9' },
    status: 404,
    message: 'configmaps "none" not found',
  },
  {
    name: 'delete options of a version that is none',
    asks: 'DELETE /none',
    body: { kind: 'DeleteOptions', apiVersion: 'a/b/c' },
    status: 400,
    message: 'unexpected GroupVersion string: a/b/c',
  },
  {
    name: 'delete options with a wrong value',
    asks: 'DELETE /none',
    body: { gracePeriodSeconds: 'x' },
    status: 400,
    message:
      'json: cannot unmarshal string into Go struct field DeleteOptions.gracePeriodSeconds of type int64',
  },
  {
    name: 'no collection is deleted by what is wrong with both kinds of options',
    asks: 'DELETE ?limit=x&dryRun=y',
    status: 400,
    message: 'strconv.ParseInt: parsing "x": invalid syntax',
  },
];

/** An error is told in YAML to whoever likes that best. */
function messageOf({ status, json, text }: TestAnswer): unknown {
  if (status < 400) return undefined;
  return json ? json['message'] : /^message: '([^']*)'$/m.exec(text)?.[1]?.replaceAll(/\s+/g, ' ');
}

describe('what is refused', async () => {
  const registry = await startTestRegistry();
  after(() => registry.stop());
  await registry.send('POST', maps, { body: metadata({ name: 'there' }) });

  for (const { name, asks, accept, type, body, status, message } of [
    ...reads,
    ...forms,
    ...writes,
  ]) {
    test(name, async () => {
      const [method = '', rest = ''] = asks.split(' ');
      const headers = {
        ...(accept !== undefined && { accept }),
        ...(body !== undefined && { 'content-type': type ?? 'application/json' }),
      };
      const answer = await registry.send(method, `${maps}${rest}`, { headers, body });
      assert.deepEqual([answer.status, messageOf(answer)], [status, message]);
    });
  }

  test('nobody owns what only the server says', async () => {
    const deletion = { deletionTimestamp: '2020-01-01T00:00:00Z', deletionGracePeriodSeconds: 5 };
    const answer = await registry.send('POST', `${maps}?dryRun=All`, { body: metadata(deletion) });
    assert.equal(answer.status, 201);
    assert.equal(answer.text.includes('deletion'), false);
  });

  const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'o', uid: 'u' };
  const owned = metadata({ ownerReferences: [owner, owner, owner] });
  const warned = (when: string): string =>
    `299 - ".metadata.ownerReferences contains duplicate entries${when}; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: u, u"`;
  const repeats: readonly (readonly [asks: string, type: string, body: object, when: string])[] = [
    ['POST ?dryRun=All', 'application/json', owned, ''],
    [
      'PATCH /there?dryRun=All',
      'application/json-patch+json',
      [{ op: 'add', path: '/metadata/ownerReferences', value: [owner, owner, owner] }],
      ' after mutating admission happens',
    ],
  ];
  for (const [asks, type, body, when] of repeats) {
    test(`owners named three times: ${asks}`, async () => {
      const [method = '', rest = ''] = asks.split(' ');
      const headers = { 'content-type': type };
      const answer = await registry.send(method, `${maps}${rest}`, { headers, body });
      assert.equal(answer.headers['warning'], warned(when));
    });
  }

  for (const [query, accept, lines] of [
    ['?pretty=true', '', true],
    ['?pretty=T', '', true],
    ['?pretty=yes', '', false],
    ['?pretty=tRUE', '', false],
    ['', 'application/json;pretty=1', true],
    ['?pretty=false', 'application/json;pretty=1', true],
    ['', 'application/json;pretty=true', false],
  ] as const) {
    test(`line breaks: ${query} ${accept}`, async () => {
      const answer = await registry.send('GET', `${maps}/none${query}`, { headers: { accept } });
      assert.equal(answer.text.includes('\n  "kind"'), lines);
    });
  }
});
