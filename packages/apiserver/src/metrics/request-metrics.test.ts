/** What a scrape shows of a few requests. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRequestInfo } from '../request/route.ts';
import { RequestMetrics } from './request-metrics.ts';

test('requests by label and code, durations in buckets, watch events', () => {
  const metrics = new RequestMetrics();
  const get = parseRequestInfo('GET', '/api/v1/namespaces/d/pods/p', '');
  const watch = parseRequestInfo('GET', '/api/v1/pods', 'watch=1');
  for (const [code, seconds] of [
    [200, 0.001],
    [200, 0.03],
    [404, 100],
  ] as const) {
    metrics.observe(get, { code, seconds, served: true, dryRun: false });
  }
  metrics.observe(watch, { code: 200, seconds: 50, served: true, dryRun: false });
  metrics.countWatchEvents(watch, 3);
  const labels =
    'component="apiserver",dry_run="",group="",resource="pods",scope="resource",subresource="",verb="GET",version="v1"';
  const lines = metrics.text().split('\n');
  for (const line of [
    `apiserver_request_total{code="200",${labels}} 2`,
    `apiserver_request_total{code="404",${labels}} 1`,
    `apiserver_request_duration_seconds_bucket{${labels},le="0.005"} 1`,
    `apiserver_request_duration_seconds_bucket{${labels},le="0.05"} 2`,
    `apiserver_request_duration_seconds_bucket{${labels},le="60"} 2`,
    `apiserver_request_duration_seconds_bucket{${labels},le="+Inf"} 3`,
    `apiserver_request_duration_seconds_count{${labels}} 3`,
    'apiserver_watch_events_total{group="",resource="pods",version="v1"} 3',
  ]) {
    assert.ok(lines.includes(line), line);
  }
  assert.ok(
    !lines.some(
      (line) =>
        line.startsWith('apiserver_request_duration_seconds_count') && line.includes('WATCH'),
    ),
  );
});

test('names that nobody serves are not kept', () => {
  const metrics = new RequestMetrics();
  for (let i = 0; i < 100; i++) {
    const info = parseRequestInfo('GET', `/apis/x/v1/made-up-${i}`, '');
    metrics.observe(info, { code: 404, seconds: 0, served: false, dryRun: false });
  }
  assert.ok(metrics.text().includes('} 100'));
  assert.ok(!metrics.text().includes('made-up'));
});
