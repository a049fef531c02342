import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as field from './field-error.ts';

const { Path } = field;

const bodies: [field.FieldError, string][] = [
  [field.required('a'), 'Required value'],
  [
    field.required('a', 'name or generateName is required'),
    'Required value: name or generateName is required',
  ],
  [field.invalid('a', 'x"y', 'no'), 'Invalid value: "x\\"y": no'],
  [field.invalid('a', -5, 'must be greater than 0'), 'Invalid value: -5: must be greater than 0'],
  [field.invalid('a', 0.25, 'no'), 'Invalid value: 0.25: no'],
  [field.invalid('a', null, 'no'), 'Invalid value: null: no'],
  [field.invalid('a', { k: '<a>' }, 'no'), 'Invalid value: {"k":"\\u003ca\\u003e"}: no'],
  [field.invalid('a', [3, 1], 'must be ordered'), 'Invalid value: [3,1]: must be ordered'],
  [
    field.notSupported('a', 'tcp', ['SCTP', 'TCP']),
    'Unsupported value: "tcp": supported values: "SCTP", "TCP"',
  ],
  [field.duplicate('a', 'IPv4'), 'Duplicate value: "IPv4"'],
  [field.notFound('a', ''), 'Not found: ""'],
  [field.forbidden('a', 'not here'), 'Forbidden: not here'],
  [field.tooLong('a', 'x', 262144), 'Too long: may not be more than 262144 bytes'],
  [field.tooMany('a', 3, 2), 'Too many: 3: must have at most 2 items'],
  [field.tooMany('a', -1, 1), 'Too many: must have at most 1 item'],
];

test('what is wrong, as clients read it', () => {
  for (const [error, expected] of bodies) assert.equal(field.errorBody(error), expected);
});

test('paths', () => {
  const cases: [unknown, string][] = [
    [Path.of('spec', 'containers').index(3).child('name'), 'spec.containers[3].name'],
    [Path.of('data').key('a b'), 'data[a b]'],
    [Path.root, '<nil>'],
    [Path.root.index(0).child('x'), '[0].x'],
  ];
  for (const [path, expected] of cases) assert.equal(String(path), expected);
});

test('several errors are listed in brackets, each text once', () => {
  const a = field.required('a');
  const b = field.required('b');
  assert.equal(field.aggregateMessage([a]), 'a: Required value');
  assert.equal(field.aggregateMessage([a, b, a]), '[a: Required value, b: Required value]');
});
