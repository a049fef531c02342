/** One write per turn, back-pressure, and ends of all kinds, with a sink that remembers. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createTurn, TurnWriter } from './turn-writer.ts';

function setUp() {
  let atEnd: (() => void) | undefined;
  const turn = createTurn((run) => void (atEnd = run));
  const writes: Uint8Array[] = [];
  const log: string[] = [];
  const written: ((error?: Error | null) => void)[] = [];
  let accepts = true;
  const open = (): TurnWriter =>
    new TurnWriter(
      {
        write: (bytes, onWritten) => {
          written.push(onWritten);
          writes.push(bytes);
          log.push(text(bytes));
          return accepts;
        },
        end: () => void log.push('end'),
        cut: () => void log.push('cut'),
        bufferedBytes: () => 0,
      },
      turn,
    );
  return {
    open,
    log,
    writes,
    written,
    endTurn: () => atEnd?.(),
    accept: (yes: boolean) => void (accepts = yes),
  };
}

function text(bytes: Uint8Array): string {
  return bytes.byteLength > 20 ? `${bytes.byteLength} bytes` : Buffer.from(bytes).toString();
}
const bytes = (words: string): Uint8Array => Buffer.from(words);

describe('a turn writer', () => {
  test('gathers the pieces of a turn', () => {
    const { open, log, endTurn } = setUp();
    const writer = open();
    writer.write(bytes('a'));
    writer.write(bytes('b'));
    assert.deepEqual([log, writer.bufferedBytes()], [[], 2]);
    endTurn();
    writer.write(bytes('c'));
    endTurn();
    assert.deepEqual(log, ['ab', 'c']);
  });

  test('does not gather more than is good', () => {
    const { open, log } = setUp();
    open().write(new Uint8Array(300_000));
    assert.deepEqual(log, ['300000 bytes']);
  });

  test('writes what is left before it ends, and nothing after', () => {
    const { open, log, endTurn } = setUp();
    const writer = open();
    writer.write(bytes('a'));
    writer.end();
    writer.write(bytes('b'));
    endTurn();
    assert.deepEqual(log, ['a', 'end']);
  });

  test('waits for room', async () => {
    const { open, accept } = setUp();
    const writer = open();
    accept(false);
    writer.write(bytes('a'));
    let room = false;
    const drained = writer.drained().then(() => (room = true));
    await Promise.resolve();
    assert.equal(room, false);
    writer.onDrain();
    await drained;
    assert.equal(room, true);
  });

  test('stops waiting when the peer goes', async () => {
    const { open, accept } = setUp();
    const writer = open();
    accept(false);
    writer.write(bytes('a'));
    const drained = writer.drained();
    writer.onClose();
    await assert.rejects(drained);
    await assert.rejects(writer.drained());
    assert.equal(writer.bufferedBytes(), 0);
  });

  test('says when nothing is in use any more', async () => {
    const { open, written } = setUp();
    const writer = open();
    await writer.released();
    writer.write(new Uint8Array(300_000));
    writer.write(bytes('b'));
    let released = false;
    const waiting = writer.released().then(() => (released = true));
    written[0]?.();
    await Promise.resolve();
    assert.equal(released, false);
    written[1]?.();
    await waiting;
    await writer.released();
  });

  test('what failed is not released: it may still be in use', async () => {
    const { open, written } = setUp();
    const writer = open();
    writer.write(bytes('a'));
    const waiting = writer.released();
    written[0]?.(new Error('gone'));
    writer.onClose();
    await assert.rejects(waiting);
    await assert.rejects(writer.released());
  });

  test('cuts off once, without what was not written', () => {
    const { open, log, endTurn } = setUp();
    const writer = open();
    writer.write(bytes('a'));
    writer.cut();
    writer.cut();
    endTurn();
    assert.deepEqual(log, ['cut']);
  });

  test('shares the bytes of writers that write the same', () => {
    const { open, writes, log, endTurn } = setUp();
    const pieces = [bytes('a'), bytes('b')];
    const writers = [open(), open(), open()];
    for (const writer of writers) for (const piece of pieces) writer.write(piece);
    writers[2]?.write(bytes('c'));
    endTurn();
    assert.deepEqual(log, ['ab', 'ab', 'abc']);
    assert.equal(writes[0], writes[1]);
  });
});
