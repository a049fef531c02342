/** What an audit log says of requests, through the whole server. Texts are those of upstream's log. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import type { Authorizer } from '@navarch/api/extension/context';
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { createVirtualRuntime, type VirtualRuntime } from '@navarch/runtime/testing';
import { createMemoryStore } from '@navarch/store/memory';
import { startApiServer } from '../server.ts';
import { settled, testDefinitions } from '../testing.ts';
import type { ApiRequest } from '../request/request.ts';
import type { AuditOptions } from './auditor.ts';
import { createLogSink } from './log-sink.ts';
import type { Policy } from './policy.ts';

const readers: Authorizer = {
  authorize: ({ verb }) =>
    verb === 'get' || verb === 'list' || verb === 'watch'
      ? { decision: 'allow', reason: 'readers may read' }
      : { decision: 'noOpinion', reason: '' },
};

const annotating: AdmissionPlugin = {
  name: 'annotating',
  handles: () => true,
  validate: ({ name }, { annotate }) => {
    if (name === 'breaks') throw new TypeError('it broke');
    annotate?.('tests.navarch/seen', 'yes');
    annotate?.('tests.navarch/seen', 'again');
    annotate?.('no name', 'dropped');
    annotate?.('tests.navarch/patch', '[]', 'Request');
  },
};

/** Pods are to go away. */
function deprecated(definition: ResourceDefinition): ResourceDefinition {
  if (definition.plural !== 'pods') return definition;
  const deprecationWarning = 'v1 Pod is deprecated in v1.40+, unavailable in v1.50+';
  return { ...definition, deprecationWarning };
}

interface Sent {
  readonly method?: string;
  readonly url: string;
  readonly body?: unknown;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const stamp = /"(requestReceivedTimestamp|stageTimestamp)":"\d{4}-[^"]*\.\d{6}Z"/g;

function serverOptions(runtime: VirtualRuntime) {
  return {
    runtime,
    store: createMemoryStore(runtime),
    definitions: testDefinitions.map(deprecated),
    discoveryPriorities: {},
    admissionPlugins: [annotating],
    authorizers: [readers],
    tokenAuthFile: 'boss,admin,7,"system:masters"\nreader,ann,,"readers"\n',
    issuer: 'https://issuer.test',
    version: { major: '1', minor: '36', text: 'v1.36.2', platform: 'linux/amd64' },
    serviceClusterIpRanges: ['10.96.0.0/16'],
    serviceNodePortRange: { first: 30_000, last: 32_767 },
  };
}

/** The lines of the log for these requests, without times. */
async function logged(policy: Policy, sent: readonly Sent[]): Promise<readonly string[]> {
  const lines: string[] = [];
  const runtime = createVirtualRuntime();
  const server = await startApiServer({
    ...serverOptions(runtime),
    audit: { policy, sink: createLogSink('json', (line) => lines.push(line)) },
  });
  for (const each of sent) {
    const response = await settled(runtime, server.handle(request(each)));
    if (response.body.kind !== 'watch') continue;
    const watch = new AbortController();
    response.body.start({
      signal: watch.signal,
      write: () => undefined,
      end: () => undefined,
      bufferedBytes: () => 0,
    });
    watch.abort();
  }
  await server.stop();
  return lines.map((line) => line.replaceAll(stamp, '"$1":"T"').trimEnd());
}

function request({ method = 'GET', url, body, token = 'boss', headers }: Sent): ApiRequest {
  const [path = '', query = ''] = url.split('?');
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? '');
  return {
    method,
    path,
    query,
    headers: {
      'user-agent': 'test/1.0',
      ...(token !== '' && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: { bytes: () => Promise.resolve(Buffer.from(body === undefined ? '' : text)) },
    identity: { certificate: undefined },
    remoteAddress: '::ffff:10.0.0.9',
    auditId: 'id-1',
    signal: new AbortController().signal,
  };
}

const everything: Policy = { rules: [{ level: 'RequestResponse' }] };
const metadata: Policy = { rules: [{ level: 'Metadata' }], omitStages: ['RequestReceived'] };
const configMaps = '/api/v1/namespaces/d/configmaps';
const configMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c' },
  data: { a: '<&>' },
};

/** The beginning of events of the test's administrator. */
function start(level: string, stage: string, uri: string, verb: string): string {
  return `{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"${level}","auditID":"id-1","stage":"${stage}","requestURI":"${uri}","verb":"${verb}","user":{"username":"admin","uid":"7","groups":["system:masters","system:authenticated"]},"sourceIPs":["10.0.0.9"],"userAgent":"test/1.0",`;
}

const times = '"requestReceivedTimestamp":"T","stageTimestamp":"T"';
const allowed = '"authorization.k8s.io/decision":"allow","authorization.k8s.io/reason":""';

