/**
 * The public conformance tests of CEL (google/cel-spec, as @bufbuild/cel-spec packs them).
 *
 * Protocol buffer messages are no part of this implementation; tests that need them are left out by
 * what they contain, and the others that fail are named here with the reason.
 */
import { tests } from '@bufbuild/cel-spec/testdata/conformance.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEnvironment } from './environment.ts';
import { CelError } from './errors.ts';
import { equalValues } from './evaluate/compare.ts';
import { optionals } from './functions/optionals.ts';
import { encodersLibrary } from './library/encoders.ts';
import { mathLibrary } from './library/math.ts';
import { stringsLibrary } from './library/strings.ts';
import { bindings } from './macros/bindings.ts';
import { twoVariableComprehensions } from './macros/two-variable.ts';
import { dynType, listType, mapType, optionalType, type SimpleKind, type Type } from './types.ts';
import { listOf, mapOf, TypeValue, Uint, type Value } from './values.ts';

/** Suites that are about something this implementation does not have. */
const leftOut: Readonly<Record<string, string>> = {
  block_ext: 'cel.block is what optimizers write, not people',
  dynamic: 'protocol buffer messages',
  enums: 'protocol buffer enums',
  network_ext: 'Kubernetes has its own',
  proto2: 'protocol buffer messages',
  proto2_ext: 'protocol buffer messages',
  proto3: 'protocol buffer messages',
  unknowns: 'partial evaluation is not enabled in Kubernetes',
  wrappers: 'protocol buffer messages',
};

const noSuchKey = 'Kubernetes does not ask for this error';
const version4 = 'the specification is of version 4 of the library, Kubernetes enables version 2';
const repeats = 'cel-go takes the last of keys that repeat';
const past = 'cel-go finds nothing past the end, and that is no error';

/** Tests that fail, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'optionals/optionals/map_null_entry_no_such_key': noSuchKey,
  'optionals/optionals/map_present_key_invalid_field': noSuchKey,
  'fields/qualified_identifier_resolution/map_value_repeat_key': repeats,
  'fields/qualified_identifier_resolution/map_value_repeat_key_heterogeneous': repeats,
  'string_ext/format/scientific notation formatting clause': version4,
  'string_ext/format/default precision for scientific notation': version4,
  'string_ext/format/positive infinity support for scientific notation': version4,
  'string_ext/format/negative infinity support for scientific notation': version4,
  'string_ext/format/NaN support for decimal': version4,
  'string_ext/format/positive infinity support for decimal': version4,
  'string_ext/format/negative infinity support for decimal': version4,
  'string_ext/format/positive infinity support for fixed-point': version4,
  'string_ext/format/negative infinity support for fixed-point': version4,
  'string_ext/format/list support for string': version4,
  'string_ext/format/map support for string': version4,
  'string_ext/format/map support (all key types)': version4,
  'string_ext/format/dyntype support for scientific notation': version4,
  'string_ext/format/dyntype NaN/infinity support': version4,
  'string_ext/format/dyntype support for lists': version4,
  'string_ext/format/dyntype support for maps': version4,
  'string_ext/format/scientific notation formatting clause in a string variable': version4,
  'string_ext/value_errors/indexof_out_of_range': past,
  'string_ext/value_errors/lastindexof_out_of_range': past,
};

interface Original {
  readonly name?: string;
  readonly expr: string;
  readonly container?: string;
  readonly disableCheck?: boolean;
  readonly disableMacros?: boolean;
  readonly checkOnly?: boolean;
  readonly typeEnv?: readonly { readonly name: string; readonly ident?: { type: Json } }[];
  readonly bindings?: Readonly<Record<string, { readonly value?: Json }>>;
  readonly value?: Json;
  readonly typedResult?: { readonly result?: Json };
  readonly evalError?: unknown;
}

type Json = Readonly<Record<string, unknown>>;

interface Suite {
  readonly name: string;
  readonly suites?: readonly Suite[];
  readonly tests?: readonly { readonly original: unknown }[];
}

class Unsupported extends Error {}

test('expressions of the specification mean what it says', () => {
  let passed = 0;
  let skipped = 0;
  const failed: string[] = [];
  for (const { path, original } of allTests(tests, [])) {
    try {
      const problem = run(original);
      if (problem === undefined) passed += 1;
      else failed.push(`${path}: ${original.expr}: ${problem}`);
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      skipped += 1;
    }
  }
  const unexpected = failed.filter((line) => exceptions[line.split(':')[0] ?? ''] === undefined);
  assert.deepEqual(unexpected, []);
  assert.equal(failed.length, Object.keys(exceptions).length, 'an exception passes now');
  assert.ok(passed > 1450, `only ${passed} tests ran, ${skipped} were left out`);
});

function* allTests(
  suite: Suite,
  path: readonly string[],
): Iterable<{ path: string; original: Original }> {
  if (path.length === 1 && leftOut[suite.name] !== undefined) return;
  const here = path.length === 0 && suite.name === '' ? [] : [...path, suite.name];
  for (const inner of suite.suites ?? []) yield* allTests(inner, here);
  for (const each of suite.tests ?? []) {
    const original = each.original as Original;
    yield { path: [...here.slice(1), original.name ?? ''].join('/'), original };
  }
}

/** What went wrong; undefined if nothing did. */
function run(original: Original): string | undefined {
  const text = original.expr;
  if (
    /TestAllTypes|google\.protobuf|NestedTest|GlobalEnum|proto[23]/.test(JSON.stringify(original))
  ) {
    throw new Unsupported();
  }
  // Kubernetes evaluates nothing that has not been checked.
  if (original.disableCheck === true || original.checkOnly === true) throw new Unsupported();
  if (original.disableMacros === true) throw new Unsupported();
  const variables: Record<string, Type> = {};
  const values = new Map<string, Value>();
  for (const { name, ident } of original.typeEnv ?? []) {
    if (ident === undefined) throw new Unsupported();
    variables[name] = typeOfJson(ident.type);
  }
  for (const [name, { value }] of Object.entries(original.bindings ?? {})) {
    if (value === undefined) throw new Unsupported();
    values.set(name, valueOfJson(value));
    variables[name] ??= dynType;
  }
  const environment = createEnvironment({
    libraries: [
      optionals,
      bindings,
      twoVariableComprehensions,
      stringsLibrary,
      encodersLibrary,
      mathLibrary,
    ],
    variables,
    mixedLiterals: true,
    escapedFields: true,
    ...(original.container === undefined ? {} : { container: original.container }),
  });
  const compiled = environment.compile(text);
  if (!compiled.ok) return original.evalError === undefined ? compiled.message : undefined;
  const expected = original.value ?? original.typedResult?.result;
  try {
    const { value } = compiled.program.evaluate(values);
    if (original.evalError !== undefined) return 'no error';
    const wanted = expected === undefined ? true : valueOfJson(expected);
    return same(value, wanted) ? undefined : 'another value';
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    return original.evalError === undefined ? error.message : undefined;
  }
}

