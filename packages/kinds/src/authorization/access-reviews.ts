/** Reviews of what someone may do. Answered at once by the server's own authorizers, never stored. */
import { badRequest, invalid as invalidObject } from '@navarch/api/status';
import type { FieldError } from '@navarch/api/field-error';
import type { RequestContext, UserInfo } from '@navarch/api/extension/context';
import type {
  LocalSubjectAccessReview,
  SelfSubjectAccessReview,
  SubjectAccessReview,
  SubjectAccessReviewSpec,
  SubjectAccessReviewStatus,
} from '@navarch/api/types/authorization/v1';
import { defineResource } from '../define.ts';
import { listOf } from '../nil.ts';
import { plainTable } from '../table/columns.ts';
import { type AskedAttributes, attributesOf } from './attributes.ts';
import { validateLocalReview, validateReview, validateSelfReview } from './validate.ts';

const group = 'authorization.k8s.io';
const shared = {
  group,
  version: 'v1',
  scope: 'Cluster',
  verbs: ['create'],
  table: plainTable,
} as const;

export const subjectAccessReviews = defineResource<SubjectAccessReview>({
  ...shared,
  kind: 'SubjectAccessReview',
  plural: 'subjectaccessreviews',
  async answerCreate(submitted, context) {
    refuse(validateReview(submitted));
    return { ...submitted, status: await ask(userOf(submitted.spec), submitted.spec, context) };
  },
});

export const localSubjectAccessReviews = defineResource<LocalSubjectAccessReview>({
  ...shared,
  kind: 'LocalSubjectAccessReview',
  plural: 'localsubjectaccessreviews',
  scope: 'Namespaced',
  async answerCreate(submitted, context) {
    refuse(validateLocalReview(submitted));
    return { ...submitted, status: await ask(userOf(submitted.spec), submitted.spec, context) };
  },
});

export const selfSubjectAccessReviews = defineResource<SelfSubjectAccessReview>({
  ...shared,
  kind: 'SelfSubjectAccessReview',
  plural: 'selfsubjectaccessreviews',
  async answerCreate(submitted, context) {
    refuse(validateSelfReview(submitted));
    return { ...submitted, status: await ask(context.user, submitted.spec, context) };
  },
});

/** Reviews are refused without a kind or a name: clients have always seen `.authorization.k8s.io "" is invalid`. */
function refuse(errors: readonly FieldError[]): void {
  if (errors.length > 0) throw invalidObject({ group, kind: '' }, '', errors);
}

function userOf({ user, groups, uid, extra }: SubjectAccessReviewSpec): UserInfo {
  return {
    username: user ?? '',
    groups: listOf(groups),
    ...(uid && { uid }),
    ...(extra && { extra }),
  };
}

/** The verdict. A selector that cannot be read is left out of the question, and the answer says so. */
async function ask(
  user: UserInfo,
  asked: AskedAttributes,
  { services }: RequestContext,
): Promise<SubjectAccessReviewStatus> {
  const { attributes, problem } = attributesOf(user, asked);
  if (!attributes) throw badRequest('nothing is asked');
  const { decision, reason } = await services.authorize(attributes);
  return {
    allowed: decision === 'allow',
    ...(decision === 'deny' && { denied: true }),
    ...(reason && { reason }),
    ...(problem && { evaluationError: problem }),
  };
}
