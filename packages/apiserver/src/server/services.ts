/** The facilities of the server that kinds use by name. */
import type { Holds, ServerServices } from '@navarch/api/extension/context';
import type { WebhookCaller } from '@navarch/api/extension/webhook';
import type { Random } from '@navarch/runtime/random';
import { integer, nameSuffix } from '@navarch/runtime/random';
import type { Authenticator } from '../authenticate/authenticator.ts';
import type { ServiceAccountTokens } from '../authenticate/service-account/tokens.ts';
import type { Authorization } from '../authorize/union.ts';

export interface ServiceRanges {
  readonly serviceClusterIpRanges: readonly string[];
  readonly serviceNodePortRange: { readonly first: number; readonly last: number };
}

export interface ServicesOptions extends ServiceRanges {
  /** Without one, calls of webhooks fail. */
  readonly callWebhook?: WebhookCaller;
}

/** What reads through the resources exists only after them: it is looked up when it is used. */
export interface LateParts {
  readonly authenticator: Authenticator;
  readonly authorization: Authorization;
  readonly serviceAccountTokens: ServiceAccountTokens;
}

export function createServices(
  random: Random,
  options: ServicesOptions,
  parts: () => LateParts,
): ServerServices {
  return {
    random: {
      nameSuffix: (length) => nameSuffix(random, length),
      uuid: () => random.uuid(),
      integer: (below) => integer(random, below),
    },
    authorize: async (attributes) => parts().authorization.decide(attributes),
    rulesFor: (user, namespace) => parts().authorization.rulesFor(user, namespace),
    authenticateToken: (token, audiences) =>
      parts().authenticator.authenticateToken(token, audiences),
    signServiceAccountToken: (claims) => parts().serviceAccountTokens.sign(claims),
    ...(options.callWebhook && { callWebhook: options.callWebhook }),
    holds: createHolds(),
    serviceClusterIpRanges: options.serviceClusterIpRanges,
    serviceNodePortRange: options.serviceNodePortRange,
  };
}

function createHolds(): Holds {
  const held = new Set<string>();
  return {
    tryHold(name) {
      if (held.has(name)) return false;
      held.add(name);
      return true;
    },
    release: (name) => void held.delete(name),
  };
}
