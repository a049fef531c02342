/**
 * Bundles the command for release: one file to find, read and compile instead of hundreds, which is most of the start-up time. Runs after
 * `npm ci` (the `prepare` script); `bin/navarch.js` uses the bundle while no source is newer.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';

const root = path.join(import.meta.dirname, '..');
const output = path.join(root, 'packages', 'cli', 'dist');

const bundle = await rolldown({
  input: { main: path.join(root, 'packages', 'cli', 'src', 'main.ts') },
  platform: 'node',
  // Native code, which finds its own files by its place.
  external: [/^node:/, 'lmdb'],
  logLevel: 'warn',
});
rmSync(output, { recursive: true, force: true });
await bundle.write({
  dir: output,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
  sourcemap: false,
});
await bundle.close();
