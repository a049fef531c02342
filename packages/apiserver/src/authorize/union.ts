/** Several authorizers as one: the first that has an opinion decides. Members of system:masters may do anything. */
import type {
  AuthorizationAttributes,
  AuthorizationDecision,
  Authorizer,
  ObjectReader,
  RuleSet,
  UserInfo,
} from '@navarch/api/extension/context';
import { mastersGroup } from '../authenticate/groups.ts';

type Decided = AuthorizationDecision | Promise<AuthorizationDecision>;

const allowed: AuthorizationDecision = { decision: 'allow', reason: '' };

/** Always comes first, so that nobody can be locked out of a cluster by its own rules. */
const masters: Authorizer = {
  authorize: ({ user }) =>
    user.groups.includes(mastersGroup) ? allowed : { decision: 'noOpinion', reason: '' },
};

/** For `--authorization-mode`: everybody may do everything, or nothing. */
export const alwaysAllow: Authorizer = { authorize: () => allowed };
export const alwaysDeny: Authorizer = {
  authorize: () => ({ decision: 'noOpinion', reason: 'Everything is forbidden.' }),
};

export interface Authorization {
  /** Without a promise when nobody who was asked needed one. Gives 'allow' or 'deny', or 'noOpinion' when nobody had one. */
  decide(attributes: AuthorizationAttributes): Decided;
  rulesFor(user: UserInfo, namespace: string): RuleSet;
}

export function unionOf(authorizers: readonly Authorizer[], read: ObjectReader): Authorization {
  const all = [masters, ...authorizers];
  return {
    decide: (attributes) => decideFrom(all, 0, attributes, read, []),
    rulesFor: (user, namespace) => mergeRules(all, user, namespace, read),
  };
}

/** Asks from the authorizer at `index` on. A loop as long as answers come at once; it goes on after one that had to wait. */
function decideFrom(
  all: readonly Authorizer[],
  index: number,
  attributes: AuthorizationAttributes,
  read: ObjectReader,
  reasons: readonly string[],
): Decided {
  const seen = [...reasons];
  for (let i = index; i < all.length; i++) {
    const answer = all[i]?.authorize(attributes, read);
    if (answer instanceof Promise) {
      return answer.then((later) => {
        if (later.decision !== 'noOpinion') return later;
        const more = later.reason === '' ? seen : [...seen, later.reason];
        return decideFrom(all, i + 1, attributes, read, more);
      });
    }
    if (!answer) continue;
    if (answer.decision !== 'noOpinion') return answer;
    if (answer.reason !== '') seen.push(answer.reason);
  }
  return { decision: 'noOpinion', reason: seen.join('\n') };
}

function mergeRules(
  all: readonly Authorizer[],
  user: UserInfo,
  namespace: string,
  read: ObjectReader,
): RuleSet {
  const sets = all.flatMap((authorizer) => authorizer.rulesFor?.(user, namespace, read) ?? []);
  const errors = sets.flatMap(({ evaluationError }) => evaluationError ?? []);
  return {
    resourceRules: sets.flatMap(({ resourceRules }) => resourceRules),
    nonResourceRules: sets.flatMap(({ nonResourceRules }) => nonResourceRules),
    incomplete: sets.some(({ incomplete }) => incomplete),
    ...(errors.length > 0 && { evaluationError: errors.join('; ') }),
  };
}
