#!/usr/bin/env node
// The `navarch` command. Plain JavaScript, so that an old Node can read it and find a newer one, or say what is missing in one line.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const oldestMajor = 24;
const major = Number(process.versions.node.split('.')[0]);

if (major >= oldestMajor) {
  const { enableCompileCache } = await import('node:module');
  enableCompileCache(); // Parsed and type-stripped sources are kept between starts.
  await import('../src/main.ts');
} else {
  runWithNewerNode();
}

/** The dev-dependency `node` (or the user's own) installs a runtime beside us: use it. */
function runWithNewerNode() {
  for (
    let folder = import.meta.dirname;
    folder !== path.dirname(folder);
    folder = path.dirname(folder)
  ) {
    const candidate = path.join(folder, 'node_modules', 'node', 'bin', 'node');
    if (!existsSync(candidate)) continue;
    const child = spawn(candidate, process.argv.slice(1), { stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
      process.on(signal, () => child.kill(signal));
    child.on('exit', (status) => process.exit(status ?? 1));
    return;
  }
  console.error(
    `navarch: needs Node ${oldestMajor} or newer, this is ${process.version}; try: npm install node@${oldestMajor}`,
  );
  process.exit(1);
}
