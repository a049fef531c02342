/** The texts of the health endpoints. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answerHealth, type HealthCheck } from './health.ts';

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
});
