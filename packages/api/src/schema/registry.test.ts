import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { JsonValue } from '../types/scalars.ts';
import { descriptionOf } from './descriptions.ts';
import { groupVersions, kindsOf, schemaOf, schemaOfKind, structOf, typeNames } from './registry.ts';
import type { FieldSchema, ScalarType, Schema, StructSchema } from './schema.ts';
import { goTypeOf } from './schema.ts';

const reference = join(import.meta.dirname, '../../../../../shared/reference');
const skip = existsSync(reference) ? false : `no reference data at ${reference}`;

test('a kind is found by group, version and kind', () => {
  assert.equal(schemaOfKind('', 'v1', 'Pod'), schemaOf('core/v1.Pod'));
  assert.equal(schemaOfKind('apps', 'v1', 'Deployment'), schemaOf('apps/v1.Deployment'));
  assert.equal(schemaOfKind('rbac.authorization.k8s.io', 'v1', 'Role')?.name, 'rbac/v1.Role');
  assert.equal(schemaOfKind('', 'v1', 'Status')?.name, 'meta/v1.Status');
  assert.equal(schemaOfKind('', 'v1', 'List')?.name, 'meta/v1.List');
  assert.equal(schemaOfKind('example.com', 'v7', 'DeleteOptions')?.name, 'meta/v1.DeleteOptions');
  assert.equal(schemaOfKind('meta.k8s.io', 'v1beta1', 'Table')?.name, 'meta/v1.Table');
  assert.equal(schemaOfKind('example.com', 'v1', 'Status'), undefined);
  assert.equal(schemaOfKind('', 'v1', 'ObjectReference'), undefined);
});

test('every type compiles, and every object has kind and apiVersion first', () => {
  for (const name of typeNames()) walk(schemaOf(name), new Set());
  for (const groupVersion of [...groupVersions(), '*']) {
    for (const kind of kindsOf(groupVersion)) {
      const schema = schemaIn(groupVersion, kind);
      assert.ok(schema?.isKind, kind);
      if (kind === 'WatchEvent') continue; // An envelope: it names no kind of its own.
      assert.deepEqual(
        schema.fields.slice(0, 2).map(({ name }) => name),
        ['kind', 'apiVersion'],
      );
    }
  }
});

test('a recursive type refers to itself', () => {
  const props = structOf('apiextensions/v1.JSONSchemaProps');
  assert.equal(field(props, 'not').schema, props);
  const properties = field(props, 'properties').schema;
  assert.ok(properties.kind === 'map' && properties.value === props);
  const items = field(props, 'items').schema;
  assert.ok(items.kind === 'union' && items.options[0]?.schema === props);
});

test('a missing value that is always written is written as Go writes it', () => {
  const cases: { type: string; field: string; writes: JsonValue | undefined }[] = [
    { type: 'core/v1.Pod', field: 'metadata', writes: {} },
    { type: 'core/v1.Pod', field: 'spec', writes: { containers: null } },
    { type: 'core/v1.Pod', field: 'status', writes: {} },
    { type: 'core/v1.ConfigMap', field: 'data', writes: undefined },
    { type: 'core/v1.Container', field: 'name', writes: '' },
    { type: 'core/v1.Container', field: 'resources', writes: {} },
    { type: 'core/v1.PodCondition', field: 'lastProbeTime', writes: null },
    { type: 'core/v1.ContainerStatus', field: 'state', writes: {} },
    { type: 'core/v1.ServicePort', field: 'targetPort', writes: 0 },
    { type: 'core/v1.ServiceStatus', field: 'loadBalancer', writes: {} },
    { type: 'core/v1.ResourceFieldSelector', field: 'divisor', writes: '0' },
    { type: 'core/v1.TypedLocalObjectReference', field: 'apiGroup', writes: null },
    { type: 'meta/v1.ObjectMeta', field: 'creationTimestamp', writes: undefined },
    { type: 'rbac/v1.Role', field: 'rules', writes: null },
    { type: 'rbac/v1.RoleBinding', field: 'subjects', writes: undefined },
    { type: 'apps/v1.DeploymentSpec', field: 'selector', writes: null },
    { type: 'apps/v1.DeploymentSpec', field: 'replicas', writes: undefined },
    { type: 'apps/v1.DaemonSetStatus', field: 'currentNumberScheduled', writes: 0 },
    {
      type: 'apps/v1.Deployment',
      field: 'spec',
      writes: {
        selector: null,
        template: { metadata: {}, spec: { containers: null } },
        strategy: {},
      },
    },
  ];
  for (const { type, field: name, writes } of cases) {
    assert.deepEqual(field(structOf(type), name).zero, writes, `${type}.${name}`);
  }
});

