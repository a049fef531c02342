/**
 * Constrained impersonation (KEP 5284): the right to be somebody, and the right to ask this of the server as such a one, each given on
 * its own. Which rights those are depends on who is wanted: the node that a service account's pod runs on, any node, a service
 * account, or anybody else.
 */
import type { AuthorizationAttributes, UserInfo } from '@navarch/api/extension/context';
import { isDns1123Subdomain } from '@navarch/api/names';
import { mastersGroup } from '../authenticate/groups.ts';
import type { Authorization } from '../authorize/union.ts';
import { becoming, type Right, right, serviceAccountOf, type Wanted } from './wanted.ts';

interface Mode {
  readonly name: string;
  readonly fits: (wanted: Wanted, requestor: UserInfo) => boolean;
}

/** In the order in which they are tried: the narrowest first. */
const modes: readonly Mode[] = [
  {
    name: 'associated-node',
    fits: (wanted, requestor) => isOnlyName(wanted) && runsOn(requestor, nodeOf(wanted.user)),
  },
  {
    name: 'arbitrary-node',
    fits: (wanted) => isOnlyName(wanted) && nodeOf(wanted.user) !== undefined,
  },
  {
    name: 'serviceaccount',
    fits: (wanted) => isOnlyName(wanted) && serviceAccountOf(wanted.user) !== undefined,
  },
  {
    name: 'user-info',
    fits: ({ user }) => nodeOf(user) === undefined && serviceAccountOf(user) === undefined,
  },
];

const apiGroup = 'authentication.k8s.io';
const nodesGroup = 'system:nodes';
const extraOfAccounts = 'authentication.kubernetes.io/';

/** `asked`: the request as its sender would make it. Undefined when no mode allows it. */
export async function impersonateConstrained(
  wanted: Wanted,
  asked: AuthorizationAttributes,
  authorization: Authorization,
): Promise<{ readonly user: UserInfo; readonly constraint: string } | undefined> {
  for (const { name, fits } of modes) {
    if (!fits(wanted, asked.user) || !isPlausible(wanted)) continue;
    const isAssociated = name === 'associated-node';
    const user = isAssociated ? withoutItsPlace(asked.user) : asked.user;
    const on = { ...asked, user, verb: `impersonate-on:${name}:${asked.verb}` };
    const constraint = `impersonate:${name}`;
    const { path } = asked;
    const needed: readonly AuthorizationAttributes[] = [
      on,
      ...rightsNeeded(wanted, isAssociated).map((resource) => ({
        user,
        verb: constraint,
        resource,
        path,
      })),
    ];
    if (await allows(authorization, needed)) return { user: becomingNode(wanted), constraint };
  }
  return undefined;
}

async function allows(
  authorization: Authorization,
  needed: readonly AuthorizationAttributes[],
): Promise<boolean> {
  for (const attributes of needed) {
    const { decision } = await authorization.decide(attributes);
    if (decision !== 'allow') return false;
  }
  return true;
}

function isOnlyName({ groups, uid, extra }: Wanted): boolean {
  return groups.length === 0 && uid === '' && extra.size === 0;
}

function nodeOf(user: string): string | undefined {
  const [, name] = /^system:node:(.+)$/.exec(user) ?? [];
  return name !== undefined && isDns1123Subdomain(name).length === 0 ? name : undefined;
}

function runsOn({ username, extra = {} }: UserInfo, node: string | undefined): boolean {
  if (node === undefined || !serviceAccountOf(username)) return false;
  const nodes = extra[`${extraOfAccounts}node-name`] ?? [];
  return nodes.length === 1 && nodes[0] === node;
}

/** Where the account runs was looked at; authorizers need only know that it runs somewhere. */
function withoutItsPlace(requestor: UserInfo): UserInfo {
  const keys = Object.keys(requestor.extra ?? {}).toSorted();
  return { ...requestor, extra: { [`${extraOfAccounts}associated-node-keys`]: keys } };
}

/** Nobody becomes a master this way, and nothing may be left empty. */
function isPlausible({ groups, extra }: Wanted): boolean {
  if (groups.includes('') || groups.includes(mastersGroup)) return false;
  return [...extra].every(([key, values]) => isExtraKey(key) && !values.includes(''));
}

/** Only keys of somebody's domain: `example.com/team`. */
function isExtraKey(key: string): boolean {
  const [, domain = '', path = ''] = /^([^/]*)\/(.*)$/.exec(key) ?? [];
  const isPath = /^[a-z0-9/\-._~%!$&'()*+,;=:]+$/.test(path);
  return isPath && isDns1123Subdomain(domain).length === 0;
}

function rightsNeeded(wanted: Wanted, isAssociated: boolean): readonly Right[] {
  const { user, uid, groups, extra } = wanted;
  const account = serviceAccountOf(user);
  const node = nodeOf(user);
  const who = account
    ? right(apiGroup, 'serviceaccounts', account.name, { namespace: account.namespace })
    : node === undefined
      ? right(apiGroup, 'users', user)
      : right(apiGroup, 'nodes', isAssociated ? '*' : node);
  return [
    who,
    ...(uid === '' ? [] : [right(apiGroup, 'uids', uid)]),
    ...groups.map((name) => right(apiGroup, 'groups', name)),
    ...[...extra].flatMap(([subresource, names]) =>
      names.map((name) => right(apiGroup, 'userextras', name, { subresource })),
    ),
  ];
}

/** The groups of nodes are fixed. */
function becomingNode(wanted: Wanted): UserInfo {
  const isNode = nodeOf(wanted.user) !== undefined;
  return becoming(isNode ? { ...wanted, groups: [nodesGroup] } : wanted);
}
