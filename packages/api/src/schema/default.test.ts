import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyStaticDefaults } from './default.ts';
import { structOf } from './registry.ts';

const cases: [name: string, schema: string, from: string, to: string][] = [
  [
    'items of lists',
    'core/v1.Service',
    '{"spec":{"ports":[{"port":80},{"port":81,"protocol":"UDP"}]}}',
    '{"spec":{"ports":[{"port":80,"protocol":"TCP"},{"port":81,"protocol":"UDP"}]}}',
  ],
  [
    'deep inside',
    'apps/v1.Deployment',
    '{"spec":{"template":{"spec":{"containers":[{"ports":[{"containerPort":80}]}]}}}}',
    '{"spec":{"template":{"spec":{"containers":[{"ports":[{"containerPort":80,"protocol":"TCP"}]}]}}}}',
  ],
  ['nothing to do', 'core/v1.ConfigMap', '{"data":{"a":"b"}}', '{"data":{"a":"b"}}'],
];

test('static defaults', () => {
  for (const [name, schema, from, to] of cases) {
    const draft = JSON.parse(from) as Record<string, unknown>;
    applyStaticDefaults(structOf(schema), draft);
    assert.equal(JSON.stringify(draft), to, name);
  }
});
