import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  LocalSubjectAccessReview,
  SubjectAccessReview,
  SubjectAccessReviewSpec,
} from '@navarch/api/types/authorization/v1';
import { fakeContext } from '../testing.ts';
import { localSubjectAccessReviews, subjectAccessReviews } from './access-reviews.ts';

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
