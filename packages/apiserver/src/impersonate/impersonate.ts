/**
 * Acting as somebody else: the `impersonate-` headers, each of which the real user needs the right for, be it for whatever is asked
 * (here) or for this request (constrained.ts). Everything after this stage sees the impersonated user.
 *
 * What is refused is told in the words of the former, as the recorded server does; the newest upstream tells it in those of the latter.
 */
import type { AuthorizationAttributes, UserInfo } from '@navarch/api/extension/context';
import type { StatusError } from '@navarch/api/status';
import { forbiddenBy } from '../authorize/attributes.ts';
import type { Authorization } from '../authorize/union.ts';
import { impersonateConstrained } from './constrained.ts';
import {
  becoming,
  type Headers,
  readHeaders,
  type Right,
  right,
  serviceAccountOf,
  type Wanted,
} from './wanted.ts';

const apiGroup = 'authentication.k8s.io';

/** A group, uid or extra without a user. Upstream answers it as an internal error, in plain text. */
export class ImpersonationMalformed extends Error {}

/** Whether any header asks for it: most requests end here. */
export function impersonates(headers: Headers): boolean {
  for (const name in headers) if (name.startsWith('impersonate-')) return true;
  return false;
}

export interface Impersonated {
  readonly user: UserInfo;
  /** The verb that allowed it, where that was not the one that allows it for whatever is asked. */
  readonly constraint?: string;
}

/**
 * `asked`: the request, as its sender would make it. Undefined when nobody is impersonated. Rejects with a StatusError (403), or with
 * `ImpersonationMalformed`.
 */
export async function impersonate(
  headers: Headers,
  asked: AuthorizationAttributes,
  authorization: Authorization,
): Promise<Impersonated | undefined> {
  const wanted = readHeaders(headers);
  if (wanted.user === '') {
    const requests = describeRequests(wanted);
    if (requests === '') return undefined;
    throw new ImpersonationMalformed(`requested [${requests}] without impersonating a user`);
  }
  const refusal = await refusalOf(wanted, asked, authorization);
  if (!refusal) return { user: becoming(wanted) };
  // Who lacks the right to be somebody for everything may have it for this request.
  const constrained = await impersonateConstrained(wanted, asked, authorization);
  if (!constrained) throw refusal;
  return constrained;
}

async function refusalOf(
  wanted: Wanted,
  { user, path }: AuthorizationAttributes,
  authorization: Authorization,
): Promise<StatusError | undefined> {
  for (const resource of rightsNeeded(wanted)) {
    const attributes: AuthorizationAttributes = { user, verb: 'impersonate', resource, path };
    const { decision, reason } = await authorization.decide(attributes);
    if (decision !== 'allow') return forbiddenBy(attributes, reason);
  }
  return undefined;
}

function rightsNeeded(wanted: Wanted): readonly Right[] {
  const account = serviceAccountOf(wanted.user);
  return [
    account
      ? right('', 'serviceaccounts', account.name, { namespace: account.namespace })
      : right('', 'users', wanted.user),
    ...wanted.groups.map((name) => right('', 'groups', name)),
    ...[...wanted.extra].flatMap(([subresource, names]) =>
      names.map((name) => right(apiGroup, 'userextras', name, { subresource })),
    ),
    ...(wanted.uid === '' ? [] : [right(apiGroup, 'uids', wanted.uid)]),
  ];
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
