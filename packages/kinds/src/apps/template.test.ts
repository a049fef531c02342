/** What templates of pods lose, whatever they are part of. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { cronJobs } from '../batch/cron-job/cron-job.ts';
import { jobs } from '../batch/job/job.ts';
import { podTemplates } from '../core/pod-template/pod-template.ts';
import { replicationControllers } from '../core/replication-controller/replication-controller.ts';
import { submitted } from '../core/testing.ts';
import { fakeContext } from '../testing.ts';
import { daemonSets } from './daemon-set/daemon-set.ts';
import { deployments } from './deployment/deployment.ts';
import { replicaSets } from './replica-set/replica-set.ts';
import { statefulSets } from './stateful-set/stateful-set.ts';

const container = { name: 'c', image: 'registry.test/img:1' };

function template(more: { readonly annotations?: object; readonly lifecycle?: object }): object {
  const { annotations, lifecycle } = more;
  return {
    metadata: { labels: { app: 'a' }, ...(annotations && { annotations }) },
    spec: { containers: [{ ...container, ...(lifecycle && { lifecycle }) }] },
  };
}

const inSpec = (of: object): object => ({ spec: { template: of } });

const kinds: readonly (readonly [ResourceDefinition, holding: (of: object) => object])[] = [
  [podTemplates, (of) => ({ template: of })],
  [replicationControllers, inSpec],
  [replicaSets, inSpec],
  [deployments, inSpec],
  [statefulSets, inSpec],
  [daemonSets, inSpec],
  [jobs, inSpec],
  [cronJobs, (of) => ({ spec: { schedule: '@daily', jobTemplate: { spec: { template: of } } } })],
];

test('templates lose what no pod can have', () => {
  for (const [definition, holding] of kinds) {
    const made = (of: object): KubernetesObject =>
      submitted(definition, {
        kind: definition.kind,
        apiVersion: definition.group ? `${definition.group}/v1` : 'v1',
        metadata: { name: 'x', namespace: 'n' },
        ...holding(of),
      });
    const plain = made(template({}));
    const old = {
      annotations: { 'pod.beta.kubernetes.io/init-containers': '[]' },
      lifecycle: { stopSignal: 'SIGUSR1' },
    };
    const { prepareForCreate, prepareForUpdate } = definition;
    assert.ok(prepareForCreate && prepareForUpdate);
    const context = fakeContext();
    const stored = prepareForCreate(plain, context);
    assert.deepEqual(prepareForCreate(made(template(old)), context), stored, definition.kind);
    const later = made(template(old));
    assert.deepEqual(
      prepareForUpdate(later, stored, context),
      prepareForUpdate(plain, stored, context),
      definition.kind,
    );
  }
});