test('a create at the fullest level', async () => {
  const [received, completed, ...more] = await logged(everything, [
    { method: 'POST', url: `${configMaps}?fieldManager=me&x=1`, body: configMap },
  ]);
  assert.deepEqual(more, []);
  const uri = `${configMaps}?fieldManager=me\\u0026x=1`;
  const place = '"objectRef":{"resource":"configmaps","namespace":"d","apiVersion":"v1"}';
  const named =
    '"objectRef":{"resource":"configmaps","namespace":"d","name":"c","apiVersion":"v1"}';
  const before = start('RequestResponse', 'RequestReceived', uri, 'create');
  assert.equal(received, `${before}${place},${times}}`);
  const data = '"data":{"a":"\\u003c\\u0026\\u003e"}';
  const after = start('RequestResponse', 'ResponseComplete', uri, 'create');
  const object = `{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"c"},${data}}`;
  const head = `${after}${named},"responseStatus":{"metadata":{},"code":201},"requestObject":${object},"responseObject":{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"c","namespace":"d","uid":`;
  assert.ok(completed?.startsWith(head), completed);
  const tail = `${data}},${times},"annotations":{${allowed},"tests.navarch/patch":"[]","tests.navarch/seen":"yes"}}`;
  assert.ok(completed?.endsWith(tail), completed);
});

const cases: readonly {
  readonly name: string;
  readonly policy?: Policy;
  readonly sent: readonly Sent[];
  /** Of each line, what stands in it. */
  readonly says: readonly (readonly string[])[];
}[] = [
  {
    name: 'metadata has no objects, and only annotations of its level',
    sent: [{ method: 'POST', url: configMaps, body: configMap }],
    says: [
      [
        '"responseStatus":{"metadata":{},"code":201},"requestReceivedTimestamp"',
        `"annotations":{${allowed},"tests.navarch/seen":"yes"}}`,
      ],
    ],
  },
  {
    name: 'a refusal is said in full at any level',
    sent: [{ url: `${configMaps}/none` }],
    says: [
      [
        '"responseStatus":{"metadata":{},"status":"Failure","message":"configmaps \\"none\\" not found","reason":"NotFound","details":{"name":"none","kind":"configmaps"},"code":404}',
      ],
    ],
  },
  {
    name: 'who may not',
    sent: [{ method: 'DELETE', url: `${configMaps}/c`, token: 'reader' }],
    says: [
      [
        '"verb":"delete","user":{"username":"ann","groups":["readers","system:authenticated"]}',
        '"reason":"Forbidden","details":{"name":"c","kind":"configmaps"},"code":403}',
        '"annotations":{"authorization.k8s.io/decision":"forbid","authorization.k8s.io/reason":""}',
      ],
    ],
  },
  {
    name: 'what who may not is answered',
    policy: { rules: [{ level: 'RequestResponse', omitStages: ['RequestReceived'] }] },
    sent: [{ method: 'DELETE', url: `${configMaps}/c`, token: 'reader' }],
    says: [
      ['"responseObject":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure"'],
    ],
  },
  {
    name: 'the reason of whoever allowed it',
    sent: [{ url: configMaps, token: 'reader' }],
    says: [['"verb":"list"', '"authorization.k8s.io/reason":"readers may read"']],
  },
  {
    name: 'who cannot prove who they are',
    sent: [{ url: '/livez', token: 'nonsense' }],
    says: [
      [
        '"stage":"ResponseStarted","requestURI":"/livez","verb":"get","user":{},',
        '"responseStatus":{"metadata":{},"message":"Authentication failed, attempted: bearer","code":401}',
      ],
    ],
  },
  {
    name: 'acting as somebody else',
    sent: [
      {
        url: configMaps,
        headers: { 'impersonate-user': 'joe', 'x-forwarded-for': '1.2.3.4, nonsense' },
      },
    ],
    says: [
      [
        '"impersonatedUser":{"username":"joe","groups":["system:authenticated"]},"sourceIPs":["1.2.3.4","10.0.0.9"]',
      ],
    ],
  },
  {
    name: 'a watch starts and completes',
    sent: [{ url: `${configMaps}?watch=1` }],
    says: [
      ['"stage":"ResponseStarted"', '"verb":"watch"', '"code":200'],
      ['"stage":"ResponseComplete"', '"code":200'],
    ],
  },
  {
    name: 'a patch as it was sent, without its spaces',
    policy: { rules: [{ level: 'Request', omitStages: ['RequestReceived'] }] },
    sent: [
      {
        method: 'PATCH',
        url: `${configMaps}/none`,
        body: '{ "data": {"b": "1 0", "n":1.0} }',
        headers: { 'content-type': 'application/merge-patch+json' },
      },
    ],
    says: [['"requestObject":{"data":{"b":"1 0","n":1.0}},"requestReceivedTimestamp"']],
  },
  {
    name: 'an applied configuration in JSON',
    policy: { rules: [{ level: 'Request', omitStages: ['RequestReceived'] }] },
    sent: [
      {
        method: 'PATCH',
        url: `${configMaps}/c?fieldManager=m`,
        body: 'kind: ConfigMap\napiVersion: v1\nmetadata: {name: c}\n',
        headers: { 'content-type': 'application/apply-patch+yaml' },
      },
    ],
    says: [['"requestObject":{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"}}']],
  },
  {
    name: 'options of a delete, and what there was to say',
    policy: {
      rules: [{ level: 'RequestResponse', omitStages: ['RequestReceived'], verbs: ['delete'] }],
    },
    sent: [
      { method: 'POST', url: configMaps, body: configMap },
      { method: 'DELETE', url: `${configMaps}/c`, body: { propagationPolicy: 'Background' } },
    ],
    says: [
      [
        '"requestObject":{"kind":"DeleteOptions","apiVersion":"meta.k8s.io/v1","propagationPolicy":"Background"}',
        '"responseStatus":{"metadata":{},"status":"Success","details":{"name":"c","kind":"configmaps"',
        '"responseObject":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success"',
      ],
    ],
  },
  {
    name: 'a list without managed fields',
    policy: {
      rules: [{ level: 'RequestResponse', omitStages: ['RequestReceived'], verbs: ['list'] }],
      omitManagedFields: true,
    },
    sent: [{ method: 'POST', url: configMaps, body: configMap }, { url: configMaps }],
    says: [['"responseObject":{"kind":"ConfigMapList","apiVersion":"v1"', ':{"a":"\\u003c']],
  },
  {
    name: 'what goes away',
    sent: [{ url: '/api/v1/namespaces/d/pods' }],
    says: [[`${allowed},"k8s.io/deprecated":"true","k8s.io/removed-release":"1.50"}}`]],
  },
  {
    name: 'what nobody foresaw',
    sent: [
      { method: 'POST', url: configMaps, body: { ...configMap, metadata: { name: 'breaks' } } },
    ],
    says: [
      [
        '"stage":"Panic"',
        `"responseStatus":{"metadata":{},"status":"Failure","message":"APIServer panic'd: it broke","reason":"InternalError","code":500}`,
      ],
    ],
  },
  {
    name: 'a path that is no resource',
    sent: [{ url: '/version' }],
    says: [['"requestURI":"/version","verb":"get"', '"userAgent":"test/1.0","responseStatus"']],
  },
];

