/** Debian's `python3-kubernetes` works a session: `session.py` beside this file. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { startProduct } from '../product.ts';

/** Debian's own: another Python on the path does not see Debian's packages. */
const python = '/usr/bin/python3';
const isThere = spawnSync(python, ['-c', 'import kubernetes']).status === 0;
const skip = isThere ? false : "Debian's python3-kubernetes is not installed";
const limitMs = 90_000;

test('a session with python3-kubernetes', { skip }, async () => {
  const product = await startProduct({ args: ['up', '--nodes', '2'] });
  try {
    const script = path.join(import.meta.dirname, 'session.py');
    const run = promisify(execFile)(python, ['-W', 'ignore', script, product.kubeconfig], {
      timeout: limitMs,
    });
    const { stdout } = await run;
    assert.match(stdout, /^8 steps$/m);
  } finally {
    await product.stop('SIGKILL');
  }
});
