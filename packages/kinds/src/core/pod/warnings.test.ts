/** Remarks on pods and on templates of pods that are allowed and likely wrong. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Path } from '@navarch/api/field-error';
import type { PodTemplate } from '@navarch/api/types/core/v1/pod';
import { submitted } from '../testing.ts';
import { podTemplates } from '../pod-template/pod-template.ts';
import { templateWarnings } from './warnings.ts';

const container = { name: 'c', image: 'registry.test/img:1' };
const port = { containerPort: 80, name: 'web' };
const other = { containerPort: 81, name: 'web' };

function warningsOf(spec: object): readonly string[] {
  const made = submitted(podTemplates, {
    kind: 'PodTemplate',
    apiVersion: 'v1',
    metadata: { name: 't', namespace: 'n' },
    template: { spec: { containers: [container], ...spec } },
  }) as PodTemplate;
  assert.ok(made.template);
  return templateWarnings(made.template, Path.of('template'));
}

function items(...paths: readonly string[]): readonly object[] {
  return paths.map((path) => ({ key: 'k', path }));
}

function projected(...sources: readonly object[]): object {
  return { volumes: [{ name: 'v', projected: { sources } }] };
}

function preferred(...expressions: readonly object[]): object {
  const preference = { matchExpressions: expressions };
  const list = [{ weight: 1, preference }];
  return { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: list } } };
}

const invalidLabel =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

const cases: readonly (readonly [what: string, spec: object, ...warnings: readonly string[]])[] = [
  ['nothing to say', {}],
  [
    'two files with one path',
    { volumes: [{ name: 'v', configMap: { name: 'm', items: items('a', 'b', 'a/') } }] },
    'volume "v" (ConfigMap "m"): overlapping paths: "a" with "a"',
  ],
  [
    'a file where a directory is needed',
    { volumes: [{ name: 'v', secret: { secretName: 's', items: items('a', 'a/b', 'ab') } }] },
    'volume "v" (Secret "s"): overlapping paths: "a/b" with "a"',
  ],
  [
    'two sources with one path',
    projected(
      { configMap: { name: 'm', items: items('a') } },
      { secret: { name: 's', items: items('a') } },
      { serviceAccountToken: { path: 'a' } },
    ),
    'volume "v" (Projected): overlapping paths: "a" (Secret "s") with "a" (ConfigMap "m")',
    'volume "v" (Projected): overlapping paths: "a" (ServiceAccountToken) with "a" (ConfigMap "m")',
    'volume "v" (Projected): overlapping paths: "a" (ServiceAccountToken) with "a" (Secret "s")',
  ],
  ['a source that is none', projected({}), 'volume "v" (Projected) has no sources provided'],
  [
    'a preference that no node can have',
    preferred({ key: 'k', operator: 'In', values: ['a', '-'] }),
    `template.spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions[0].values[1]: - is invalid, ${invalidLabel}`,
  ],
  [
    'two ports with one name',
    { containers: [container, { ...container, name: 'd', ports: [port, other] }] },
    'template.spec.containers[1].ports[1]: duplicate port name "web" with template.spec.containers[1].ports[0], services and probes that select ports by name will use template.spec.containers[1].ports[0]',
  ],
  [
    'a sidecar counts',
    {
      initContainers: [{ ...container, name: 'i', restartPolicy: 'Always', ports: [port] }],
      containers: [{ ...container, ports: [other] }],
    },
    'template.spec.containers[0].ports[0]: duplicate port name "web" with template.spec.initContainers[0].ports[0], services and probes that select ports by name will use template.spec.initContainers[0].ports[0]',
  ],
  [
    'what only runs at the start ends the search',
    {
      initContainers: [{ ...container, name: 'i', ports: [port] }],
      containers: [{ ...container, ports: [other] }],
    },
  ],
  [
    'a grace period below zero',
    { terminationGracePeriodSeconds: -1 },
    'template.spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1',
  ],
];

test('remarks on templates', () => {
  for (const [what, spec, ...warnings] of cases) {
    assert.deepEqual(warningsOf(spec), warnings, what);
  }
});