for (const { name, policy = metadata, sent, says } of cases) {
  test(name, async () => {
    const lines = await logged(policy, sent);
    assert.equal(lines.length, says.length, lines.join('\n'));
    says.forEach((texts, index) => {
      for (const text of texts) assert.ok(lines[index]?.includes(text), `${text}\n${lines[index]}`);
      if (policy.omitManagedFields) assert.ok(!lines[index]?.includes('managedFields'));
    });
  });
}

test('a request whose event is to be kept, and is not, is turned away before it does anything', async () => {
  const stages: string[] = [];
  const { response, metrics } = await answered({
    policy: { rules: [{ level: 'Metadata' }] },
    sink: {
      record: ({ stage }) => {
        stages.push(stage);
        return Promise.resolve(false);
      },
    },
  });
  assert.equal(response.status, 500);
  assert.deepEqual(response.body, {
    kind: 'text',
    text: `Internal Server Error: "${configMaps}?dryRun=All": failed to store audit event\n`,
  });
  assert.deepEqual(stages, ['RequestReceived']);
  assert.match(metrics, /^apiserver_audit_requests_rejected_total 1$/m);
  assert.match(metrics, /^apiserver_audit_event_total 1$/m);
});

test('what is answered waits for its event, and is answered also when that is lost', async () => {
  const stages: string[] = [];
  const { response } = await answered({
    policy: metadata,
    sink: {
      record: async ({ stage }) => {
        await Promise.resolve();
        stages.push(stage);
        return false;
      },
    },
  });
  assert.equal(response.status, 201);
  assert.deepEqual(stages, ['ResponseComplete']);
});

/** A create, and what has been counted since the server started. */
async function answered(audit: AuditOptions) {
  const runtime = createVirtualRuntime();
  const server = await startApiServer({ ...serverOptions(runtime), audit });
  const url = `${configMaps}?dryRun=All`;
  const response = await settled(
    runtime,
    server.handle(request({ method: 'POST', url, body: configMap })),
  );
  const metrics = await runtime.metrics.text();
  await server.stop();
  return { response, metrics };
}

test('the older format is one line of text', () => {
  const lines: string[] = [];
  void createLogSink('legacy', (line) => lines.push(line)).record({
    level: 'Metadata',
    auditId: 'id',
    stage: 'ResponseComplete',
    requestUri: '/api?a="b"',
    verb: 'get',
    user: { username: 'ann', groups: ['a', 'b'] },
    impersonatedUser: undefined,
    sourceIps: ['1.2.3.4'],
    userAgent: 'test',
    objectRef: undefined,
    responseStatus: { code: 200 },
    requestObject: undefined,
    responseObject: undefined,
    receivedAtMs: Date.UTC(2026, 0, 2, 3, 4, 5, 600),
    stageAtMs: 0,
    annotations: new Map(),
  });
  assert.deepEqual(lines, [
    String.raw`2026-01-02T03:04:05.6Z AUDIT: id="id" stage="ResponseComplete" ip="1.2.3.4" method="get" user="ann" groups="\"a\",\"b\"" as="<self>" asgroups="<lookup>" user-agent="test" namespace="<none>" uri="/api?a=\"b\"" response="200"`.concat(
      '\n',
    ),
  ]);
});
