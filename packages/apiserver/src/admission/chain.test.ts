import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AdmissionAttributes, AdmissionPlugin } from '@navarch/api/extension/admission';
import type { RequestContext } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { AdmissionChain } from './chain.ts';

const resource = { group: '', version: 'v1', resource: 'configmaps' };
const attributes: AdmissionAttributes = {
  operation: 'CREATE',
  kind: { group: '', version: 'v1', kind: 'ConfigMap' },
  resource,
  subresource: '',
  namespace: 'a',
  name: 'x',
  object: { metadata: { name: '' } },
  oldObject: undefined,
  options: {},
};
// The plugins here do not look at it.
const context = {} as RequestContext;

function rename(object: KubernetesObject | undefined, letter: string): KubernetesObject {
  return { metadata: { name: `${object?.metadata.name ?? ''}${letter}` } };
}

/** Appends its letter to the name; in capitals when it waits first. */
function plugin(letter: string, operations = ['CREATE']): AdmissionPlugin {
  const waits = letter === letter.toUpperCase();
  return {
    name: letter,
    handles: ({ operation }) => operations.includes(operation),
    mutate: ({ object }) =>
      waits ? Promise.resolve(rename(object, letter)) : rename(object, letter),
  };
}

const cases: readonly { readonly plugins: string; readonly name: string }[] = [
  { plugins: '', name: '' },
  { plugins: 'ab', name: 'ab' },
  { plugins: 'aBc', name: 'aBc' },
  { plugins: 'ABC', name: 'ABC' },
];

for (const { plugins, name } of cases) {
  test(`plugins ${plugins || '(none)'} run in their order`, async () => {
    const chain = new AdmissionChain(
      plugins.split('').map((letter) => plugin(letter)),
      resource,
    );
    const mutated = chain.mutate(attributes, context);
    const waits = plugins !== plugins.toLowerCase();
    assert.equal(mutated instanceof Promise, waits, 'only who waits costs a wait');
    assert.equal((await mutated)?.metadata.name, name);
  });
}

test('who does not handle an operation does not run and does not count', () => {
  const chain = new AdmissionChain([plugin('a', ['UPDATE'])], resource);
  assert.ok(!chain.concerns('CREATE', ''));
  assert.ok(chain.concerns('UPDATE', ''));
});

test('the first that refuses is heard, whether it waits or not', async () => {
  const calls: string[] = [];
  const judge = (name: string, verdict: () => void | Promise<void>): AdmissionPlugin => ({
    name,
    handles: () => true,
    validate: () => {
      calls.push(name);
      return verdict();
    },
  });
  const chain = new AdmissionChain(
    [
      judge('content', () => undefined),
      judge('slow', () => Promise.reject(new Error('no'))),
      judge('late', () => undefined),
    ],
    resource,
  );
  await assert.rejects(async () => chain.validate(attributes, context), /no/);
  assert.deepEqual(calls, ['content', 'slow']);
});

for (const { name, plugins, result } of [
  { name: 'who changes late lets all see the object again', plugins: 'ab!', result: 'abab' },
  { name: 'also when somebody waits', plugins: 'aB!', result: 'aBaB' },
  { name: 'but there is no third time', plugins: 'a!b!', result: 'abab' },
]) {
  test(`second pass: ${name}`, async () => {
    const made = plugins.match(/\w!?/g)?.map((each): AdmissionPlugin => {
      const [letter = ''] = each;
      const inner = plugin(letter);
      return {
        ...inner,
        mutate: (asked, by, pass) => {
          if (each.endsWith('!')) pass?.again();
          const seen = Number(pass?.memory.get(letter) ?? 0);
          assert.equal(seen, pass?.isSecond ? 1 : 0, 'what a plugin remembers');
          pass?.memory.set(letter, seen + 1);
          return inner.mutate?.(asked, by);
        },
      };
    });
    const mutated = await new AdmissionChain(made ?? [], resource).mutate(attributes, context);
    assert.equal(mutated?.metadata.name, result);
  });
}
