/** Whom the `impersonate-` headers ask to be, and who that is. */
import type { AuthorizationAttributes, UserInfo } from '@navarch/api/extension/context';
import { isDns1123Label, isDns1123Subdomain } from '@navarch/api/names';
import { anonymousUser, authenticatedGroup, unauthenticatedGroup } from '../authenticate/groups.ts';
import { serviceAccountGroups } from '../authenticate/service-account/claims.ts';

export type Headers = Readonly<Record<string, string | undefined>>;

export interface Wanted {
  readonly user: string;
  readonly groups: readonly string[];
  readonly uid: string;
  readonly extra: ReadonlyMap<string, readonly string[]>;
}

/** What somebody must be allowed to do, with the verb that goes with it. */
export type Right = NonNullable<AuthorizationAttributes['resource']>;

export function right(
  group: string,
  resource: string,
  name: string,
  more: Partial<Right> = {},
): Right {
  return { group, version: 'v1', resource, subresource: '', namespace: '', name, ...more };
}

const userHeader = 'impersonate-user';
const groupHeader = 'impersonate-group';
const uidHeader = 'impersonate-uid';
const extraPrefix = 'impersonate-extra-';

/** Repeats of a header come joined by newlines. */
export function readHeaders(headers: Headers): Wanted {
  const extra = new Map<string, readonly string[]>();
  for (const name of Object.keys(headers).toSorted()) {
    if (!name.startsWith(extraPrefix)) continue;
    extra.set(unescapeKey(name.slice(extraPrefix.length)), values(headers[name]));
  }
  return {
    user: headers[userHeader] ?? '',
    groups: values(headers[groupHeader]),
    uid: headers[uidHeader] ?? '',
    extra,
  };
}

function values(joined: string | undefined): readonly string[] {
  return joined === undefined ? [] : joined.split('\n');
}

/** Keys may have characters that header names cannot; an escape that is none stands for itself. */
function unescapeKey(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/** Names that no service account can have are those of users. */
export function serviceAccountOf(
  user: string,
): { readonly namespace: string; readonly name: string } | undefined {
  const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user) ?? [];
  if (namespace === undefined || name === undefined) return undefined;
  const isOne = isDns1123Label(namespace).length + isDns1123Subdomain(name).length === 0;
  return isOne ? { namespace, name } : undefined;
}

/** Whoever is wanted, with the groups that go without saying. */
export function becoming(wanted: Wanted): UserInfo {
  const account = serviceAccountOf(wanted.user);
  const named =
    account && wanted.groups.length === 0 ? serviceAccountGroups(account.namespace) : wanted.groups;
  return {
    username: wanted.user,
    ...(wanted.uid !== '' && { uid: wanted.uid }),
    groups: withAuthentication(wanted.user, named),
    ...(wanted.extra.size > 0 && { extra: Object.fromEntries(wanted.extra) }),
  };
}

function withAuthentication(user: string, groups: readonly string[]): readonly string[] {
  if (groups.includes(unauthenticatedGroup)) return groups;
  if (user === anonymousUser) return [...groups, unauthenticatedGroup];
  return groups.includes(authenticatedGroup) ? groups : [...groups, authenticatedGroup];
}
