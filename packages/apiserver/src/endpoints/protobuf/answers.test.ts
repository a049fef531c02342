/** Answers in protobuf, read by a reader that shares nothing with what wrote them but the numbers in upstream's .proto files. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WatchFrame } from '../../request/request.ts';
import { startTestRegistry, testDefinitions, testUser, type TestRegistry } from '../../testing.ts';

const accept = 'application/vnd.kubernetes.protobuf';
const url = '/api/v1/namespaces/a/configmaps';
const headers = { accept };

/** Fields by number: the bytes of delimited ones, the numbers of others. */
type Message = Map<number, (Uint8Array | number)[]>;

function parse(bytes: Uint8Array): Message {
  const message: Message = new Map();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  const delimited = (): Uint8Array => {
    const length = varint();
    at += length;
    assert.ok(at <= bytes.length, 'a value ends where its message does, or before');
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = varint();
    assert.ok([0, 2].includes(tag & 7), 'nothing here is of fixed size');
    const value = (tag & 7) === 2 ? delimited() : varint();
    message.set(tag >>> 3, [...(message.get(tag >>> 3) ?? []), value]);
  }
  return message;
}

function inner(message: Message, field: number, index = 0): Message {
  const bytes = message.get(field)?.[index];
  assert.ok(bytes instanceof Uint8Array, `field ${field} is a message`);
  return parse(bytes);
}

function text(message: Message, field: number): string {
  const bytes = message.get(field)?.[0];
  return bytes instanceof Uint8Array ? Buffer.from(bytes).toString() : '';
}

/** `apiVersion kind` and the object's own message. */
function open(bytes: Uint8Array): { readonly type: string; readonly object: Message } {
  assert.equal(Buffer.from(bytes.subarray(0, 4)).toString('latin1'), 'k8s\0');
  const unknown = parse(bytes.subarray(4));
  const type = inner(unknown, 1);
  return { type: `${text(type, 1)} ${text(type, 2)}`, object: inner(unknown, 2) };
}

/** `name@resourceVersion` of an object's message: metadata is 1; in it name is 1, resourceVersion 6. */
function identity(object: Message): string {
  const metadata = inner(object, 1);
  return `${text(metadata, 1)}@${text(metadata, 6)}`;
}

async function startWith(names: readonly string[]): Promise<TestRegistry> {
  const registry = await startTestRegistry();
  for (const name of names) {
    await registry.send('POST', url, { body: { metadata: { name }, data: { k: name } } });
  }
  return registry;
}

test('an object', async () => {
  const registry = await startWith(['one']);
  const json = await registry.send('GET', `${url}/one`);
  const { status, headers: sent, bytes } = await registry.send('GET', `${url}/one`, { headers });
  assert.equal(status, 200);
  assert.equal(sent['content-type'], accept);
  const { type, object } = open(bytes);
  assert.equal(type, 'v1 ConfigMap');
  const { metadata } = json.json as { metadata: { resourceVersion: string } };
  assert.equal(identity(object), `one@${metadata.resourceVersion}`);
  const data = inner(object, 2);
  assert.deepEqual([text(data, 1), text(data, 2)], ['k', 'one']);
  await registry.stop();
});

test('what a write answers', async () => {
  const registry = await startTestRegistry();
  const body = { metadata: { name: 'new' } };
  const made = await registry.send('POST', url, { headers, body });
  assert.equal(made.status, 201);
  assert.match(identity(open(made.bytes).object), /^new@\d+$/);
  const dry = await registry.send('PUT', `${url}/new?dryRun=All`, { headers, body });
  assert.equal(open(dry.bytes).type, 'v1 ConfigMap');
  const deleted = await registry.send('DELETE', `${url}/new`, { headers });
  const { type, object } = open(deleted.bytes);
  assert.equal(`${type} ${text(object, 2)}`, 'v1 Status Success');
  await registry.stop();
});

test('errors', async () => {
  const registry = await startTestRegistry();
  const { status, headers: sent, bytes } = await registry.send('GET', `${url}/no`, { headers });
  assert.deepEqual([status, sent['content-type']], [404, accept]);
  const { type, object } = open(bytes);
  assert.equal(type, 'v1 Status');
  assert.equal(text(object, 3), 'configmaps "no" not found');
  assert.equal(text(object, 4), 'NotFound');
  assert.deepEqual(object.get(6), [404]);
  await registry.stop();
});

