/**
 * Tokens of service accounts: made for the token subresource, recognised in requests and token reviews.
 * A token's signature is checked once; what it is bound to, and its age, each time.
 */
import type {
  AuthenticatedToken,
  ObjectReader,
  ServiceAccountClaims,
} from '@navarch/api/extension/context';
import type { Clock } from '@navarch/runtime/clock';
import type { Random } from '@navarch/runtime/random';
import { whyUnbound } from './bound-objects.ts';
import { claimsFor, type TokenClaims, unverifiedClaims, userOf } from './claims.ts';
import type { TokenSigner } from './signing.ts';

export interface ServiceAccountTokensOptions {
  readonly issuer: string;
  /** What a token must be meant for unless a review says otherwise. */
  readonly audiences: readonly string[];
  readonly signer: TokenSigner;
  readonly read: ObjectReader;
  readonly clock: Clock;
  readonly random: Random;
}

/** A token that is ours and does not count, with what a review says about it. */
export class TokenRefused extends Error {}

interface Known {
  readonly claims: TokenClaims;
  readonly user: AuthenticatedToken['user'];
}

const knownTokensMax = 20_000;
/** Clocks differ a little between servers. */
const clockLeewayMs = 60_000;

export class ServiceAccountTokens {
  readonly #options: ServiceAccountTokensOptions;
  /** Tokens whose signature was found good. Dropped all at once when there are many: cheap, and they come back. */
  readonly #known = new Map<string, Known>();

  constructor(options: ServiceAccountTokensOptions) {
    this.#options = options;
  }

  sign(asked: ServiceAccountClaims): Promise<string> {
    const { issuer, signer, random } = this.#options;
    const audiences = asked.audiences.length > 0 ? asked.audiences : this.#options.audiences;
    return signer.sign(claimsFor({ ...asked, audiences }, issuer, random.uuid()));
  }

  /**
   * Undefined when it is not a token of this issuer, or its signature is wrong. Throws, or rejects with, `TokenRefused` when
   * it does not count. Answers at once, without a promise, when the token is known.
   */
  authenticate(
    token: string,
    audiences: readonly string[],
  ): AuthenticatedToken | undefined | Promise<AuthenticatedToken | undefined> {
    const known = this.#known.get(token);
    if (known) return this.#accept(token, known, audiences);
    const claims = unverifiedClaims(token, this.#options.issuer);
    if (!claims) return undefined;
    return this.#verify(token, claims, audiences);
  }

  async #verify(
    token: string,
    claims: TokenClaims,
    audiences: readonly string[],
  ): Promise<AuthenticatedToken | undefined> {
    if (!(await this.#options.signer.verify(token))) return undefined;
    const known = { claims, user: userOf(claims) };
    const accepted = this.#accept(token, known, audiences);
    if (this.#known.size >= knownTokensMax) this.#known.clear();
    this.#known.set(token, known);
    return accepted;
  }

  #accept(token: string, { claims, user }: Known, asked: readonly string[]): AuthenticatedToken {
    const { clock, read } = this.#options;
    const nowMs = clock.wallMs();
    const targets = asked.length > 0 ? asked : this.#options.audiences;
    const audiences = targets.filter((audience) => claims.aud.includes(audience));
    if (audiences.length === 0) throw new TokenRefused(wrongAudience(claims.aud, targets));
    if (claims.exp * 1000 + clockLeewayMs < nowMs) {
      this.#known.delete(token);
      throw new TokenRefused('service account token has expired');
    }
    if (claims.nbf * 1000 - clockLeewayMs > nowMs) {
      throw new TokenRefused('service account token is not valid yet');
    }
    const unbound = whyUnbound(claims, read, nowMs);
    if (unbound !== undefined) {
      this.#known.delete(token);
      throw new TokenRefused(unbound);
    }
    return { user, audiences };
  }
}

function wrongAudience(has: readonly string[], wanted: readonly string[]): string {
  const list = (values: readonly string[]): string =>
    `[${values.map((value) => JSON.stringify(value)).join(' ')}]`;
  return `token audiences ${list(has)} is invalid for the target audiences ${list(wanted)}`;
}
