/** The texts of the health endpoints. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answerHealth, type HealthCheck } from './health.ts';
import { HealthSlis } from './slis.ts';

const checks = (failing: string): readonly HealthCheck[] =>
  ['ping', 'etcd'].map((name) => ({
    name,
    check: () => (name === failing ? 'broken' : undefined),
  }));

const cases: { path: string; query?: string; failing?: string; is: string }[] = [
  { path: '/readyz', is: '200 ok' },
  { path: '/readyz/', is: '200 ok' },
  { path: '/readyz/ping', is: '200 ok' },
  { path: '/readyz/nope', is: '404 404 page not found\n' },
  { path: '/readyz/etcd', failing: 'etcd', is: '500 internal server error: broken\n' },
  { path: '/readyz', query: 'verbose', is: '200 [+]ping ok\n[+]etcd ok\nreadyz check passed\n' },
  {
    path: '/readyz',
    failing: 'etcd',
    is: '500 [+]ping ok\n[-]etcd failed: reason withheld\nreadyz check failed\n',
  },
  { path: '/readyz', failing: 'etcd', query: 'exclude=etcd', is: '200 ok' },
  {
    path: '/readyz',
    query: 'verbose&exclude=etcd&exclude=nope',
    is: '200 [+]ping ok\n[+]etcd excluded: ok\nwarn: some health checks cannot be excluded: no matches for "nope"\nreadyz check passed\n',
  },
  { path: '/readyz', query: 'exclude=nope', is: '200 ok' },
];

describe('health', () => {
  for (const { path, query = '', failing = '', is } of cases) {
    test(`${path}?${query} ${failing && `with ${failing} failing`}`, () => {
      const { response } = answerHealth('readyz', checks(failing), path, query);
      assert.equal(
        `${response.status} ${response.body.kind === 'text' ? response.body.text : ''}`,
        is,
      );
    });
  }

  test('what was found when all were asked is counted; what was excluded, or asked alone, is not', async () => {
    const slis = new HealthSlis();
    const ask = (failing: string, path: string, query: string): void =>
      slis.count('readyz', answerHealth('readyz', checks(failing), path, query).findings);
    ask('', '/readyz', '');
    ask('etcd', '/readyz', '');
    ask('', '/readyz', 'exclude=etcd');
    ask('', '/readyz/ping', '');
    const lines = (await slis.text()).split('\n').filter((line) => /^\w/.test(line));
    assert.deepEqual(lines, [
      'kubernetes_healthcheck{name="ping",type="readyz"} 1',
      'kubernetes_healthcheck{name="etcd",type="readyz"} 0',
      'kubernetes_healthchecks_total{name="ping",status="success",type="readyz"} 3',
      'kubernetes_healthchecks_total{name="etcd",status="success",type="readyz"} 1',
      'kubernetes_healthchecks_total{name="etcd",status="error",type="readyz"} 1',
    ]);
  });
});