const lists: { name: string; path: string; as?: string; type: string; items: number }[] = [
  { name: 'nothing', path: '/api/v1/pods', type: 'v1 PodList', items: 0 },
  { name: 'what is stored', path: url, type: 'v1 ConfigMapList', items: 40 },
  { name: 'a page', path: `${url}?limit=7`, type: 'v1 ConfigMapList', items: 7 },
  {
    name: 'metadata',
    path: url,
    as: ';as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
    type: 'meta.k8s.io/v1 PartialObjectMetadataList',
    items: 40,
  },
];
for (const { name, path, as = '', type, items } of lists) {
  test(`a list of ${name}`, async () => {
    // Pieces end at 256 KiB: so do some of these.
    const registry = await startTestRegistry();
    for (let index = 0; index < 40; index++) {
      const body = { metadata: { name: `m${index + 10}` }, data: { k: 'x'.repeat(index * 1500) } };
      await registry.send('POST', url, { body });
    }
    const json = await registry.send('GET', path);
    const list = json.json as {
      items: { metadata: { name: string; resourceVersion: string } }[];
      metadata: { resourceVersion: string; continue?: string };
    };
    for (const _ of ['cold', 'warm']) {
      const answer = await registry.send('GET', path, { headers: { accept: accept + as } });
      assert.deepEqual([answer.status, answer.headers['content-type']], [200, accept]);
      const opened = open(answer.bytes);
      assert.equal(opened.type, type);
      const metadata = inner(opened.object, 1);
      assert.equal(text(metadata, 2), list.metadata.resourceVersion);
      assert.equal(text(metadata, 3), list.metadata.continue ?? '');
      const found = (opened.object.get(2) ?? []).map((_, at) =>
        identity(inner(opened.object, 2, at)),
      );
      assert.deepEqual(
        found,
        list.items.map(({ metadata }) => `${metadata.name}@${metadata.resourceVersion}`),
      );
      assert.equal(found.length, items);
    }
    await registry.stop();
  });
}

test('a view', async () => {
  const registry = await startTestRegistry();
  const path = '/apis/autoscaling/v1/namespaces/a/horizontalpodautoscalers';
  await registry.send('POST', path, { body: { metadata: { name: 'h' }, spec: {} } });
  const one = open((await registry.send('GET', `${path}/h`, { headers })).bytes);
  assert.equal(one.type, 'autoscaling/v1 HorizontalPodAutoscaler');
  const all = open((await registry.send('GET', path, { headers })).bytes);
  assert.equal(identity(inner(all.object, 2)), identity(one.object));
  await registry.stop();
});

test('a table is JSON or nothing', async () => {
  const registry = await startWith(['one']);
  const asked = `${accept};as=Table;g=meta.k8s.io;v=v1`;
  const refused = await registry.send('GET', url, { headers: { accept: asked } });
  assert.equal(refused.status, 406);
  const both = `${asked},application/json;as=Table;g=meta.k8s.io;v=v1`;
  const table = await registry.send('GET', url, { headers: { accept: both } });
  assert.equal(table.json?.['kind'], 'Table');
  await registry.stop();
});

test('a watch: frames, one after the other', async () => {
  const registry = await startWith(['one', 'two']);
  const stopper = new AbortController();
  const { headers: sent, body } = await registry.handle({
    method: 'GET',
    path: url,
    query:
      'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true',
    headers: { accept: `${accept};stream=watch` },
    body: { value: undefined },
    identity: { user: testUser },
    remoteAddress: '',
    signal: stopper.signal,
  });
  assert.equal(sent['content-type'], `${accept};stream=watch`);
  assert.ok(body.kind === 'watch' && body.bytesOf);
  const { bytesOf } = body;
  const pieces: Uint8Array[] = [];
  const write = (frames: readonly WatchFrame[]): void => {
    for (const frame of frames) {
      pieces.push(bytesOf(frame));
      assert.equal(bytesOf(frame), pieces.at(-1), 'made once');
    }
  };
  body.start({ write, end: () => undefined, bufferedBytes: () => 0, signal: stopper.signal });
  await registry.send('DELETE', `${url}/one`);
  const seen: string[] = [];
  for (let rest = Buffer.concat(pieces); rest.length > 0;) {
    const end = 4 + rest.readUInt32BE();
    const event = parse(rest.subarray(4, end));
    const raw = inner(event, 2).get(1)?.[0];
    assert.ok(raw instanceof Uint8Array);
    const { type, object } = open(raw);
    seen.push(`${text(event, 1)} ${type} ${identity(object)}`);
    rest = rest.subarray(end);
  }
  assert.deepEqual(
    seen.map((line) => line.replace(/@\d+$/, '')),
    [
      'ADDED v1 ConfigMap one',
      'ADDED v1 ConfigMap two',
      'BOOKMARK v1 ConfigMap ',
      'DELETED v1 ConfigMap one',
    ],
  );
  stopper.abort();
  await registry.stop();
});

test('objects are encoded once, and again when they changed', async () => {
  const registry = await startWith(['one']);
  const get = (): Promise<{ readonly bytes: Uint8Array }> =>
    registry.send('GET', `${url}/one`, { headers });
  const first = await get();
  assert.equal((await get()).bytes, first.bytes);
  await registry.send('PUT', `${url}/one`, { body: { metadata: { name: 'one' } } });
  const second = await get();
  assert.notDeepEqual(second.bytes, first.bytes);
  assert.equal((await get()).bytes, second.bytes);
  await registry.stop();
});

test('kinds without field numbers, as custom ones are', async () => {
  const custom = testDefinitions
    .filter(({ plural }) => plural === 'configmaps')
    .map((like) => ({ ...like, plural: 'customs', storagePrefix: 'c', schema: 'meta/v1.Table' }));
  const registry = await startTestRegistry({ definitions: custom });
  const path = '/api/v1/customs';
  const refused = await registry.send('GET', path, { headers });
  assert.equal(refused.status, 406);
  const either = await registry.send('GET', path, {
    headers: { accept: `${accept},application/json` },
  });
  assert.equal(either.headers['content-type'], 'application/json');
  await registry.stop();
});
