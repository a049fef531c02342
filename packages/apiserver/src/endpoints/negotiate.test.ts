import assert from 'node:assert/strict';
import { test } from 'node:test';
import { negotiate, type Offer, type OutputForm } from './negotiate.ts';

const everything: Offer = { table: true, metadata: true, protobuf: true };
const protobuf = 'application/vnd.kubernetes.protobuf';
const table = 'application/json;as=Table;v=v1;g=meta.k8s.io';
const cases: readonly {
  readonly name: string;
  readonly accept: string | undefined;
  readonly offer?: Partial<Offer>;
  readonly form: string;
}[] = [
  { name: 'nothing said', accept: undefined, form: 'json none' },
  { name: 'anything', accept: '*/*', form: 'json none' },
  { name: 'any application', accept: 'application/*', form: 'json none' },
  { name: 'yaml', accept: 'application/yaml', form: 'yaml none' },
  { name: 'in capitals', accept: 'Application/JSON', form: '406' },
  { name: 'one half of a type', accept: 'application, json/, application/yaml', form: 'yaml none' },
  { name: 'a star', accept: '*', form: 'json none' },
  { name: 'not liked at all', accept: 'application/yaml;q=0', form: 'yaml none' },
  { name: 'an odd quality', accept: 'application/yaml;q=x,application/json', form: 'json none' },
  { name: 'a quality left out', accept: 'application/yaml;q=,application/json', form: 'yaml none' },
  {
    name: 'the exact, though less liked',
    accept: '*/*,application/yaml;q=0.5',
    form: 'yaml none',
  },
  {
    name: 'the better liked, though not exact',
    accept: 'application/yaml;q=0.5,*/*',
    form: 'json none',
  },
  {
    name: 'only a group and a version',
    accept: 'application/json;g=meta.k8s.io;v=v1',
    form: '406',
  },
  { name: 'only a version', accept: 'application/json;v=v1', form: '406' },
  { name: 'the version of options', accept: 'application/json;sv=v1', form: 'json none' },
  { name: 'another version of options', accept: 'application/json;sv=v2', form: '406' },
  { name: 'line breaks', accept: 'application/json;pretty=1', form: 'json none pretty' },
  { name: 'unknown parameters', accept: 'application/json;a=b;c;d=e=f', form: 'json none' },
  { name: 'any, as a stream', accept: 'application/*;stream=watch', form: 'json none' },
  { name: 'by quality', accept: 'application/json;q=0.1,application/yaml', form: 'yaml none' },
  { name: 'the exact before any', accept: '*/*,application/yaml', form: 'yaml none' },
  { name: 'a table', accept: table, form: 'json table v1' },
  { name: 'as kubectl asks', accept: `${table},application/json`, form: 'json table v1' },
  {
    name: 'a table that cannot be made',
    accept: `${table},application/json`,
    offer: { table: false },
    form: 'json none',
  },
  { name: 'only that table', accept: table, offer: { table: false }, form: '406' },
  { name: 'a table of a group unknown', accept: `${table}x`, form: '406' },
  {
    name: 'metadata',
    accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1beta1',
    form: 'json metadata v1beta1',
  },
  {
    name: 'as client-go asks',
    accept: 'application/vnd.kubernetes.protobuf,application/json',
    form: 'protobuf none',
  },
  { name: 'protobuf alone', accept: protobuf, form: 'protobuf none' },
  { name: 'protobuf of a custom kind', accept: protobuf, offer: { protobuf: false }, form: '406' },
  {
    name: 'protobuf or JSON of a custom kind',
    accept: `${protobuf},application/json`,
    offer: { protobuf: false },
    form: 'json none',
  },
  {
    name: 'metadata of a custom kind in protobuf',
    accept: `${protobuf};as=PartialObjectMetadata;g=meta.k8s.io;v=v1`,
    offer: { protobuf: false },
    form: 'protobuf metadata v1',
  },
  { name: 'a table in protobuf', accept: `${protobuf};as=Table;g=meta.k8s.io;v=v1`, form: '406' },
  {
    name: 'a table in protobuf or not at all',
    accept: `${protobuf};as=Table;g=meta.k8s.io;v=v1,${protobuf}`,
    form: 'protobuf none',
  },
  {
    name: 'a stream of protobuf',
    accept: `${protobuf};stream=watch`,
    form: 'protobuf none',
  },
  { name: 'a stream of another sort', accept: `${protobuf};stream=other`, form: '406' },
  { name: 'a stream of yaml', accept: 'application/yaml;stream=watch', form: '406' },
  { name: 'text', accept: 'text/plain', form: '406' },
];

for (const { name, accept, offer, form } of cases) {
  test(`negotiate: ${name}`, () => {
    assert.equal(describe(accept, { ...everything, ...offer }), form);
  });
}

function describe(accept: string | undefined, offer: Offer): string {
  let form: OutputForm;
  try {
    form = negotiate(accept, offer);
  } catch (error) {
    return String((error as { code?: number }).code);
  }
  const { encoding, transform, pretty } = form;
  const version = transform.kind === 'none' ? '' : ` ${transform.version}`;
  return `${encoding} ${transform.kind}${version}${pretty ? ' pretty' : ''}`;
}
