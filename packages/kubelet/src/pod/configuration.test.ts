/** What a pod refers to, and what is said when it is not there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Container } from '@navarch/api/types/core/v1/container';
import type { Volume } from '@navarch/api/types/core/v1/volume';
import { configurationOf, missingOf } from './configuration.ts';

const cases: {
  readonly name: string;
  readonly container?: Partial<Container>;
  readonly volume?: Partial<Volume>;
  /** As `secret/keys: a b`. */
  readonly exists?: string;
  readonly asks: string;
  readonly problem?: string;
}[] = [
  {
    name: 'nothing',
    asks: '',
  },
  {
    name: 'all of a config map',
    container: { envFrom: [{ configMapRef: { name: 'web' } }] },
    asks: 'configmap/web',
    problem: 'main: configmap "web" not found',
  },
  {
    name: 'all of a secret that need not be there',
    container: { envFrom: [{ secretRef: { name: 'web', optional: true } }] },
    asks: 'secret/web',
  },
  {
    name: 'a key of a config map',
    container: { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'web', key: 'b' } } }] },
    exists: 'configmap/web: a',
    asks: 'configmap/web',
    problem: "main: couldn't find key b in ConfigMap n/web",
  },
  {
    name: 'a key of a secret',
    container: { env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'web', key: 'a' } } }] },
    exists: 'secret/web: a',
    asks: 'secret/web',
  },
  {
    name: 'a volume of a secret',
    volume: { secret: { secretName: 'web' } },
    asks: 'secret/web',
    problem: 'volume v: secret "web" not found',
  },
  {
    name: 'a volume of some keys',
    volume: { configMap: { name: 'web', items: [{ key: 'b', path: 'b' }] } },
    exists: 'configmap/web: a',
    asks: 'configmap/web',
    problem: 'volume v: configmap references non-existent config key: b',
  },
  {
    name: 'what every namespace has',
    volume: { projected: { sources: [{ configMap: { name: 'kube-root-ca.crt' } }] } },
    asks: '',
  },
];

for (const { name, container, volume, exists = '', asks, problem = '' } of cases) {
  test(`a pod refers to ${name}`, () => {
    const pod = {
      metadata: { name: 'p', namespace: 'n' },
      spec: {
        containers: [{ name: 'main', image: 'i', ...container }],
        ...(volume && { volumes: [{ name: 'v', ...volume }] }),
      },
    };
    assert.equal(
      configurationOf(pod)
        .map((it) => `${it.kind}/${it.name}`)
        .join(' '),
      asks,
    );
    const [what, keys = ''] = exists.split(': ');
    const missing = missingOf(pod, (kind, wanted) =>
      what === `${kind}/${wanted}` ? new Set(keys.split(' ')) : undefined,
    );
    const problems = [
      ...[...missing.environment].map(([where, text]) => `${where}: ${text}`),
      ...missing.volumes.map((it) => `volume ${it.volume}: ${it.problem}`),
    ];
    assert.equal(problems.join(), problem);
  });
}
