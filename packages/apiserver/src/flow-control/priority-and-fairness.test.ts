/** Priority and fairness as requests meet it, under a virtual clock. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ObjectReader } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type {
  FlowSchemaSpec,
  PriorityLevelConfigurationSpec,
  ResourcePolicyRule,
  Subject,
} from '@navarch/api/types/flowcontrol/v1';
import { Metrics } from '@navarch/runtime/metrics';
import { VirtualClock } from '@navarch/runtime/testing';
import { parseRequestInfo } from '../request/route.ts';
import type { Turn } from './flow-control.ts';
import { PriorityAndFairness } from './priority-and-fairness.ts';

class Objects {
  readonly levels = new Map<string, PriorityLevelConfigurationSpec>();
  readonly schemas = new Map<string, FlowSchemaSpec>();
  version = 0;

  reader(): ObjectReader {
    const list = ({ resource }: { readonly resource: string }): readonly KubernetesObject[] => {
      const of = resource === 'flowschemas' ? this.schemas : this.levels;
      return [...of].map(([name, spec]) => ({ metadata: { name, uid: `uid-${name}` }, spec }));
    };
    const reader = { list, version: () => this.version, get: () => undefined, listBy: () => [] };
    return reader as ObjectReader;
  }
}

const everything: ResourcePolicyRule = {
  verbs: ['*'],
  apiGroups: ['*'],
  resources: ['*'],
  clusterScope: true,
  namespaces: ['*'],
};

function schema(
  level: string,
  precedence: number,
  subjects: readonly Subject[],
  more: Partial<FlowSchemaSpec> = {},
): FlowSchemaSpec {
  return {
    priorityLevelConfiguration: { name: level },
    matchingPrecedence: precedence,
    distinguisherMethod: { type: 'ByUser' },
    rules: [{ subjects, resourceRules: [everything] }],
    ...more,
  };
}

const group = (name: string): Subject => ({ kind: 'Group', group: { name } });
const anybody: readonly Subject[] = [{ kind: 'User', user: { name: '*' } }];
const queuing = { queues: 8, handSize: 2, queueLengthLimit: 2 };
const limited = (shares: number, more: object = {}): PriorityLevelConfigurationSpec => ({
  type: 'Limited',
  limited: { nominalConcurrencyShares: shares, limitResponse: { type: 'Queue', queuing }, ...more },
});

function world(seats: number) {
  const objects = new Objects();
  objects.levels.set('free', { type: 'Exempt' });
  objects.levels.set('work', limited(3));
  objects.levels.set('rest', limited(1, { limitResponse: { type: 'Reject' } }));
  objects.schemas.set('masters', schema('free', 1, [group('system:masters')]));
  objects.schemas.set('work', schema('work', 500, [group('workers')]));
  objects.schemas.set('rest', schema('rest', 10_000, anybody));
  const clock = new VirtualClock();
  const flow = new PriorityAndFairness({
    read: objects.reader(),
    clock,
    metrics: new Metrics(),
    seats,
    countOf: () => 5000,
  });
  const begin = (
    username: string,
    groups: readonly string[] = ['workers'],
    request = 'GET /api/v1/namespaces/d/pods/p',
    signal = new AbortController().signal,
  ) => {
    const [method = '', url = ''] = request.split(' ');
    const [path = '', query = ''] = url.split('?');
    const info = parseRequestInfo(method, path, query);
    return flow.begin({
      user: { username, groups },
      info,
      signal: () => signal,
      waitMaxMs: () => 15_000,
    });
  };
  return { objects, clock, flow, begin };
}

function taken(turn: Turn | undefined | Promise<Turn | undefined>): Turn {
  assert.ok(turn && !(turn instanceof Promise));
  return turn;
}

test('a request tells what it fell under; the first schema by precedence counts', () => {
  const { begin, objects } = world(4);
  const under = (...of: Parameters<typeof begin>) =>
    taken(begin(...of)).headers?.['x-kubernetes-pf-flowschema-uid'];
  assert.equal(under('ann', ['system:masters']), 'uid-masters');
  assert.equal(under('ann'), 'uid-work');
  assert.equal(under('bob', []), 'uid-rest');
  assert.equal(under('ann', [], 'POST /api/v1/namespaces/d/pods/p/exec'), undefined);
  objects.schemas.set('nowhere', schema('gone', 2, anybody));
  objects.version++;
  assert.equal(under('ann'), 'uid-work');
});

const rules: readonly [request: string, rule: Partial<ResourcePolicyRule>, matches: boolean][] = [
  ['GET /api/v1/namespaces/d/pods', { verbs: ['list'] }, true],
  ['GET /api/v1/namespaces/d/pods', { verbs: ['get'] }, false],
  ['GET /api/v1/namespaces/d/pods', { resources: ['pods'] }, true],
  ['GET /api/v1/namespaces/d/pods/p/status', { resources: ['pods'] }, false],
  ['GET /api/v1/namespaces/d/pods/p/status', { resources: ['pods/status'] }, true],
  ['GET /apis/apps/v1/namespaces/d/deployments', { apiGroups: ['', 'apps'] }, true],
  ['GET /apis/apps/v1/namespaces/d/deployments', { apiGroups: [''] }, false],
  ['GET /api/v1/namespaces/d/pods', { namespaces: ['d'], clusterScope: false }, true],
  ['GET /api/v1/namespaces/e/pods', { namespaces: ['d'], clusterScope: true }, false],
  ['GET /api/v1/nodes', { clusterScope: false }, false],
  ['GET /api/v1/nodes', { namespaces: [] }, true],
];

for (const [request, rule, matches] of rules) {
  test(`${request} is ${matches ? '' : 'not '}covered by ${JSON.stringify(rule)}`, () => {
    const { begin, objects } = world(4);
    const resourceRules = [{ ...everything, ...rule }];
    objects.schemas.set(
      'odd',
      schema('work', 2, [], { rules: [{ subjects: anybody, resourceRules }] }),
    );
    const { headers } = taken(begin('ann', [], request));
    const is = headers?.['x-kubernetes-pf-flowschema-uid'] === 'uid-odd';
    assert.equal(is, matches);
  });
}

test('paths that are no resources, and service accounts', () => {
  const { begin, objects } = world(4);
  const account = (name: string): Subject => ({
    kind: 'ServiceAccount',
    serviceAccount: { namespace: 'n', name },
  });
  const nonResourceRules = [{ verbs: ['get'], nonResourceURLs: ['/healthz', '/metrics/*'] }];
  objects.schemas.set(
    'odd',
    schema('work', 2, [], { rules: [{ subjects: [account('*')], nonResourceRules }] }),
  );
  const isOdd = (user: string, request: string): boolean =>
    taken(begin(user, ['system:masters'], request)).headers?.['x-kubernetes-pf-flowschema-uid'] ===
    'uid-odd';
  const user = 'system:serviceaccount:n:default';
  assert.equal(isOdd(user, 'GET /healthz'), true);
  assert.equal(isOdd(user, 'GET /metrics/slis'), true);
  assert.equal(isOdd(user, 'GET /healthz/ping'), false);
  assert.equal(isOdd('system:serviceaccount:m:default', 'GET /healthz'), false);
});

test('what finds no seat waits, and is let in when there is one', async () => {
  const { begin } = world(4);
  const first = Array.from({ length: 3 }, () => taken(begin('ann')));
  const waiting = begin('ann');
  assert.ok(waiting instanceof Promise);
  assert.ok(begin('bob') instanceof Promise);
  first[0]?.release();
  first[0]?.release();
  assert.ok(await waiting);
});

test('whoever waits too long, or leaves, is told to come again', async () => {
  const { begin, clock } = world(4);
  for (let i = 0; i < 3; i++) void begin('ann');
  const late = begin('ann');
  const leaver = new AbortController();
  const left = begin('bob', ['workers'], 'GET /api/v1/nodes', leaver.signal);
  leaver.abort();
  assert.equal(await left, undefined);
  await clock.advance(15_000);
  assert.equal(await late, undefined);
});

test('whoever left before there was anything to wait for takes no place in a queue', () => {
  const { begin } = world(4);
  for (let i = 0; i < 3; i++) void begin('ann');
  const gone = AbortSignal.abort();
  assert.equal(begin('ann', ['workers'], 'GET /api/v1/nodes', gone), undefined);
});

test('whoever leaves makes room for those behind', async () => {
  const { begin } = world(80);
  const list = (signal?: AbortSignal) => begin('ann', ['workers'], 'GET /api/v1/pods', signal);
  for (let i = 0; i < 6; i++) taken(list());
  const leaver = new AbortController();
  const wide = list(leaver.signal);
  const narrow = begin('ann');
  assert.ok(narrow instanceof Promise);
  leaver.abort();
  assert.equal(await wide, undefined);
  taken(await narrow);
});

test('nobody asks for the signal of a request that need not wait', () => {
  const { flow } = world(4);
  const info = parseRequestInfo('GET', '/api/v1/nodes', '');
  const signal = (): AbortSignal => assert.fail('asked for');
  taken(
    flow.begin({
      user: { username: 'ann', groups: ['workers'] },
      info,
      signal,
      waitMaxMs: () => 0,
    }),
  );
});

test('full queues and levels without any turn away at once', () => {
  const { begin } = world(4);
  for (let i = 0; i < 3 + 4; i++) void begin('ann');
  assert.equal(begin('ann'), undefined);
  taken(begin('bob', []));
  assert.equal(begin('bob', []), undefined);
  taken(begin('root', ['system:masters']));
});

test('a list of many objects takes several seats', () => {
  const { begin } = world(80);
  const list = () => begin('ann', ['workers'], 'GET /api/v1/pods');
  for (let i = 0; i < 6; i++) taken(list());
  taken(begin('ann')); // 9 for each list: 15% of the 60 that the level has.
  assert.ok(list() instanceof Promise);
});

test('when queues change, who waits comes again; who is served stays served', async () => {
  const { begin, objects } = world(4);
  const [first] = Array.from({ length: 3 }, () => taken(begin('ann')));
  const waiting = begin('ann');
  objects.levels.set('work', limited(3, { limitResponse: { type: 'Reject' } }));
  objects.version++;
  assert.equal(begin('ann'), undefined);
  assert.equal(await waiting, undefined);
  first?.release();
  taken(begin('ann'));
  assert.equal(begin('ann'), undefined);
});
