/**
 * Who makes a request. Proofs are looked at in this order: client certificate, token of the token file, service-account token.
 * Whoever shows none is anonymous; whoever shows only wrong ones is turned away.
 */
import type { AuthenticatedToken, UserInfo } from '@navarch/api/extension/context';
import { unauthorized } from '@navarch/api/status';
import type { Clock } from '@navarch/runtime/clock';
import type { ApiRequest } from '../request/request.ts';
import { bearerToken } from './bearer.ts';
import { CertificateUsers } from './certificate.ts';
import { anonymous } from './groups.ts';
import type { ServiceAccountTokens } from './service-account/tokens.ts';

export interface Authenticator {
  /** Throws, or rejects with, a StatusError (401) when only wrong proofs were shown. */
  authenticate(request: ApiRequest): UserInfo | Promise<UserInfo>;
  /** For token reviews; see `ServerServices.authenticateToken`. */
  authenticateToken(
    token: string,
    audiences: readonly string[],
  ): Promise<AuthenticatedToken | undefined>;
}

export interface AuthenticatorOptions {
  /** Users of the token file, by token. */
  readonly tokenUsers: ReadonlyMap<string, UserInfo>;
  readonly serviceAccountTokens: ServiceAccountTokens;
  /** The audiences that a token of the token file is good for. */
  readonly audiences: readonly string[];
  readonly clock: Clock;
}

export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { tokenUsers, serviceAccountTokens, clock } = options;
  const certificates = new CertificateUsers();

  const byToken = (token: string): UserInfo | Promise<UserInfo> => {
    const user = tokenUsers.get(token);
    if (user) return user;
    try {
      const found = serviceAccountTokens.authenticate(token, []);
      if (found instanceof Promise) return found.then(orUnauthorized, refuse);
      return orUnauthorized(found);
    } catch {
      throw unauthorized();
    }
  };

  return {
    authenticate({ identity, headers }) {
      if ('user' in identity) return identity.user;
      const { certificate } = identity;
      const shown = certificate && certificates.userOf(certificate, clock.wallMs());
      if (shown !== undefined && shown !== 'refused') return shown;
      const token = bearerToken(headers);
      if (token !== undefined) return byToken(token);
      if (shown === 'refused') throw unauthorized();
      return anonymous;
    },
    async authenticateToken(token, audiences) {
      const user = tokenUsers.get(token);
      if (user) return reviewFileToken(user, audiences, options.audiences);
      try {
        return await serviceAccountTokens.authenticate(token, audiences);
      } catch (error) {
        throw new Error(`[invalid bearer token, ${error instanceof Error ? error.message : ''}]`, {
          cause: error,
        });
      }
    },
  };
}

function orUnauthorized(found: AuthenticatedToken | undefined): UserInfo {
  if (!found) throw unauthorized();
  return found.user;
}

function refuse(): never {
  throw unauthorized();
}

/** Tokens of the file say nothing of audiences: they are good for those of the server. */
function reviewFileToken(
  user: UserInfo,
  asked: readonly string[],
  own: readonly string[],
): AuthenticatedToken | undefined {
  const audiences = asked.length === 0 ? own : own.filter((audience) => asked.includes(audience));
  return audiences.length === 0 ? undefined : { user, audiences };
}
