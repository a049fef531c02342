import assert from 'node:assert/strict';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { readBody } from './body-reader.ts';
import { BodyTooLarge } from './http.ts';

const broken = /closed the connection while sending the body/;

test('a body is read to its end', async () => {
  const body = new PassThrough();
  const read = readBody(body, 10);
  body.write('ab');
  body.end('cd');
  assert.equal(Buffer.from(await read).toString(), 'abcd');
});

test('a body that was broken off is no body: before it is read, while it is, and by a reset', async () => {
  const before = new PassThrough();
  before.destroy();
  await once(before, 'close');
  await assert.rejects(readBody(before, 10), broken);

  const during = new PassThrough();
  const read = readBody(during, 10);
  during.write('ab');
  during.destroy();
  await assert.rejects(read, broken);

  const reset = Object.assign(new PassThrough(), { rstCode: 8 });
  const readReset = readBody(reset, 10);
  reset.end('ab');
  await assert.rejects(readReset, broken);
});

test('more than is allowed is refused while it comes', async () => {
  const body = new PassThrough();
  const read = readBody(body, 3);
  body.write('abcd');
  await assert.rejects(read, BodyTooLarge);
});
