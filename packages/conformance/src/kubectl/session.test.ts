/** An unmodified kubectl works a whole day against `navarch up`. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import process from 'node:process';
import { test } from 'node:test';
import { eventually } from '../eventually.ts';
import { startProduct } from '../product.ts';
import { kubectl, kubectlMissing, words } from './kubectl.ts';
import { session } from './session.ts';

const skip = kubectlMissing();
const watchLimitMs = 60_000;

test('a session with kubectl', { skip }, async (t) => {
  const product = await startProduct({ args: ['up', '--nodes', '3'] });
  try {
    for (const step of session) {
      await t.test(`kubectl ${step.run}`, async () => {
        const result = await kubectl(product.kubeconfig, words(step.run), step);
        const seen = `exit ${result.code}\n${result.stdout}\n${result.stderr}`;
        if (step.fails) assert.notEqual(result.code, 0, seen);
        else assert.equal(result.code, 0, seen);
        if (step.shows) assert.match(result.stdout, step.shows, seen);
        if (step.says) assert.match(result.stderr, step.says, seen);
      });
    }
    await t.test('kubectl get pods -w', () => seesChanges(product.kubeconfig));
    assert.equal(await product.stop('SIGTERM'), 0, 'a graceful stop');
  } finally {
    await product.stop('SIGKILL');
  }
});

/** A watch prints a pod's life while it happens. */
async function seesChanges(kubeconfig: string): Promise<void> {
  const watching = spawn('kubectl', ['get', 'pods', '-w', '--no-headers'], {
    env: { ...process.env, KUBECONFIG: kubeconfig },
  });
  try {
    let text = '';
    watching.stdout.on('data', (chunk: Buffer) => void (text += chunk.toString()));
    // Nothing tells when the watch has begun: pods come and go until the whole life of one was seen.
    let count = 0;
    await eventually('a whole life', watchLimitMs, async () => {
      const name = `watched-${count++}`;
      await kubectl(kubeconfig, words(`run ${name} --image=registry.example/w:v1`));
      await kubectl(kubeconfig, words(`wait pod/${name} --for=condition=Ready --timeout=30s`));
      await kubectl(kubeconfig, words(`delete pod ${name}`));
      return seesLife(text);
    });
  } finally {
    watching.kill();
  }
}

function seesLife(text: string): boolean {
  return /(watched-\d+) +0\/1 +Pending[\s\S]*\1 +1\/1 +Running[\s\S]*\1 +\d\/1 +Terminating/.test(
    text,
  );
}
