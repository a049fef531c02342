/** Files that are put aside, kept and forgotten. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { createVirtualRuntime } from '@navarch/runtime/testing';
import { openAuditLogFile } from './node.ts';

const dayMs = 24 * 60 * 60 * 1000;

const cases: readonly {
  readonly name: string;
  readonly limits: Partial<Parameters<typeof openAuditLogFile>[0]>;
  /** Each a turn of the event loop; lines of four bytes each. */
  readonly turns: readonly (readonly string[])[];
  /** What the files hold, the newest first. */
  readonly files: readonly string[];
}[] = [
  { name: 'one file', limits: {}, turns: [['aaa', 'bbb'], ['ccc']], files: ['aaa bbb ccc'] },
  {
    name: 'a file that is full is put aside, between lines',
    limits: { maxSizeBytes: 9 },
    turns: [['aaa'], ['bbb', 'ccc', 'ddd', 'eee']],
    files: ['eee', 'ccc ddd', 'aaa bbb'],
  },
  {
    name: 'the oldest are forgotten',
    limits: { maxSizeBytes: 4, maxBackups: 1 },
    turns: [['aaa', 'bbb', 'ccc']],
    files: ['ccc', 'bbb'],
  },
  {
    name: 'and those that are too old',
    limits: { maxSizeBytes: 4, maxAgeMs: dayMs },
    turns: [['aaa', 'bbb'], [], ['ccc']],
    files: ['ccc', 'bbb'],
  },
  {
    name: 'a line that fits into no file has one for itself',
    limits: { maxSizeBytes: 5 },
    turns: [['aaa', 'bbbbbbbb', 'ccc']],
    files: ['ccc', 'bbbbbbbb', 'aaa'],
  },
];

for (const { name, limits, turns, files } of cases) {
  test(name, async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'navarch-audit-'));
    const { clock, log, metrics } = createVirtualRuntime();
    const file = path.join(directory, 'below', 'audit.log');
    const opened = openAuditLogFile({
      file,
      maxSizeBytes: 0,
      maxBackups: 0,
      maxAgeMs: 0,
      clock,
      log,
      metrics,
      ...limits,
    });
    for (const lines of turns) {
      for (const line of lines) opened.write(`${line}\n`);
      await clock.settle();
      if (lines.length === 0) await clock.advance(2 * dayMs);
    }
    opened.close();
    const entries = readdirSync(path.dirname(file)).toSorted();
    const inOrder = ['audit.log', ...entries.filter((each) => each !== 'audit.log').toReversed()];
    assert.ok(inOrder.slice(1).every((each) => /^audit-\d{4}-.*\.\d{3}\.log$/.test(each)));
    const texts = inOrder.map((each) => readFileSync(path.join(directory, 'below', each), 'utf8'));
    assert.deepEqual(
      texts.map((text) => text.trimEnd().replaceAll('\n', ' ')),
      files,
    );
    rmSync(directory, { recursive: true });
  });
}

test('it goes on where it stopped, and does not start where it cannot write', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'navarch-audit-'));
  const { clock, log, metrics } = createVirtualRuntime();
  const common = { maxSizeBytes: 0, maxBackups: 0, maxAgeMs: 0, clock, log, metrics };
  const file = path.join(directory, 'audit.log');
  writeFileSync(file, 'before\n');
  const opened = openAuditLogFile({ ...common, file });
  opened.write('after\n');
  opened.close();
  assert.equal(readFileSync(file, 'utf8'), 'before\nafter\n');
  assert.throws(() => openAuditLogFile({ ...common, file: path.join(file, 'x', 'audit.log') }));
  rmSync(directory, { recursive: true });
});

test('a log that cannot be put aside grows, and says so', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'navarch-audit-'));
  const { clock, log, metrics, lines } = createVirtualRuntime();
  const file = path.join(directory, 'audit.log');
  const opened = openAuditLogFile({
    file,
    maxSizeBytes: 4,
    maxBackups: 0,
    maxAgeMs: 0,
    clock,
    log,
    metrics,
  });
  rmSync(file); // Whoever renames it finds nothing.
  for (const line of ['aaa', 'bbb', 'ccc']) opened.write(`${line}\n`);
  await clock.settle();
  opened.close();
  assert.deepEqual(
    lines.map(({ message }) => message),
    ['the audit log is not put aside'],
  );
  assert.doesNotMatch(await metrics.text(), /apiserver_audit_error_total\{/);
  rmSync(directory, { recursive: true });
});
