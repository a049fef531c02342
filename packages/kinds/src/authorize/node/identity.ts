/** Nodes are users named `system:node:<name>` in the group `system:nodes`. */
import type { UserInfo } from '@navarch/api/extension/context';

const userPrefix = 'system:node:';

/** The name of the node that the user is, '' when the user name leaves it out; undefined when the user is no node. */
export function nodeNameOf(user: UserInfo): string | undefined {
  if (!user.username.startsWith(userPrefix) || !user.groups.includes('system:nodes'))
    return undefined;
  return user.username.slice(userPrefix.length);
}
