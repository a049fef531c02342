/**
 * Operators' material comes and goes: large definitions with their typical objects, applied by an unmodified kubectl from the
 * client's side and from the server's, refused where their schemas say so, printed, changed, and removed.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Product, startProduct } from '../product.ts';
import { kubectl, kubectlMissing, type KubectlResult, words } from '../kubectl/kubectl.ts';
import { certificates } from './certificates.ts';
import { gateways } from './gateways.ts';
import { monitoring } from './monitoring.ts';
import type { Operator } from './operator.ts';

const skip = kubectlMissing();
const linesMin = 3000;

let product: Product;
before(async () => {
  product = await startProduct({ args: ['up', '--nodes', '1'] });
});
after(() => product.stop('SIGKILL'));

test('the definitions are as large as those of real operators', () => {
  const lines = [gateways, certificates, monitoring].map(
    ({ definitions }) => JSON.stringify(definitions, null, 1).split('\n').length,
  );
  assert.ok(Math.max(...lines) > linesMin, `${lines.join(', ')} lines`);
});

for (const operator of [gateways, certificates, monitoring]) {
  for (const side of ['--server-side', '--server-side=false'] as const) {
    // One after another: both sides use the same names.
    test(`${operator.name}, applied with ${side}`, { skip }, () => useOperator(operator, side));
  }
}

async function useOperator(operator: Operator, side: string): Promise<void> {
  const definitions = asList(operator.definitions);
  const objects = asList(operator.objects);
  // Definitions of this size are too large for the annotation of the client's side: they are created there.
  const apply = `apply ${side} -f -`;
  const bring = side === '--server-side' ? apply : 'create -f -';
  await succeeds(bring, definitions);
  const names = operator.definitions.map(({ metadata }) => `crd/${metadata.name}`).join(' ');
  await succeeds(`wait --for=condition=Established --timeout=20s ${names}`);
  await succeeds(apply, objects);
  const before = await generations(objects);
  await succeeds(apply, objects);
  assert.equal(await generations(objects), before, 'applying the same again changes nothing');
  for (const { object, says } of operator.refused) {
    const refused = await run(apply, JSON.stringify(object));
    assert.notEqual(refused.code, 0, `${object.metadata.name} was to be refused`);
    assert.match(refused.stderr, says);
  }
  for (const { run: line, shows } of operator.prints) {
    const printed = await succeeds(line);
    assert.match(printed.stdout, shows, line);
  }
  await succeeds('delete -f - --timeout=30s', objects);
  await succeeds('delete -f - --timeout=30s', definitions);
}

async function generations(objects: string): Promise<string> {
  const asked = await succeeds('get -f - -o jsonpath={.items[*].metadata.generation}', objects);
  return asked.stdout;
}

async function succeeds(line: string, input?: string): Promise<KubectlResult> {
  const result = await run(line, input);
  assert.equal(result.code, 0, `kubectl ${line}\n${result.stdout}\n${result.stderr}`);
  return result;
}

function run(line: string, input?: string): Promise<KubectlResult> {
  return kubectl(product.kubeconfig, words(line), input === undefined ? {} : { input });
}

function asList(items: readonly unknown[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}
