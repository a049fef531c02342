/** Rules of stateful sets: their pods have the volumes that the claims become. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StatefulSet } from '@navarch/api/types/apps/v1/stateful-set';
import { submitted } from '../../core/testing.ts';
import { messages } from '../../testing.ts';
import { statefulSets } from './stateful-set.ts';
import { validateStatefulSet, validateStatefulSetUpdate } from './validate.ts';

function claim(name: string, storage = '1Gi'): object {
  return {
    metadata: { name },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
  };
}

function mounting(...names: readonly string[]): object {
  const volumeMounts = names.map((name) => ({ name, mountPath: `/${name}` }));
  return { containers: [{ name: 'c', image: 'registry.test/img:1', volumeMounts }] };
}

function set(spec: object, pods: object = mounting()): StatefulSet {
  return submitted(statefulSets, {
    kind: 'StatefulSet',
    apiVersion: 'apps/v1',
    metadata: { name: 's', namespace: 'n' },
    spec: {
      selector: { matchLabels: { app: 'a' } },
      template: { metadata: { labels: { app: 'a' } }, spec: pods },
      ...spec,
    },
  }) as StatefulSet;
}

const data = { volumeClaimTemplates: [claim('data')] };

type Case = readonly [
  what: string,
  spec: object,
  pods: object | undefined,
  ...expected: readonly string[],
];

const cases: readonly Case[] = [
  ['nothing wrong', {}, undefined],
  ['a claim is a volume', data, mounting('data')],
  [
    'a claim hides a volume of its name',
    data,
    { ...mounting('data'), volumes: [{ name: 'data', emptyDir: {} }] },
  ],
  [
    'a claim twice is one volume',
    { volumeClaimTemplates: [claim('data'), claim('data')] },
    mounting('data'),
  ],
  [
    'no claim and no volume',
    data,
    mounting('logs'),
    'spec.template.spec.containers[0].volumeMounts[0].name: Not found: "logs"',
  ],
  ['no containers', {}, { containers: [] }, 'spec.template.spec.containers: Required value'],
  [
    'claims of nothing',
    { volumeClaimTemplates: [claim('data', '0')] },
    undefined,
    'spec.volumeClaimTemplates[0].spec.resources[storage]: Invalid value: "0": must be greater than zero',
  ],
  [
    'a service that no name can be',
    { serviceName: 'a.b' },
    undefined,
    'spec.serviceName: Invalid value: "a.b": must not contain dots',
  ],
  [
    'none may be missing, so that none is ever replaced',
    { updateStrategy: { rollingUpdate: { maxUnavailable: 0 } } },
    undefined,
    'spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: 0: cannot be 0',
  ],
  [
    'deleted by hand, and gradually',
    { updateStrategy: { type: 'OnDelete', rollingUpdate: { partition: 1 } } },
    undefined,
    'spec.updateStrategy.rollingUpdate: Invalid value: {"Partition":1,"MaxUnavailable":null}: only allowed for updateStrategy \'RollingUpdate\'',
  ],
];

test('new stateful sets', () => {
  for (const [what, spec, pods, ...expected] of cases) {
    assert.deepEqual(messages(validateStatefulSet(set(spec, pods))), expected, what);
  }
});

interface Update {
  readonly what: string;
  readonly stored: StatefulSet;
  readonly submitted: StatefulSet;
  readonly expected?: string;
}

const updates: readonly Update[] = [
  {
    what: 'a template that was wrong may stay so',
    stored: set({}, mounting('logs')),
    submitted: set({ replicas: 3 }, mounting('logs')),
  },
  {
    what: 'a template may not become wrong',
    stored: set({}),
    submitted: set({}, mounting('logs')),
    expected: 'spec.template.spec.containers[0].volumeMounts[0].name: Not found: "logs"',
  },
  {
    what: 'what no update changes is not looked at',
    stored: set({ serviceName: 'a.b', volumeClaimTemplates: [claim('data', '0')] }),
    submitted: set({ serviceName: 'a.b', volumeClaimTemplates: [claim('data', '0')], replicas: 3 }),
  },
];

test('updates of stateful sets that are older than the rules', () => {
  for (const { what, stored, submitted: next, expected } of updates) {
    const found = messages(validateStatefulSetUpdate(next, stored));
    assert.deepEqual(found, expected === undefined ? [] : [expected], what);
  }
});