/** Equality that tells types apart and holds NaN equal to itself. */
function same(left: Value, right: Value): boolean {
  if (typeof left === 'number' && typeof right === 'number') return Object.is(left, right);
  if (typeof left !== typeof right) return false;
  return equalValues(left, right);
}

function valueOfJson(json: Json): Value {
  const [[kind, content] = ['', undefined]] = Object.entries(json);
  switch (kind) {
    case 'int64Value':
      return BigInt(String(content));
    case 'uint64Value':
      return new Uint(BigInt(String(content)));
    case 'doubleValue':
      return Number(content);
    case 'stringValue':
      return String(content);
    case 'boolValue':
      return content === true;
    case 'nullValue':
      return null;
    case 'bytesValue':
      return Uint8Array.from(Buffer.from(String(content), 'base64'));
    case 'listValue': {
      const { values = [] } = content as { values?: readonly Json[] };
      return listOf(values.map(valueOfJson));
    }
    case 'mapValue': {
      const { entries = [] } = content as { entries?: readonly { key: Json; value: Json }[] };
      return mapOf(entries.map(({ key, value }) => [valueOfJson(key), valueOfJson(value)]));
    }
    case 'typeValue':
      return typeNamed(String(content));
    default:
      throw new Unsupported();
  }
}

function typeNamed(name: string): Value {
  const kind = name === 'null_type' ? 'null' : name;
  if (kind === 'list') return new TypeValue(listType(dynType));
  if (kind === 'map') return new TypeValue(mapType(dynType, dynType));
  if (kind === 'optional_type') return new TypeValue(optionalType(dynType));
  return new TypeValue({ kind: kind as SimpleKind });
}

function typeOfJson(json: Json): Type {
  const [[kind, content] = ['', undefined]] = Object.entries(json);
  switch (kind) {
    case 'primitive':
      return { kind: String(content).toLowerCase().replace('64', '') as SimpleKind };
    case 'dyn':
      return dynType;
    case 'null':
      return { kind: 'null' };
    case 'listType':
      return listType(typeOfJson((content as { elemType: Json }).elemType));
    case 'mapType': {
      const { keyType, valueType } = content as { keyType: Json; valueType: Json };
      return mapType(typeOfJson(keyType), typeOfJson(valueType));
    }
    case 'abstractType': {
      const { name, parameterTypes } = content as { name: string; parameterTypes?: Json[] };
      return { kind: 'opaque', name, parameters: (parameterTypes ?? []).map(typeOfJson) };
    }
    default:
      throw new Unsupported();
  }
}