test('Go names of types, as decode errors show them', () => {
  const cases: [type: string, field: string, goType: string][] = [
    ['core/v1.PodSpec', 'containers', '[]v1.Container'],
    ['core/v1.PodSpec', 'dnsPolicy', 'v1.DNSPolicy'],
    ['core/v1.PodSpec', 'overhead', 'v1.ResourceList'],
    ['core/v1.PodSpec', 'hostNetwork', 'bool'],
    ['core/v1.ConfigMap', 'data', 'map[string]string'],
    ['core/v1.ConfigMap', 'metadata', 'v1.ObjectMeta'],
    ['meta/v1.ObjectMeta', 'finalizers', '[]string'],
  ];
  for (const [type, name, goType] of cases) {
    assert.equal(goTypeOf(field(structOf(type), name).schema), goType, `${type}.${name}`);
  }
});

test('ownership is granular where a field says so, and the type stays atomic elsewhere', () => {
  const claimRef = field(structOf('core/v1.PersistentVolumeSpec'), 'claimRef').schema;
  assert.ok(claimRef.kind === 'struct' && !claimRef.atomic);
  assert.equal(structOf('core/v1.ObjectReference').atomic, true);
});

test('inlined structs are flat in JSON and messages of their own in protobuf', () => {
  const volume = structOf('core/v1.Volume');
  assert.deepEqual(
    volume.inlines.map(({ proto, schema }) => [proto, schema.name]),
    [[2, 'core/v1.VolumeSource']],
  );
  assert.deepEqual(
    volume.fields.filter(({ inlined }) => !inlined).map(({ name }) => name),
    ['name'],
  );
  volume.fields.forEach((field, index) => assert.equal(field.index, index));
});

test('every type and every field is described', () => {
  const silent = typeNames().flatMap((name) => {
    const schema = schemaOf(name);
    const { text, fields } = descriptionOf(name);
    // Another name for a struct is described under the struct's own name.
    const own = schema.kind === 'struct' && schema.name === name ? schema.fields : [];
    const nameless = own.filter((field) => !fields[field.name]);
    return [...(text === '' ? [name] : []), ...nameless.map((field) => `${name}.${field.name}`)];
  });
  assert.deepEqual(silent, []);
});

test(
  'the facts of upstream: names, order, numbers, presence, lists, keys, defaults',
  { skip },
  () => {
    const types = readFacts();
    let compared = 0;
    for (const [name, type] of types) {
      if (!type.fields || !typeNames().includes(name) || isScalar(name)) continue;
      compareStruct(structOf(name), type, types);
      compared++;
    }
    assert.ok(compared > 600, `only ${compared} types compared`);
  },
);

test('recorded encodings: every key is known, in order, and its value fits', { skip }, () => {
  const folder = join(reference, 'encodings');
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  assert.ok(names.length > 0);
  for (const name of names) {
    const object = JSON.parse(readFileSync(join(folder, name), 'utf8')) as JsonValue;
    const [version = '', kind = ''] = name.split('.').slice(-3);
    const group = name.slice(0, name.length - `.${version}.${kind}.json`.length);
    const schema = schemaOfKind(group === 'core' ? '' : group, version, kind);
    assert.ok(schema, name);
    checkValue(schema, object, name);
  }
});

function schemaIn(groupVersion: string, kind: string): StructSchema | undefined {
  const slash = groupVersion.indexOf('/');
  return schemaOfKind(
    groupVersion.slice(0, Math.max(slash, 0)),
    groupVersion.slice(slash + 1),
    kind,
  );
}

function field(struct: StructSchema, name: string): FieldSchema {
  const found = struct.byName.get(name);
  assert.ok(found, `${struct.name}.${name}`);
  return found;
}

function walk(schema: Schema, seen: Set<Schema>): void {
  if (seen.has(schema)) return;
  seen.add(schema);
  if (schema.kind === 'struct') for (const { schema: inner } of schema.fields) walk(inner, seen);
  if (schema.kind === 'list') walk(schema.item, seen);
  if (schema.kind === 'map') walk(schema.value, seen);
  if (schema.kind === 'union') for (const option of schema.options) walk(option.schema, seen);
}

// Facts

interface TypeFacts {
  readonly package: string;
  readonly type: string;
  readonly is?: string;
  readonly marks?: readonly string[];
  readonly fields?: readonly FieldFacts[];
}

interface FieldFacts {
  readonly name: string;
  readonly type: string;
  readonly proto?: string;
  readonly inline?: boolean;
  readonly optional?: boolean;
  readonly required?: boolean;
  readonly omit?: boolean;
  readonly patch?: string;
  readonly listType?: string;
  readonly listMapKeys?: readonly string[];
  readonly default?: string;
  readonly marks?: readonly string[];
}

