// Installs the dependencies when they are missing or older than the lock file. Plain JavaScript: the machine's own Node may be 20.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const installed = path.join(root, 'node_modules', '.package-lock.json');
const wanted = path.join(root, 'package-lock.json');
const runtime = path.join(root, 'node_modules', '.bin', 'node');

const current =
  existsSync(installed) &&
  existsSync(runtime) &&
  statSync(installed).mtimeMs >= statSync(wanted).mtimeMs;

if (!current) {
  console.error('navarch: installing dependencies (npm ci), once');
  // npm hands its own settings down as npm_* variables; those of the outer command must not steer the inner one.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(lifecycle|package|command)/.test(name)),
  );
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env,
    stdio: ['ignore', process.stderr, process.stderr],
  });
  if (status !== 0) {
    console.error('navarch: npm ci failed; see its messages above');
    process.exit(1);
  }
}
