// Makes a clone ready to run: installs the dependencies when they are missing or older than the lock file, and bundles the command.
// Plain JavaScript: the machine's own Node may be 20. `npm install` runs it with `--bundle`, which only bundles.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const installed = path.join(root, 'node_modules', '.package-lock.json');
const wanted = path.join(root, 'package-lock.json');
const runtime = path.join(root, 'node_modules', 'node', 'bin', 'node');

if (process.argv.includes('--bundle')) {
  if (existsSync(runtime)) run(runtime, [path.join(root, 'tools', 'build.ts')]);
} else if (!isCurrent()) {
  console.error('navarch: installing dependencies (npm ci), once');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

function isCurrent() {
  return (
    existsSync(installed) &&
    existsSync(runtime) &&
    statSync(installed).mtimeMs >= statSync(wanted).mtimeMs
  );
}

function run(command, args) {
  // npm hands its own settings down as npm_* variables; those of the outer command must not steer the inner one.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(lifecycle|package|command)/.test(name)),
  );
  const { status } = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: ['ignore', process.stderr, process.stderr],
  });
  if (status !== 0) {
    console.error(`navarch: ${path.basename(command)} ${args[0]} failed; see its messages above`);
    process.exit(1);
  }
}
