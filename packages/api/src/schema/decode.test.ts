import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJson } from '@navarch/codec/json';
import { decodeObject } from './decode.ts';
import { structOf } from './registry.ts';

function decode(name: string, text: string) {
  const { value } = parseJson(text, { numbers: 'exact' });
  return decodeObject(structOf(name), value, { exactNumbers: true });
}

const configMap = 'core/v1.ConfigMap';
const pod = 'core/v1.Pod';

const written: [name: string, schema: string, from: string, to: string][] = [
  [
    'canonical order',
    configMap,
    '{"data":{"b":"1"},"metadata":{"namespace":"n","name":"a"},"kind":"ConfigMap"}',
    '{"kind":"ConfigMap","metadata":{"name":"a","namespace":"n"},"data":{"b":"1"}}',
  ],
  ['nothing is dropped from metadata', configMap, '{}', '{"metadata":{}}'],
  ['null is no value', configMap, '{"metadata":null,"data":null}', '{"metadata":{}}'],
  [
    'null in a map is the zero value',
    configMap,
    '{"metadata":{},"data":{"k":null}}',
    '{"metadata":{},"data":{"k":""}}',
  ],
  ['empty maps are dropped', configMap, '{"metadata":{"labels":{}},"data":{}}', '{"metadata":{}}'],
  [
    'an explicit false stays',
    configMap,
    '{"metadata":{},"immutable":false}',
    '{"metadata":{},"immutable":false}',
  ],
  [
    'implicit zeros go',
    pod,
    '{"metadata":{},"spec":{"hostNetwork":false,"containers":[]},"status":{}}',
    '{"metadata":{},"spec":{"containers":[]},"status":{}}',
  ],
  [
    'what is always written',
    pod,
    '{"spec":{"containers":[{"name":"c"}]}}',
    '{"metadata":{},"spec":{"containers":[{"name":"c","resources":{}}]},"status":{}}',
  ],
  [
    'quantities',
    pod,
    '{"metadata":{},"spec":{"containers":[{"name":"c","resources":{"limits":{"cpu":0.5,"memory":"1024Mi"}}}]},"status":{}}',
    '{"metadata":{},"spec":{"containers":[{"name":"c","resources":{"limits":{"cpu":"500m","memory":"1Gi"}}}]},"status":{}}',
  ],
  [
    'base64',
    configMap,
    '{"metadata":{},"binaryData":{"k":"YWJj\\nZGVm"}}',
    '{"metadata":{},"binaryData":{"k":"YWJjZGVm"}}',
  ],
  [
    'a key with a strange name',
    configMap,
    '{"metadata":{},"data":{"__proto__":"x"}}',
    '{"metadata":{},"data":{"__proto__":"x"}}',
  ],
];

test('what is left of a value', () => {
  for (const [name, schema, from, to] of written) {
    const { value, problems, error } = decode(schema, from);
    assert.equal(JSON.stringify(value), to, name);
    assert.deepEqual({ problems, error }, { problems: [], error: undefined }, name);
  }
});

test('a value that needs no change is the same value', () => {
  const input = { kind: 'ConfigMap', metadata: { name: 'a' }, data: { k: 'v' } };
  assert.equal(decodeObject(structOf(configMap), input).value, input);
});

