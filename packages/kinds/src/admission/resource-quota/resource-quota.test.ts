/** Who is refused, and what is charged: cases as a real server answers them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AdmissionAttributes } from '@navarch/api/extension/admission';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ResourceQuota, ResourceQuotaSpec } from '@navarch/api/types/core/v1/quota';
import type { ResourceList } from '@navarch/api/types/core/v1/resources';
import { creation, fakeContext } from '../../testing.ts';
import { createResourceQuota } from './resource-quota.ts';
import type { LimitedResource } from './judge.ts';

const pods = { group: '', resource: 'pods' };

function quota(
  hard: ResourceList,
  used: ResourceList,
  more: ResourceQuotaSpec = {},
  name = 'q',
): ResourceQuota {
  return {
    metadata: { name, namespace: 'n' },
    spec: { hard, ...more },
    status: { hard, used },
  };
}

const pod = (resources: object = {}, spec: object = {}): KubernetesObject =>
  ({
    metadata: { name: 'a', namespace: 'n' },
    spec: { containers: [{ name: 'c', resources }], ...spec },
  }) as KubernetesObject;

interface Options {
  readonly dryRun?: boolean;
  readonly limited?: readonly LimitedResource[];
  /** What the store holds by the time of writing, where that is not what was read. */
  readonly latest?: readonly ResourceQuota[];
}

/** The refusal, or what is used of each quota afterwards. */
async function ask(
  quotas: readonly ResourceQuota[],
  attributes: AdmissionAttributes,
  { dryRun = false, limited = [], latest = quotas }: Options = {},
): Promise<string | readonly (ResourceList | undefined)[]> {
  const stored = new Map(latest.map((one) => [one.metadata.name, one] as const));
  const base = fakeContext({ objects: quotas.map((one) => ['resourcequotas', one] as const) });
  const update = (_: unknown, __: string, name: string, change: (of: never) => unknown) => {
    const changed = change(stored.get(name) as never);
    stored.set(name, changed as ResourceQuota);
    return Promise.resolve(changed);
  };
  const write = { ...base.write, update: update as never };
  const plugin = createResourceQuota(limited);
  assert.ok(plugin.handles(attributes));
  try {
    await plugin.validate?.(attributes, { ...base, dryRun, write });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const isUnchanged = latest.every((one) => {
      const now = stored.get(one.metadata.name)?.status?.used;
      return JSON.stringify(now) === JSON.stringify(one.status?.used);
    });
    return isUnchanged ? said : `${said}, and charged all the same`;
  }
  return [...stored.values()].map(({ status }) => status?.used);
}

interface Case {
  readonly name: string;
  readonly quotas: readonly ResourceQuota[];
  readonly pod?: KubernetesObject;
  readonly options?: Options;
  readonly outcome: string | readonly (ResourceList | undefined)[];
}

