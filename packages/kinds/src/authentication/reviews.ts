/** Reviews of who someone is. Answered at once, never stored. */
import type { UserInfo } from '@navarch/api/extension/context';
import { badRequest } from '@navarch/api/status';
import { formatTime } from '@navarch/api/time';
import type {
  SelfSubjectReview,
  TokenReview,
  TokenReviewStatus,
  UserInfo as ReviewedUser,
} from '@navarch/api/types/authentication/v1';
import { defineResource } from '../define.ts';
import { listOf } from '../nil.ts';
import { plainTable } from '../table/columns.ts';

const shared = {
  group: 'authentication.k8s.io',
  version: 'v1',
  scope: 'Cluster',
  verbs: ['create'],
  table: plainTable,
} as const;

export const selfSubjectReviews = defineResource<SelfSubjectReview>({
  ...shared,
  kind: 'SelfSubjectReview',
  plural: 'selfsubjectreviews',
  /** A new object, of which only the time is said: what was submitted does not matter. */
  answerCreate: ({ apiVersion, kind }, { user, nowMs }) =>
    Promise.resolve({
      ...(kind !== undefined && { kind }),
      ...(apiVersion !== undefined && { apiVersion }),
      metadata: { creationTimestamp: formatTime(nowMs) },
      status: { userInfo: describeUser(user) },
    }),
});

export const tokenReviews = defineResource<TokenReview>({
  ...shared,
  kind: 'TokenReview',
  plural: 'tokenreviews',
  answerCreate: async (submitted, { services }) => {
    const { token = '', audiences } = submitted.spec;
    if (token === '') throw badRequest('token is required for TokenReview in authentication');
    const status = await review(listOf(audiences), (wanted) =>
      services.authenticateToken(token, wanted),
    );
    return { ...submitted, status };
  },
});

type Authenticated = { readonly user: UserInfo; readonly audiences: readonly string[] } | undefined;

/** A token that is refused is an answer; that the reason may be shown is the point of the review. */
async function review(
  audiences: readonly string[],
  authenticate: (audiences: readonly string[]) => Promise<Authenticated>,
): Promise<TokenReviewStatus> {
  let known: Authenticated;
  try {
    known = await authenticate(audiences);
  } catch (error) {
    return { user: {}, error: error instanceof Error ? error.message : String(error) };
  }
  if (!known) return { user: {} };
  return { authenticated: true, user: describeUser(known.user), audiences: known.audiences };
}

/** Without what is empty, in the order of the type. */
export function describeUser(user: UserInfo): ReviewedUser {
  const extra = Object.entries(user.extra ?? {});
  return {
    ...(user.username && { username: user.username }),
    ...(user.uid && { uid: user.uid }),
    ...(user.groups.length > 0 && { groups: user.groups }),
    ...(user.extra && extra.length > 0 && { extra: user.extra }),
  };
}
