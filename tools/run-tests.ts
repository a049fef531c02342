/**
 * Runs the tests: all of them, or those whose path contains a word of the command line. `npm test -- store watch`.
 * Ends with `N passed, N failed`, after a line for each test that was skipped and why.
 */
import { globSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const root = path.join(import.meta.dirname, '..');
const words = process.argv.slice(2);
const verbose = words.includes('--verbose');
const patterns = words.filter((word) => !word.startsWith('--'));

const files = globSync(['packages/*/{src,test}/**/*.test.ts', 'tools/**/*.test.ts'], { cwd: root })
  .filter((file) => patterns.length === 0 || patterns.some((pattern) => file.includes(pattern)))
  .toSorted()
  .map((file) => path.join(root, file));

if (files.length === 0) {
  console.error(`no test file matches ${patterns.join(' ')}`);
  process.exit(2);
}

let passed = 0;
let failed = 0;
const skipped: string[] = [];
const failures: string[] = [];
const stream = run({ files, concurrency: 2, cwd: root, timeout: 10 * 60 * 1000 });
stream.on('test:pass', (event) => {
  if (event.skip !== undefined) skipped.push(`${event.name}: ${String(event.skip)}`);
  else if (event.details.type !== 'suite') passed++;
});
stream.on('test:fail', (event) => {
  if (event.details.type === 'suite') return; // Its failing tests are counted themselves.
  failed++;
  failures.push(
    `${path.relative(root, event.file ?? '')}: ${event.name}\n${describe(event.details.error)}`,
  );
});
stream.on('test:stderr', (event) => process.stderr.write(event.message));
if (verbose) stream.compose(spec).pipe(process.stdout);
else stream.resume();
stream.on('end', () => {
  for (const failure of failures) console.log(`FAILED ${failure}\n`);
  for (const line of skipped) console.log(`skipped ${line}`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || (skipped.length > 0 && process.env['CI'] === 'true') ? 1 : 0;
});

function describe(error: Error): string {
  const cause = error.cause instanceof Error ? error.cause : error;
  return (cause.stack ?? cause.message)
    .split('\n')
    .slice(0, 25)
    .map((line) => `    ${line}`)
    .join('\n');
}