const cases: readonly Case[] = [
  { name: 'nothing limits it', quotas: [], outcome: [] },
  { name: 'it fits', quotas: [quota({ pods: '2' }, { pods: '1' })], outcome: [{ pods: '2' }] },
  {
    name: 'it does not fit',
    quotas: [quota({ pods: '1' }, { pods: '1' })],
    outcome:
      'pods "a" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1',
  },
  {
    name: 'a dry run charges nothing',
    quotas: [quota({ pods: '2' }, { pods: '1' })],
    options: { dryRun: true },
    outcome: [{ pods: '1' }],
  },
  {
    name: 'a dry run is judged',
    quotas: [quota({ pods: '1' }, { pods: '1' })],
    options: { dryRun: true },
    outcome:
      'pods "a" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1',
  },
  {
    name: 'it must say what is limited',
    quotas: [quota({ cpu: '1', 'limits.memory': '1' }, { cpu: '0', 'limits.memory': '0' })],
    outcome:
      'pods "a" is forbidden: failed quota: q: must specify cpu for: c; limits.memory for: c',
  },
  {
    name: 'nobody has counted yet',
    quotas: [quota({ pods: '1', 'requests.example.com/x': '1' }, {})],
    outcome:
      'pods "a" is forbidden: status unknown for quota: q, resources: pods,requests.example.com/x',
  },
  {
    name: 'several amounts exceed',
    quotas: [
      quota(
        { 'requests.cpu': '1', pods: '1', secrets: '0' },
        { 'requests.cpu': '500m', pods: '1' },
      ),
    ],
    pod: pod({ requests: { cpu: '600m' } }),
    outcome:
      'pods "a" is forbidden: exceeded quota: q, requested: pods=1,requests.cpu=600m, used: pods=1,requests.cpu=500m, limited: pods=1,requests.cpu=1',
  },
  {
    name: 'it is out of scope',
    quotas: [quota({ pods: '0' }, { pods: '0' }, { scopes: ['Terminating'] })],
    outcome: [{ pods: '0' }],
  },
  {
    name: 'all are charged',
    quotas: [
      quota({ pods: '2' }, { pods: '1' }),
      quota({ 'count/pods': '9' }, { 'count/pods': '3' }, {}, 'r'),
    ],
    outcome: [{ pods: '2' }, { 'count/pods': '4' }],
  },
  {
    name: 'who is refused by the second in the end gets back what the first took',
    quotas: [
      quota({ pods: '2' }, { pods: '1' }),
      quota({ 'count/pods': '9' }, { 'count/pods': '3' }, {}, 'r'),
    ],
    options: {
      latest: [
        quota({ pods: '2' }, { pods: '1' }),
        quota({ 'count/pods': '9' }, { 'count/pods': '9' }, {}, 'r'),
      ],
    },
    outcome:
      'pods "a" is forbidden: exceeded quota: r, requested: count/pods=1, used: count/pods=9, limited: count/pods=9',
  },
  {
    name: 'some amounts need a quota',
    quotas: [quota({ pods: '2' }, { pods: '1' })],
    pod: pod({ requests: { cpu: '1' } }),
    options: {
      limited: [{ apiGroup: '', resource: 'pods', matchContains: ['cpu'], matchScopes: [] }],
    },
    outcome: 'pods "a" is forbidden: insufficient quota to consume: cpu,requests.cpu',
  },
  {
    name: 'some scopes need a quota',
    quotas: [],
    pod: pod({}, { priorityClassName: 'high' }),
    options: {
      limited: [
        {
          apiGroup: '',
          resource: 'pods',
          matchContains: [],
          matchScopes: [{ scopeName: 'PriorityClass', operator: 'In', values: ['high', 'top'] }],
        },
      ],
    },
    outcome: 'insufficient quota to match these scopes: [{PriorityClass In [high top]}]',
  },
];

for (const { name, quotas, pod: given = pod(), options, outcome } of cases) {
  test(`a pod is made: ${name}`, async () => {
    assert.deepEqual(await ask(quotas, creation(pods, given), options), outcome);
  });
}

const service = (type: string): KubernetesObject =>
  ({
    metadata: { name: 's', namespace: 'n', resourceVersion: '1' },
    spec: { type, ports: [{ port: 1 }] },
  }) as KubernetesObject;

test('updates are charged for what they add', async () => {
  const update = (before: string, now: string) =>
    creation({ group: '', resource: 'services' }, service(now), {
      operation: 'UPDATE',
      oldObject: service(before),
    });
  const limited = quota(
    { services: '1', 'services.nodeports': '1', 'services.loadbalancers': '0' },
    { services: '1', 'services.nodeports': '0', 'services.loadbalancers': '0' },
  );
  assert.deepEqual(await ask([limited], update('ClusterIP', 'NodePort')), [
    { services: '1', 'services.loadbalancers': '0', 'services.nodeports': '1' },
  ]);
  assert.equal(
    await ask([limited], update('NodePort', 'LoadBalancer')),
    'services "s" is forbidden: exceeded quota: q, requested: services.loadbalancers=1, used: services.loadbalancers=0, limited: services.loadbalancers=0',
  );
  assert.deepEqual(await ask([limited], update('NodePort', 'ClusterIP')), [limited.status?.used]);
});

test('only what is made, and what grows, concerns it', () => {
  const plugin = createResourceQuota([]);
  const asks = (operation: 'CREATE' | 'UPDATE' | 'DELETE', of: string, subresource = '') =>
    plugin.handles({
      operation,
      resource: { group: '', version: 'v1', resource: of },
      subresource,
    });
  assert.deepEqual(
    [
      asks('CREATE', 'pods'),
      asks('CREATE', 'pods', 'binding'),
      asks('UPDATE', 'pods'),
      asks('UPDATE', 'pods', 'resize'),
      asks('UPDATE', 'configmaps'),
      asks('DELETE', 'pods'),
      asks('CREATE', 'events'),
    ],
    [true, false, false, true, false, false, false],
  );
});