type Facts = ReadonlyMap<string, TypeFacts>;

function readFacts(): Facts {
  const lines = readFileSync(join(reference, 'api-types.jsonl'), 'utf8').trim().split('\n');
  const types = lines.map((line) => JSON.parse(line) as TypeFacts);
  return new Map(types.map((type) => [`${type.package}.${type.type}`, type]));
}

/** Types that JSON shows as one value. */
function isScalar(name: string): boolean {
  return ['meta/v1.Time', 'meta/v1.MicroTime', 'meta/v1.Duration'].includes(name);
}

function compareStruct(struct: StructSchema, type: TypeFacts, types: Facts): void {
  const expected = flatten(type, types);
  assert.deepEqual(
    struct.fields.map(({ name }) => name),
    expected.map(({ field: { name } }) => name),
    struct.name,
  );
  assert.equal(struct.atomic, type.marks?.includes('structType=atomic') ?? false, struct.name);
  for (const { field: facts, inlined, from } of expected) {
    const actual = field(struct, facts.name);
    assert.deepEqual(
      summary(actual),
      expectedSummary(facts, inlined, from, types),
      `${struct.name}.${facts.name}`,
    );
  }
  const numbers = (type.fields ?? [])
    .filter(({ inline, type: name }) => inline && !name.endsWith('TypeMeta'))
    .map(({ proto }) => Number(proto?.split(',')[1]));
  assert.deepEqual(
    struct.inlines.map(({ proto }) => proto),
    numbers,
    struct.name,
  );
}

interface Placed {
  readonly field: FieldFacts;
  readonly inlined: boolean;
  readonly from: TypeFacts;
}

function flatten(type: TypeFacts, types: Facts): Placed[] {
  return (type.fields ?? []).flatMap((field): Placed[] => {
    if (!field.inline) return [{ field, inlined: false, from: type }];
    if (field.type.endsWith('TypeMeta')) {
      const typeMeta = ['kind', 'apiVersion'].map((name) => ({ name, type: 'string', omit: true }));
      return typeMeta.map((field) => ({ field, inlined: false, from: type }));
    }
    const inner = types.get(`${type.package}.${field.type}`);
    assert.ok(inner, field.type);
    return flatten(inner, types).map((placed) => ({ ...placed, inlined: true }));
  });
}

function summary(field: FieldSchema) {
  const { schema } = field;
  return {
    proto: field.proto,
    presence: field.presence,
    nullable: field.nullable,
    required: field.required,
    inlined: field.inlined,
    default: field.default,
    patch: field.patch && [field.patch.strategy.join(','), field.patch.key].join(' ').trim(),
    list: schema.kind === 'list' ? [schema.type, ...schema.keys] : undefined,
    isAtomicMap: schema.kind === 'map' && schema.atomic,
    gate: field.gate,
    shape: schema.kind,
    scalar: schema.kind === 'scalar' ? schema.type : undefined,
  };
}

function expectedSummary(facts: FieldFacts, inlined: boolean, from: TypeFacts, types: Facts) {
  const isPointer = facts.type.startsWith('*');
  const go = underlying(facts.type.replace(/^\*/, ''), from.package, types);
  const isNilable = isPointer || go.shape === 'list' || go.shape === 'map' || go.scalar === 'bytes';
  const mark = (name: string) =>
    facts.marks?.find((text) => text.startsWith(`${name}=`))?.slice(name.length + 1);
  return {
    proto: facts.proto === undefined ? undefined : Number(facts.proto.split(',')[1]),
    presence: expectedPresence(facts, isPointer, go),
    nullable: isNilable,
    required: facts.required ?? !(facts.optional || facts.omit),
    inlined,
    default: facts.default === undefined ? undefined : expectedDefault(facts.default),
    patch: facts.patch?.replace('key=', ''),
    list:
      go.shape === 'list' ? [facts.listType ?? 'atomic', ...(facts.listMapKeys ?? [])] : undefined,
    isAtomicMap: mark('mapType') === 'atomic',
    gate: mark('featureGate'),
    shape: go.shape,
    scalar: go.scalar,
  };
}

/** A Go struct has no empty value for omitempty to see; only creationTimestamp says omitzero. */
function expectedPresence(facts: FieldFacts, isPointer: boolean, go: Underlying): string {
  if (!facts.omit) return 'always';
  if (isPointer) return 'explicit';
  return go.isGoStruct && facts.name !== 'creationTimestamp' ? 'always' : 'implicit';
}

function expectedDefault(text: string): JsonValue {
  const constants: Record<string, string> = {
    'ref(AzureDataDiskCachingReadWrite)': 'ReadWrite',
    'ref(AzureSharedBlobDisk)': 'Shared',
  };
  return constants[text] ?? (JSON.parse(text) as JsonValue);
}

