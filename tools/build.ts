/**
 * Bundles the command for release: one file to find, read and compile instead of hundreds, which is most of the start-up time. Runs after
 * `npm ci` (the `prepare` script); `bin/navarch.js` uses the bundle while no source is newer.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { type Plugin, rolldown } from 'rolldown';

const root = path.join(import.meta.dirname, '..');
const output = path.join(root, 'packages', 'cli', 'dist');

/** lmdb's native code lies beside its package, not beside the bundle that its JavaScript has moved to. */
const nativeCodeOfLmdb: Plugin = {
  name: 'native-code-of-lmdb',
  transform: {
    filter: { id: /\/lmdb\/native\.js$/ },
    handler(code) {
      const own = 'fileURLToPath(import.meta.url)';
      if (!code.includes(own)) this.error('lmdb finds its native code in another way now');
      const beside = "createRequire(import.meta.url).resolve('lmdb')";
      return `import { createRequire } from 'node:module';\n${code.replace(own, beside)}`;
    },
  },
};

/** One character beyond Latin-1 makes V8 keep a whole file with two bytes for each character, and read it more slowly. */
const asciiOnly: Plugin = {
  name: 'ascii-only',
  renderChunk: (code) =>
    code.replaceAll(
      /[\u0080-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
};

const bundle = await rolldown({
  input: { main: path.join(root, 'packages', 'cli', 'src', 'main.ts') },
  platform: 'node',
  plugins: [nativeCodeOfLmdb, asciiOnly],
  external: [/^node:/],
  logLevel: 'warn',
  onLog(level, log, handle) {
    // lmdb's keys have an `eval` that we do not use.
    if (log.code !== 'EVAL' || !log.id?.includes('/ordered-binary/')) handle(level, log);
  },
});
rmSync(output, { recursive: true, force: true });
await bundle.write({
  dir: output,
  format: 'esm',
  comments: false,
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
  sourcemap: false,
});
await bundle.close();
