import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  CustomResourceDefinition,
  CustomResourceDefinitionNames,
} from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import { planStatus } from './plan.ts';

const now = '2026-01-01T00:00:00Z';

function definition(
  names: Partial<CustomResourceDefinitionNames>,
  accepted?: Partial<CustomResourceDefinitionNames>,
  group = 'example.com',
): CustomResourceDefinition {
  const whole = { plural: 'cats', singular: 'cat', kind: 'Cat', listKind: 'CatList' };
  return {
    metadata: { name: `${names.plural ?? 'cats'}.${group}` },
    spec: { group, scope: 'Namespaced', names: { ...whole, ...names }, versions: [] },
    status: {
      conditions: [],
      acceptedNames: accepted ? { plural: '', kind: '', ...accepted } : { plural: '', kind: '' },
      storedVersions: ['v1'],
    },
  };
}

const taken = definition(
  {},
  {
    plural: 'dogs',
    singular: 'dog',
    shortNames: ['d', 'hound'],
    kind: 'Dog',
    listKind: 'DogList',
  },
);

const cases: {
  name: string;
  wanted: Partial<CustomResourceDefinitionNames>;
  before?: Partial<CustomResourceDefinitionNames>;
  conditions: string;
  accepted: string;
}[] = [
  {
    name: 'nobody has the names',
    wanted: { shortNames: ['c'] },
    conditions: 'NamesAccepted=True: no conflicts found',
    accepted: 'cats cat c Cat CatList',
  },
  {
    name: 'a plural that is a short name elsewhere',
    wanted: { plural: 'hound' },
    conditions: 'NamesAccepted=False: "hound" is already in use',
    accepted: 'cat Cat CatList',
  },
  {
    name: 'short names are accepted together or not at all',
    wanted: { shortNames: ['c', 'd', 'hound'] },
    conditions: 'NamesAccepted=False: ["d" is already in use, "hound" is already in use]',
    accepted: 'cats cat Cat CatList',
  },
  {
    name: 'of several conflicts the last is told',
    wanted: { singular: 'dog', kind: 'Dog' },
    conditions: 'NamesAccepted=False: "Dog" is already in use',
    accepted: 'cats CatList',
  },
  {
    name: 'what is its own stays its own',
    wanted: { kind: 'Dog', listKind: 'DogList' },
    before: { plural: 'cats', kind: 'Dog', listKind: 'DogList' },
    conditions: 'NamesAccepted=True: no conflicts found',
    accepted: 'cats cat Dog DogList',
  },
];

for (const { name, wanted, before, conditions, accepted } of cases) {
  test(`names: ${name}`, () => {
    const crd = definition(wanted, before);
    const status = planStatus(crd, { peers: [crd, taken], now, problem: undefined });
    const [names] = status.conditions;
    assert.equal(`${names?.type}=${names?.status}: ${names?.message}`, conditions);
    const { plural, singular, shortNames = [], kind, listKind } = status.acceptedNames;
    const given = [plural, singular, ...shortNames, kind, listKind].filter(Boolean);
    assert.equal(given.join(' '), accepted);
  });
}

test('a definition whose names are settled is left alone, in whatever order its status is written', () => {
  const crd = definition({ shortNames: ['c'] });
  const facts = { peers: [crd], now, problem: undefined };
  const { storedVersions, acceptedNames, conditions } = planStatus(crd, facts);
  const settled = { ...crd, status: { storedVersions, acceptedNames, conditions } };
  assert.equal(planStatus(settled, { ...facts, now: 'later' }), settled.status);
});

test('once established, a definition stays established', () => {
  const crd = definition({ shortNames: ['d'] }, { plural: 'cats', kind: 'Cat' });
  const established = {
    type: 'Established',
    status: 'True',
    lastTransitionTime: 'before',
  } as const;
  const status = { acceptedNames: { plural: 'cats', kind: 'Cat' }, storedVersions: ['v1'] };
  const planned = planStatus(
    { ...crd, status: { ...status, conditions: [established] } },
    { peers: [taken], now, problem: undefined },
  );
  const texts = planned.conditions.map(({ type, status: is }) => `${type}=${is}`);
  assert.deepEqual(texts, ['Established=True', 'NamesAccepted=False']);
});

const approvals: { text: string | undefined; condition: string }[] = [
  { text: undefined, condition: 'False MissingAnnotation' },
  { text: 'https://github.com/kubernetes/kubernetes/pull/1', condition: 'True ApprovedAnnotation' },
  { text: 'unapproved, for tests', condition: 'False UnapprovedAnnotation' },
  { text: 'whatever', condition: 'False InvalidAnnotation' },
];

for (const { text, condition } of approvals) {
  test(`approval of protected groups: ${text ?? 'nothing said'}`, () => {
    const crd = definition({}, undefined, 'cats.k8s.io');
    const annotations = { ...(text !== undefined && { 'api-approved.kubernetes.io': text }) };
    const planned = planStatus(
      { ...crd, metadata: { ...crd.metadata, annotations } },
      { peers: [], now, problem: undefined },
    );
    const found = planned.conditions.find(({ type }) => type.startsWith('KubernetesAPI'));
    assert.equal(`${found?.status} ${found?.reason}`, condition);
  });
}

test('what is wrong with schemas is told until it is not', () => {
  const crd = definition({});
  const problem = { status: 'True', reason: 'Violations', message: 'no type' } as const;
  const typesOf = ({ conditions }: ReturnType<typeof planStatus>): readonly string[] =>
    conditions.map(({ type, status }) => `${type}=${status}`);
  const told = planStatus(crd, { peers: [crd], now, problem });
  assert.deepEqual(typesOf(told), [
    'NamesAccepted=True',
    'Established=True',
    'NonStructuralSchema=True',
  ]);
  const mended = planStatus({ ...crd, status: told }, { peers: [crd], now, problem: undefined });
  assert.deepEqual(typesOf(mended), ['NamesAccepted=True', 'Established=True']);
});
