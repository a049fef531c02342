/** What is asked of a conversion webhook, and which answers are refused with which words. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { convertByWebhook } from './webhook-converter.ts';

const webhook = { conversionReviewVersions: ['v9', 'v1'], clientConfig: { url: 'https://a/' } };

function widget(name: string, more: object = {}): KubernetesObject {
  const metadata = { name, namespace: 'n', uid: `uid-${name}`, labels: { a: 'b' } };
  return { apiVersion: 'example.com/v1', kind: 'Widget', metadata, ...more };
}

function moved(object: KubernetesObject, metadata: object = {}): object {
  const changed = { ...object.metadata, ...metadata };
  return { ...object, apiVersion: 'example.com/v2', spec: { moved: true }, metadata: changed };
}

interface Review {
  readonly request: { readonly uid: string; readonly objects: readonly KubernetesObject[] };
}

/** Converts, with a webhook that answers so; the message when it fails. */
async function convert(
  objects: readonly KubernetesObject[],
  answer: (review: Review) => object | string,
): Promise<unknown> {
  const services = {
    random: { uuid: () => 'u1', nameSuffix: () => '', integer: () => 0 },
    callWebhook: ({ body }: { readonly body: unknown }) => {
      const made = answer(body as Review);
      const envelope = { kind: 'ConversionReview', apiVersion: 'apiextensions.k8s.io/v1' };
      return Promise.resolve(
        typeof made === 'string' ? made : JSON.stringify({ ...envelope, ...made }),
      );
    },
  };
  try {
    return await convertByWebhook(webhook, objects, 'example.com/v2', services);
  } catch (error) {
    return (error as Error).message;
  }
}

const success = (convertedObjects: readonly unknown[], uid = 'u1'): object => ({
  response: { uid, result: { status: 'Success' }, convertedObjects },
});

const one = widget('a');
const failed = 'conversion webhook for example.com/v1, Kind=Widget failed: ';
const returned = 'conversion webhook for example.com/v1, Kind=Widget returned ';

const refusals: readonly [what: string, answer: object, message: string][] = [
  ['another uid', success([], 'u2'), `${failed}expected response.uid="u1", got "u2"`],
  ['no response', {}, `${failed}no response provided`],
  [
    'a failure with words',
    { response: { uid: 'u1', result: { status: 'Failure', message: 'no idea' } } },
    `${failed}no idea`,
  ],
  [
    'a failure without',
    { response: { uid: 'u1', result: { status: 'Failure' } } },
    `${failed}response.result.status was 'Failure', not 'Success'`,
  ],
  [
    'another kind of review',
    { kind: 'X', ...success([]) },
    `${failed}expected webhook response of apiextensions.k8s.io/v1, Kind=ConversionReview, got apiextensions.k8s.io/v1, Kind=X`,
  ],
  ['too few', success([]), `${returned}0 objects, expected 1`],
  [
    'the old version',
    success([one]),
    `${returned}invalid object at index 0: invalid groupVersion (expected example.com/v2, received example.com/v1)`,
  ],
  [
    'another kind',
    success([{ ...moved(one), kind: 'Gadget' }]),
    `${returned}invalid object at index 0: invalid kind (expected Widget, received Gadget)`,
  ],
  [
    'another name',
    success([moved(one, { name: 'b' })]),
    `${returned}invalid object: must have the same name: a != b`,
  ],
  [
    'another namespace',
    success([moved(one, { namespace: 'm' })]),
    `${returned}invalid object: must have the same namespace: n != m`,
  ],
  [
    'another uid of the object',
    success([moved(one, { uid: 'x' })]),
    `${returned}invalid object: must have the same UID: uid-a != x`,
  ],
  [
    'labels of a wrong type',
    success([moved(one, { labels: { a: 1 } })]),
    `${returned}invalid metadata: metadata.labels[a] must be a string, but is int64 in converted object`,
  ],
  [
    'labels that are a list',
    success([moved(one, { labels: [] })]),
    `${returned}invalid metadata: invalid metadata.labels of type []interface {} in converted object`,
  ],
];

for (const [what, answer, message] of refusals) {
  test(`refused: ${what}`, async () => assert.equal(await convert([one], () => answer), message));
}

test('labels and annotations are taken over, other metadata is not', async () => {
  const answer = moved(one, { labels: { c: 'd' }, annotations: { e: 'f' }, finalizers: ['x/y'] });
  assert.deepEqual(await convert([one], () => success([answer])), [
    moved(one, { labels: { c: 'd' }, annotations: { e: 'f' } }),
  ]);
});

test('only objects of another version are sent, and the order stays', async () => {
  const there = moved(widget('b')) as KubernetesObject;
  const sent: unknown[] = [];
  const result = await convert([one, there, widget('c')], ({ request }) => {
    sent.push(...request.objects.map(({ metadata }) => metadata.name));
    return success(request.objects.map((object) => moved(object)));
  });
  assert.deepEqual(sent, ['a', 'c']);
  assert.deepEqual(
    (result as readonly KubernetesObject[]).map(({ metadata }) => metadata.name),
    ['a', 'b', 'c'],
  );
});

test('nothing to convert asks nobody', async () => {
  const there = moved(one) as KubernetesObject;
  assert.deepEqual(await convert([there], () => 'never'), [there]);
});
