/**
 * `npm run wire [-- [--verbose] [--write] [WORD...]]`: replays the recordings against a fresh `navarch apiserver`.
 * A word picks the cases whose `file/case` contains it. `--write` records which steps differ in wire-differences.txt, which the test
 * compares with: a step that is not listed there must not differ.
 */
import process from 'node:process';
import { startWireServer, replayAll, writeKnownDifferences } from './wire/run.ts';

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const flags = new Set(process.argv.slice(2).filter((word) => word.startsWith('--')));

const server = await startWireServer();
try {
  const results = await replayAll(
    server.url,
    (name) => words.length === 0 || words.some((word) => name.includes(word)),
  );
  let passed = 0;
  let failed = 0;
  for (const { recording, steps } of results) {
    const differing = steps.filter((step) => step.differences.length > 0);
    passed += steps.length - differing.length;
    failed += differing.length;
    console.log(`${recording.padEnd(28)} ${steps.length - differing.length}/${steps.length}`);
    if (!flags.has('--verbose')) continue;
    for (const step of differing)
      console.log(`  ${step.name}\n${step.differences.map((line) => `    ${line}`).join('\n')}`);
  }
  console.log(`${passed} passed, ${failed} failed`);
  if (flags.has('--write')) writeKnownDifferences(results);
  process.exitCode = failed > 0 && !flags.has('--write') ? 1 : 0;
} finally {
  await server.stop();
}
