import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEnvironment } from '@navarch/cel/environment';
import { authorizerVariables } from './authorizer.ts';
import { kubernetesLibraries } from './libraries.ts';

const environment = createEnvironment({
  libraries: kubernetesLibraries,
  variables: authorizerVariables,
});

const pods = "authorizer.group('').resource('pods')";
const selector = 'spec.nodeName=example-node-name.fully.qualified.domain.name.example.com';

/** What calls cost; upstream's figures. */
const costs: Readonly<Record<string, number>> = {
  "authorizer.path('/healthz')": 2,
  "authorizer.path('/healthz').check('get').allowed()": 350_003,
  [`${pods}.name('a').check('get').errored()`]: 350_005,
  [`${pods}.fieldSelector('${selector}')`]: 1821,
  [`${pods}.labelSelector('${selector}')`]: 1821,
};

for (const [text, cost] of Object.entries(costs)) {
  test(`${text} costs ${cost}`, () => {
    const compiled = environment.compile(text);
    assert.ok(compiled.ok, compiled.ok ? '' : compiled.message);
    const estimate = compiled.program.estimateCost({ sizeOf: () => undefined });
    assert.deepEqual(estimate, { min: cost, max: cost });
  });
}

test('an authorizer has no fields', () => {
  const result = environment.compile('authorizer.path');
  assert.ok(!result.ok);
  assert.match(
    result.message,
    /^ERROR: <input>:1:11: unexpected failed resolution of 'kubernetes.authorization.Authorizer'\n/,
  );
});
