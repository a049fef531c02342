import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorMessage } from '@navarch/api/field-error';
import type {
  LocalSubjectAccessReview,
  SubjectAccessReview,
  SubjectAccessReviewSpec,
} from '@navarch/api/types/authorization/v1';
import { fakeContext } from '../testing.ts';
import { localSubjectAccessReviews, subjectAccessReviews } from './access-reviews.ts';
import { validateLocalReview, validateReview } from './validate.ts';

const context = fakeContext({ allowedVerbs: ['get'] });

async function verdict(spec: SubjectAccessReviewSpec): Promise<unknown> {
  const review: SubjectAccessReview = { metadata: {}, spec };
  const answer = await subjectAccessReviews.answerCreate?.(review, context);
  return answer && 'status' in answer ? answer.status : undefined;
}

function about(verb: string, rawSelector?: string): SubjectAccessReviewSpec {
  const fieldSelector = rawSelector === undefined ? undefined : { rawSelector };
  return {
    user: 'bob',
    resourceAttributes: { verb, resource: 'pods', ...(fieldSelector && { fieldSelector }) },
  };
}

test('answers what the authorizer says', async () => {
  assert.deepEqual(await verdict(about('get')), { allowed: true });
  assert.deepEqual(await verdict(about('delete')), { allowed: false });
});

test('a selector that cannot be read is left out, and the answer says so', async () => {
  assert.deepEqual(await verdict(about('get', 'a=b')), { allowed: true });
  assert.deepEqual(await verdict(about('get', 'a')), {
    allowed: true,
    evaluationError: 'spec.resourceAttributes.fieldSelector ignored due to parse error',
  });
});

test('a review says about whom, and about what', async () => {
  await assert.rejects(verdict({ resourceAttributes: { verb: 'get' } }), {
    message:
      '.authorization.k8s.io "" is invalid: spec.user: Invalid value: "": at least one of user or group must be specified',
  });
  await assert.rejects(verdict({ user: 'bob' }), {
    message:
      '.authorization.k8s.io "" is invalid: spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified',
  });
});

test('a local review is about its namespace', async () => {
  const spec = { user: 'bob', resourceAttributes: { verb: 'get', namespace: 'other' } };
  const review: LocalSubjectAccessReview = { metadata: { namespace: 'here' }, spec };
  const answer = localSubjectAccessReviews.answerCreate?.(review, context);
  await assert.rejects(answer ?? Promise.resolve(), {
    message:
      '.authorization.k8s.io "" is invalid: spec.resourceAttributes.namespace: Invalid value: "other": must match metadata.namespace',
  });
});

const selectors: readonly {
  readonly attributes: object;
  readonly errors: readonly string[];
}[] = [
  {
    attributes: { fieldSelector: {} },
    errors: [
      'fieldSelector.requirements: Required value: when spec.resourceAttributes.fieldSelector is specified, requirements or rawSelector is required',
    ],
  },
  {
    attributes: { fieldSelector: { rawSelector: 'a=b', requirements: [{ operator: 'In' }] } },
    errors: [
      'fieldSelector.rawSelector: Invalid value: "a=b": may not specified at the same time as requirements',
      'fieldSelector.requirements[0].key: Required value: must be specified',
      "fieldSelector.requirements[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
    ],
  },
  {
    attributes: { fieldSelector: { requirements: [{ key: 'a b', operator: 'New' }] } },
    errors: [],
  },
  {
    attributes: {
      labelSelector: { requirements: [{ key: 'a', operator: 'Exists', values: ['b', '-'] }] },
    },
    errors: [
      "labelSelector.requirements[0].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
      "labelSelector.requirements[0].values[1]: Invalid value: \"-\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    ],
  },
];

for (const { attributes, errors } of selectors) {
  test(`selectors of a review: ${JSON.stringify(attributes)}`, () => {
    const spec = { user: 'bob', resourceAttributes: { verb: 'list', ...attributes } };
    const found = validateReview({ metadata: {}, spec }).map(errorMessage);
    assert.deepEqual(
      found,
      errors.map((error) => `spec.resourceAttributes.${error}`),
    );
  });
}

test('the metadata of reviews is empty, but for the namespace of local ones', () => {
  const metadata = { namespace: 'd', labels: { a: 'b' } };
  const spec = { user: 'bob', resourceAttributes: { namespace: 'd' } };
  const shown = 'metadata: Invalid value: {"namespace":"d","labels":{"a":"b"}}: must be empty';
  assert.deepEqual(validateReview({ metadata, spec }).map(errorMessage), [shown]);
  assert.deepEqual(validateLocalReview({ metadata, spec }).map(errorMessage), [
    `${shown} except for namespace`,
  ]);
});
