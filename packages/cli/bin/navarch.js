#!/usr/bin/env -S MALLOC_ARENA_MAX=1 node --max-semi-space-size=8
// The first line: all threads allocate from one pool, which holds less that nobody uses.
// The `navarch` command. Plain JavaScript, so that an old Node can read it and find a newer one, or say what is missing in one line.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import v8 from 'node:v8';
import { pathToFileURL } from 'node:url';

const oldestMajor = 24;
const startMs = 1000;
const major = Number(process.versions.node.split('.')[0]);

if (major >= oldestMajor) {
  module.enableCompileCache?.(); // Compiled code is kept between starts.
  // Collect garbage sooner: a third less memory for a little more CPU. Not while starting, when next to nothing is garbage.
  setTimeout(() => v8.setFlagsFromString('--heap-growing-percent=30'), startMs).unref();
  await import(pathToFileURL(entry()).href);
} else {
  runWithNewerNode();
}

/** The bundle, unless some source is newer: then the sources, which start slower. */
function entry() {
  const folder = path.join(import.meta.dirname, '..');
  const bundle = path.join(folder, 'dist', 'main.js');
  const source = path.join(folder, 'src', 'main.ts');
  if (!existsSync(source)) return bundle;
  if (!existsSync(bundle)) return source;
  return newestSourceMs(path.join(folder, '..')) <= statSync(bundle).mtimeMs ? bundle : source;
}

function newestSourceMs(packages) {
  let newest = 0;
  const visit = (folder) => {
    // What has no dot is a folder: asking for the type of each would take as long as all the rest.
    for (const name of readdirSync(folder)) {
      if (!name.includes('.')) visit(`${folder}/${name}`);
      else if (!name.endsWith('.test.ts'))
        newest = Math.max(newest, statSync(`${folder}/${name}`).mtimeMs);
    }
  };
  for (const name of readdirSync(packages)) {
    const sources = path.join(packages, name, 'src');
    if (existsSync(sources)) visit(sources);
  }
  return newest;
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
    const child = spawn(candidate, [...process.execArgv, ...process.argv.slice(1)], {
      stdio: 'inherit',
    });
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