interface Underlying {
  readonly shape: Schema['kind'];
  readonly scalar: string | undefined;
  readonly isGoStruct: boolean;
}

function underlying(goType: string, home: string, types: Facts): Underlying {
  const scalar =
    scalarsOfGo[goType] ?? (home === 'meta/v1' ? scalarsOfGo[`metav1.${goType}`] : undefined);
  if (scalar) return { shape: 'scalar', scalar, isGoStruct: structScalars.has(scalar) };
  if (goType.startsWith('[]')) return { shape: 'list', scalar: undefined, isGoStruct: false };
  if (goType.startsWith('map[')) return { shape: 'map', scalar: undefined, isGoStruct: false };
  if (goType.startsWith('JSONSchemaPropsOr'))
    return { shape: 'union', scalar: undefined, isGoStruct: true };
  const name = goType.slice(goType.indexOf('.') + 1);
  const found = candidates(goType, home)
    .map((folder) => types.get(`${folder}.${name}`))
    .find((type) => type !== undefined);
  if (found?.is !== undefined) return underlying(found.is, found.package, types);
  return { shape: 'struct', scalar: undefined, isGoStruct: true };
}

function candidates(goType: string, home: string): string[] {
  const qualifier = goType.includes('.') ? goType.slice(0, goType.indexOf('.')) : '';
  if (qualifier === '') return [home];
  if (qualifier === 'metav1') return ['meta/v1'];
  if (qualifier === 'authenticationv1') return ['authentication/v1'];
  if (qualifier !== 'v1') return ['core/v1'];
  return /^(apidiscovery|meta)\//.test(home) ? ['meta/v1'] : ['core/v1'];
}

const scalarsOfGo: Readonly<Record<string, string>> = {
  string: 'string',
  'types.UID': 'string',
  bool: 'boolean',
  int32: 'int32',
  int64: 'int64',
  float64: 'float64',
  any: 'any',
  JSON: 'any',
  '[]byte': 'bytes',
  'resource.Quantity': 'quantity',
  'intstr.IntOrString': 'intOrString',
  'runtime.RawExtension': 'rawExtension',
  'metav1.Time': 'time',
  'metav1.MicroTime': 'microTime',
  'metav1.Duration': 'duration',
  'metav1.FieldsV1': 'fieldsV1',
};

const structScalars = new Set([
  'quantity',
  'intOrString',
  'rawExtension',
  'time',
  'microTime',
  'duration',
  'fieldsV1',
]);

// Encodings

function checkValue(schema: Schema, value: JsonValue, path: string): void {
  if (value === null) return;
  if (schema.kind === 'struct') checkStruct(schema, value, path);
  if (schema.kind === 'list') {
    assert.ok(Array.isArray(value), path);
    value.forEach((item, index) => checkValue(schema.item, item, `${path}[${index}]`));
  }
  if (schema.kind === 'map') {
    for (const [key, inner] of Object.entries(value))
      checkValue(schema.value, inner, `${path}.${key}`);
  }
  if (schema.kind === 'scalar') assert.ok(fits[schema.type](value), `${path} as ${schema.type}`);
}

function checkStruct(schema: StructSchema, value: JsonValue, path: string): void {
  const places = Object.entries(value ?? {}).map(([key, inner]) => {
    const known = schema.byName.get(key);
    assert.ok(known, `${path}.${key} is not known`);
    checkValue(known.schema, inner, `${path}.${key}`);
    return known.index;
  });
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
    `${path}: order`,
  );
  for (const { name, presence } of schema.fields) {
    if (presence === 'always') assert.ok(Object.hasOwn(value as object, name), `${path}.${name}`);
  }
}

const isString = (value: JsonValue) => typeof value === 'string';
const isInteger = (value: JsonValue) => Number.isInteger(value);
const isObject = (value: JsonValue) => typeof value === 'object' && !Array.isArray(value);

const fits: Readonly<Record<ScalarType, (value: JsonValue) => boolean>> = {
  string: isString,
  boolean: (value) => typeof value === 'boolean',
  int32: (value) => isInteger(value) && Math.abs(Number(value)) <= 2 ** 31,
  int64: isInteger,
  float64: (value) => typeof value === 'number',
  bytes: (value) => typeof value === 'string' && /^[A-Za-z0-9+/]*=*$/.test(value),
  quantity: isString,
  intOrString: (value) => isString(value) || isInteger(value),
  time: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value),
  microTime: (value) => typeof value === 'string' && /\.\d{6}Z$/.test(value),
  duration: isString,
  any: () => true,
  rawExtension: isObject,
  fieldsV1: isObject,
};
