/** SPDY: frames as they are cut, header blocks as others compress them, two ends of one connection. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { constants, createDeflate } from 'node:zlib';
import { tunnelPair } from '../testing/tunnels.ts';
import { SpdyConnection, type SpdyStream } from './connection.ts';
import { headerDictionary } from './dictionary.ts';
import {
  dataFrame,
  type Frame,
  FrameReader,
  openFrame,
  pingFrame,
  replyFrame,
  resetFrame,
} from './frames.ts';
import { readHeaderBlock, type SpdyHeaders, writeHeaderBlock } from './header-block.ts';
import { createBlockInflater } from './inflate/node.ts';

const block = Uint8Array.of(1, 2, 3);
const written: { name: string; bytes: readonly Uint8Array[]; read: object }[] = [
  { name: 'open', bytes: [openFrame(3, block)], read: { kind: 'open', stream: 3, fin: false } },
  { name: 'reply', bytes: [replyFrame(3, block)], read: { kind: 'reply', stream: 3, fin: false } },
  { name: 'reset', bytes: [resetFrame(3, 5)], read: { kind: 'reset', stream: 3, status: 5 } },
  { name: 'ping', bytes: [pingFrame(7)], read: { kind: 'ping', id: 7 } },
  {
    name: 'the last data',
    bytes: dataFrame(3, block, true),
    read: { kind: 'data', stream: 3, fin: true },
  },
  {
    name: 'an end without data',
    bytes: dataFrame(3, new Uint8Array(0), true),
    read: { kind: 'data', stream: 3, fin: true },
  },
];
for (const { name, bytes, read } of written) {
  test(`a frame is read as it was written: ${name}`, () => {
    const [frame, ...others] = new FrameReader().read(Buffer.concat(bytes));
    assert.deepEqual({ ...read, ...frame }, frame);
    assert.equal(others.length, 0);
  });
}

test('frames arrive in pieces of any size', () => {
  const all = Buffer.concat(written.flatMap(({ bytes }) => bytes));
  const whole = new FrameReader().read(all);
  for (const size of [1, 2, 7, 13]) {
    const reader = new FrameReader();
    const frames: Frame[] = [];
    for (let at = 0; at < all.byteLength; at += size) {
      frames.push(...reader.read(all.subarray(at, at + size)));
    }
    assert.deepEqual(kinds(frames), kinds(whole), `pieces of ${size}`);
    assert.deepEqual(dataOf(frames), dataOf(whole));
  }
});

function kinds(frames: readonly Frame[]): readonly string[] {
  return frames
    .filter((frame) => frame.kind !== 'data' || frame.fin)
    .map((frame) => `${frame.kind} ${'stream' in frame ? frame.stream : ''}`);
}

function dataOf(frames: readonly Frame[]): Buffer {
  return Buffer.concat(frames.flatMap((frame) => (frame.kind === 'data' ? [frame.bytes] : [])));
}

const malformed: { name: string; bytes: Uint8Array; text: RegExp }[] = [
  { name: 'another version', bytes: Uint8Array.of(0x80, 2, 0, 1, 0, 0, 0, 0), text: /not SPDY/ },
  {
    name: 'a control frame without end',
    bytes: Uint8Array.of(0x80, 3, 0, 1, 0, 255, 255, 255),
    text: /too large/,
  },
  {
    name: 'a reset of nothing',
    bytes: Uint8Array.of(0x80, 3, 0, 3, 0, 0, 0, 4, 0, 0, 0, 1),
    text: /too short/,
  },
];
for (const { name, bytes, text } of malformed) {
  test(`refused: ${name}`, () => assert.throws(() => new FrameReader().read(bytes), text));
}

const headers = { streamtype: 'stdout', port: '8080', requestid: '0' };

test('header blocks of this side are one zlib stream', async () => {
  const inflate = createBlockInflater();
  for (const isFirst of [true, false, false]) {
    const plain = await inflate(writeHeaderBlock(headers, isFirst));
    assert.deepEqual(readHeaderBlock(plain), headers);
  }
});

test('header blocks that others compress with the dictionary', async () => {
  const deflate = createDeflate({
    dictionary: headerDictionary(),
    finishFlush: constants.Z_SYNC_FLUSH,
  });
  const inflate = createBlockInflater();
  const parts: readonly SpdyHeaders[] = [{ streamtype: 'error' }, { 'content-type': 'a\0b' }, {}];
  const read: object[] = [];
  for (const part of parts) {
    deflate.write(writeHeaderBlock(part, false).subarray(5, -5)); // What the stored block holds.
    await new Promise<void>((resolve) => deflate.flush(constants.Z_SYNC_FLUSH, resolve));
    read.push(readHeaderBlock(await inflate(deflate.read() as Uint8Array)));
  }
  assert.deepEqual(read, [{ streamtype: 'error' }, { 'content-type': 'a, b' }, {}]);
});

test('a header block that is none is refused', async () => {
  await assert.rejects(createBlockInflater()(Uint8Array.of(1, 2, 3, 4, 5)));
});

describe('two ends of a connection', () => {
  const connect = (onStream: (stream: SpdyStream) => void): SpdyConnection => {
    const [left, right] = tunnelPair();
    const inflate = createBlockInflater;
    const server = new SpdyConnection(right, { side: 'server', inflate: inflate(), onStream });
    const client = new SpdyConnection(left, { side: 'client', inflate: inflate() });
    void server.run();
    void client.run();
    return client;
  };

  test('streams have their headers, and bytes both ways', async () => {
    const seen: object[] = [];
    const client = connect((stream) => {
      seen.push(stream.headers);
      void echo(stream);
    });
    const streams = [
      await client.open({ streamtype: 'a' }),
      await client.open({ streamtype: 'b' }),
    ];
    for (const [i, stream] of streams.entries()) {
      await stream.write(Buffer.from(`hello ${i}`));
      await stream.end();
      assert.equal(await textOf(stream), `hello ${i}`);
    }
    assert.deepEqual(seen, [{ streamtype: 'a' }, { streamtype: 'b' }]);
    await client.end();
  });

  test('a stream that is broken off ends on the other side', async () => {
    const ended = Promise.withResolvers<string>();
    const client = connect((stream) => void textOf(stream).then(ended.resolve));
    const stream = await client.open({});
    await stream.write(Buffer.from('half'));
    await stream.reset();
    assert.equal(await ended.promise, 'half');
  });

  test('streams end with their connection, and none opens any more', async () => {
    const ended = Promise.withResolvers<string>();
    const client = connect((stream) => void textOf(stream).then(ended.resolve));
    await client.open({});
    await client.end();
    assert.equal(await ended.promise, '');
    await assert.rejects(client.open({}));
  });

  test('who opens no streams for others refuses them', async () => {
    const [left, right] = tunnelPair();
    const server = new SpdyConnection(right, { side: 'server', inflate: createBlockInflater() });
    const client = new SpdyConnection(left, { side: 'client', inflate: createBlockInflater() });
    void server.run();
    void client.run();
    await assert.rejects(client.open({}), /broke the stream off/);
  });

  test('who writes to a slow reader waits', async () => {
    let taken: SpdyStream | undefined;
    const client = connect((stream) => (taken = stream));
    const stream = await client.open({});
    let pieces = 0;
    const writing = (async () => {
      for (; pieces < 100; pieces++) await stream.write(new Uint8Array(32 * 1024));
      await stream.end();
    })();
    for (let turn = 0; turn < 1_000; turn++) await Promise.resolve();
    assert.ok(pieces < 60, `${pieces} pieces`);
    assert.ok(taken);
    let bytes = 0;
    for await (const chunk of taken.chunks) bytes += chunk.byteLength;
    await writing;
    assert.equal(bytes, 100 * 32 * 1024);
  });
});

async function echo(stream: SpdyStream): Promise<void> {
  for await (const chunk of stream.chunks) await stream.write(chunk);
  await stream.end();
}

async function textOf(stream: SpdyStream): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of stream.chunks) pieces.push(chunk);
  return Buffer.concat(pieces).toString();
}
