/** The users and groups that mean something to the server itself. */
import type { UserInfo } from '@navarch/api/extension/context';

export const authenticatedGroup = 'system:authenticated';
export const unauthenticatedGroup = 'system:unauthenticated';
export const mastersGroup = 'system:masters';
export const anonymousUser = 'system:anonymous';
export const anonymous: UserInfo = { username: anonymousUser, groups: [unauthenticatedGroup] };

/** Everybody who proved something is in the group of the authenticated. */
export function asAuthenticated(user: UserInfo): UserInfo {
  if (user.groups.includes(authenticatedGroup) || user.groups.includes(unauthenticatedGroup)) {
    return user;
  }
  return { ...user, groups: [...user.groups, authenticatedGroup] };
}

/** Where `authentication.kubernetes.io/credential-id` goes: which credential a request was made with. */
export const credentialIdKey = 'authentication.kubernetes.io/credential-id';
