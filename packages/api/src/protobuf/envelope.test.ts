/** Fully populated objects of every kind, both ways, byte for byte, with upstream's encodings as the judge (where they are at hand). */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { decodeObject } from '../schema/decode.ts';
import { schemaOfKind } from '../schema/registry.ts';
import type { StructSchema } from '../schema/schema.ts';
import type { JsonObject } from '../types/scalars.ts';
import { exactInteger } from '@navarch/codec/json';
import { decodeProtobuf, encodeProtobuf, openEnvelope } from './envelope.ts';

const folder = path.join(import.meta.dirname, '../../../../../shared/reference/encodings');
const skip = existsSync(folder) ? false : 'the reference encodings are not here';

for (const file of globSync('*.json', { cwd: folder }).toSorted()) {
  test(file.replace('.json', ''), { skip }, () => {
    const json = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as JsonObject;
    const bytes = readFileSync(path.join(folder, file.replace('.json', '.pb')));
    const schema = schemaFor(file);
    const envelope = openEnvelope(bytes);
    const decoded = decodeObject(schema, decodeProtobuf(schema, envelope)).value;
    assert.deepEqual(decoded, decodeObject(schema, json).value);
    assert.deepEqual(Buffer.from(encodeProtobuf(schema, json)), bytes);
  });
}

/** By kind; the few types that do not say theirs, by the name of their file. */
function schemaFor(file: string): StructSchema {
  const [, group = '', version = '', kind = ''] = /^(.+)\.(v\w+)\.(\w+)\.json$/.exec(file) ?? [];
  const schema = schemaOfKind(group === 'core' ? '' : group, version, kind);
  assert.ok(schema, `no schema for ${file}`);
  return schema;
}

test('bytes that are no protobuf are refused', () => {
  for (const bytes of [new Uint8Array(), Buffer.from('{}'), Buffer.from('k8s\0\xff\xff\xff')]) {
    assert.throws(() => openEnvelope(bytes), /protobuf|EOF/);
  }
});

test('whole numbers of 64 bits keep all their bits', () => {
  const schema = schemaFor('core.v1.Pod.json');
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (seconds) => {
      const spec = { terminationGracePeriodSeconds: exactInteger(seconds) };
      const read = decodeProtobuf(schema, openEnvelope(encodeProtobuf(schema, { spec })));
      assert.deepEqual(read['spec'], { ...(read['spec'] as JsonObject), ...spec });
    }),
  );
});