const wrong: [schema: string, from: string, error: string][] = [
  [
    configMap,
    '{"data":{"k":1}}',
    'json: cannot unmarshal number into Go struct field ConfigMap.data of type string',
  ],
  [
    configMap,
    '{"data":[]}',
    'json: cannot unmarshal array into Go struct field ConfigMap.data of type map[string]string',
  ],
  [
    configMap,
    '{"metadata":{"labels":{"x":1}}}',
    'json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string',
  ],
  [
    configMap,
    '{"metadata":"x"}',
    'json: cannot unmarshal string into Go struct field ConfigMap.metadata of type v1.ObjectMeta',
  ],
  [
    configMap,
    '{"metadata":{"finalizers":"x"}}',
    'json: cannot unmarshal string into Go struct field ObjectMeta.metadata.finalizers of type []string',
  ],
  [
    configMap,
    '{"immutable":"true"}',
    'json: cannot unmarshal string into Go struct field ConfigMap.immutable of type bool',
  ],
  [configMap, '{"binaryData":{"k":"***"}}', 'illegal base64 data at input byte 0'],
  [configMap, '{"binaryData":{"k":"YQ"}}', 'illegal base64 data at input byte 0'],
  [
    configMap,
    '{"metadata":{"creationTimestamp":"now"}}',
    'parsing time "now" as "2006-01-02T15:04:05Z07:00": cannot parse "now" as "2006"',
  ],
  // A malformed value is said even when a wrong type came first.
  [
    configMap,
    '{"data":1,"metadata":{"creationTimestamp":"x"}}',
    'parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"',
  ],
  [
    'coordination/v1.Lease',
    '{"spec":{"leaseDurationSeconds":15.0}}',
    'json: cannot unmarshal number 15.0 into Go struct field LeaseSpec.spec.leaseDurationSeconds of type int32',
  ],
  [
    'coordination/v1.Lease',
    '{"spec":{"leaseDurationSeconds":99999999999}}',
    'json: cannot unmarshal number 99999999999 into Go struct field LeaseSpec.spec.leaseDurationSeconds of type int32',
  ],
  [
    pod,
    '{"spec":{"containers":[{"ports":[{"containerPort":"80"}]}]}}',
    'json: cannot unmarshal string into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32',
  ],
  [
    pod,
    '{"spec":{"containers":"x"}}',
    'json: cannot unmarshal string into Go struct field PodSpec.spec.containers of type []v1.Container',
  ],
  [
    pod,
    '{"spec":{"overhead":{"cpu":"x"}}}',
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
  ],
  [
    'policy/v1.PodDisruptionBudget',
    '{"spec":{"minAvailable":1.5}}',
    'json: cannot unmarshal number 1.5 into Go struct field PodDisruptionBudgetSpec.spec.minAvailable of type int32',
  ],
  [
    'apiextensions/v1.CustomResourceDefinition',
    '{"spec":{"versions":[{"schema":{"openAPIV3Schema":{"properties":{"spec":{"properties":{"s":{"maxLength":"5"}}}}}}}]}}',
    'json: cannot unmarshal string into Go struct field JSONSchemaProps.spec.versions.schema.openAPIV3Schema.properties.properties.maxLength of type int64',
  ],
];

test("values of the wrong type, in Go's words", () => {
  for (const [schema, from, error] of wrong) assert.equal(decode(schema, from).error, error);
});

test('unknown fields are reported in the order of the text', () => {
  const text =
    '{"spec":{"template":{"spec":{"containers":[{"name":"c","imagePullPolice":"x","ports":[{"potocol":1}]}]}},"replica":1},"Data":{}}';
  const { problems, value } = decode('apps/v1.Deployment', text);
  assert.deepEqual(
    problems.map((problem) => problem.message),
    [
      'unknown field "spec.template.spec.containers[0].imagePullPolice"',
      'unknown field "spec.template.spec.containers[0].ports[0].potocol"',
      'unknown field "spec.replica"',
      'unknown field "Data"',
    ],
  );
  assert.equal(JSON.stringify(value).includes('pot'), false);
});

test('empty lists do not survive the store', () => {
  const role = { metadata: {}, rules: [] };
  const { value } = decodeObject(structOf('rbac/v1.Role'), role, { asStored: true });
  assert.deepEqual(value, { metadata: {}, rules: null });
});

const converted: [schema: string, from: string, error: string][] = [
  [configMap, '{"data":{"a":1}}', 'cannot convert int64 to string'],
  [configMap, '{"data":"text"}', 'cannot restore map from string'],
  [configMap, '{"metadata":[]}', 'cannot restore struct from: slice'],
  [configMap, '{"metadata":{"finalizers":{}}}', 'cannot restore slice from map'],
  [
    configMap,
    '{"binaryData":{"z":"***"}}',
    'error decoding from json: illegal base64 data at input byte 0',
  ],
  ['apps/v1.Deployment', '{"spec":{"replicas":1.5}}', 'cannot convert float64 to int32'],
  ['apps/v1.Deployment', '{"spec":{"replicas":"two"}}', 'unrecognized type: int32'],
  ['apps/v1.Deployment', '{"spec":{"paused":"true"}}', 'unrecognized type: bool'],
  [configMap, '{"data":{"a":true}}', 'unrecognized type: string'],
];

test("values of the wrong type, in the converter's words", () => {
  for (const [schema, from, expected] of converted) {
    const { value } = parseJson(from, { numbers: 'exact' });
    const options = { exactNumbers: true, words: 'converter' } as const;
    assert.equal(decodeObject(structOf(schema), value, options).error, expected);
  }
});

test('the converter takes whole numbers in any spelling', () => {
  const { value } = parseJson('{"spec":{"replicas":1e1}}', { numbers: 'exact' });
  const options = { exactNumbers: true, words: 'converter' } as const;
  const decoded = decodeObject(structOf('apps/v1.Deployment'), value, options);
  assert.equal((decoded.value['spec'] as Record<string, unknown>)['replicas'], 10);
});
