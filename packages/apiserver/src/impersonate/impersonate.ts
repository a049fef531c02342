/**
 * Acting as somebody else: the `impersonate-` headers, each of which the real user needs the right for.
 * Everything after this stage sees the impersonated user.
 */
import type { AuthorizationAttributes, UserInfo } from '@navarch/api/extension/context';
import { anonymousUser, authenticatedGroup, unauthenticatedGroup } from '../authenticate/groups.ts';
import { serviceAccountGroups } from '../authenticate/service-account/claims.ts';
import { forbiddenBy } from '../authorize/attributes.ts';
import type { Authorization } from '../authorize/union.ts';

type Headers = Readonly<Record<string, string | undefined>>;

const userHeader = 'impersonate-user';
const groupHeader = 'impersonate-group';
const uidHeader = 'impersonate-uid';
const extraPrefix = 'impersonate-extra-';
const apiGroup = 'authentication.k8s.io';

/** A group, uid or extra without a user. Upstream answers it as an internal error, in plain text. */
export class ImpersonationMalformed extends Error {}

interface Wanted {
  readonly user: string;
  readonly groups: readonly string[];
  readonly uid: string;
  readonly extra: ReadonlyMap<string, readonly string[]>;
}

/** Whether any header asks for it: most requests end here. */
export function impersonates(headers: Headers): boolean {
  for (const name in headers) if (name.startsWith('impersonate-')) return true;
  return false;
}

/** Rejects with a StatusError (403), or with `ImpersonationMalformed`. */
export async function impersonate(
  user: UserInfo,
  headers: Headers,
  path: string,
  authorization: Authorization,
): Promise<UserInfo> {
  const wanted = readHeaders(headers);
  if (wanted.user === '') {
    const requests = describeRequests(wanted);
    if (requests === '') return user;
    throw new ImpersonationMalformed(`requested [${requests}] without impersonating a user`);
  }
  for (const resource of rightsNeeded(wanted)) {
    const attributes: AuthorizationAttributes = { user, verb: 'impersonate', resource, path };
    const { decision, reason } = await authorization.decide(attributes);
    if (decision !== 'allow') throw forbiddenBy(attributes, reason);
  }
  return becoming(wanted);
}

/** Repeats of a header come joined by newlines. */
function readHeaders(headers: Headers): Wanted {
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

type Resource = NonNullable<AuthorizationAttributes['resource']>;

function rightsNeeded(wanted: Wanted): readonly Resource[] {
  const right = (resource: string, name: string, more: Partial<Resource> = {}): Resource => ({
    group: '',
    version: 'v1',
    resource,
    subresource: '',
    namespace: '',
    name,
    ...more,
  });
  const account = serviceAccountOf(wanted.user);
  return [
    account
      ? right('serviceaccounts', account.name, { namespace: account.namespace })
      : right('users', wanted.user),
    ...wanted.groups.map((name) => right('groups', name)),
    ...[...wanted.extra].flatMap(([subresource, names]) =>
      names.map((name) => right('userextras', name, { group: apiGroup, subresource })),
    ),
    ...(wanted.uid === '' ? [] : [right('uids', wanted.uid, { group: apiGroup })]),
  ];
}

function serviceAccountOf(user: string): { namespace: string; name: string } | undefined {
  const match = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user);
  return match?.[1] && match[2] ? { namespace: match[1], name: match[2] } : undefined;
}

function becoming(wanted: Wanted): UserInfo {
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

/** The requests as Go prints object references: kind, namespace, name, uid, API version, resource version, field path. */
function describeRequests({ groups, uid, extra }: Wanted): string {
  return [
    ...groups.map((name) => `{Group  ${name}    }`),
    ...[...extra].flatMap(([key, names]) =>
      names.map((name) => `{UserExtra  ${name}  ${apiGroup}/v1  ${key}}`),
    ),
    ...(uid === '' ? [] : [`{UID  ${uid}  ${apiGroup}/v1  }`]),
  ].join(' ');
}
