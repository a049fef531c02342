/** Who asks, and may they: everything that looks into the caches in order to know. */
import type { Authorizer, ObjectReader } from '@navarch/api/extension/context';
import type { Runtime } from '@navarch/runtime/runtime';
import { type Authenticator, createAuthenticator } from '../authenticate/authenticator.ts';
import {
  createKeySigner,
  createRememberingSigner,
  type ServiceAccountKeys,
  type TokenSigner,
} from '../authenticate/service-account/signing.ts';
import { ServiceAccountTokens } from '../authenticate/service-account/tokens.ts';
import { parseTokenFile } from '../authenticate/token-file.ts';
import { type Authorization, unionOf } from '../authorize/union.ts';

export interface IdentityOptions {
  readonly runtime: Runtime;
  /** In their order. Members of system:masters are asked about nowhere: they may. */
  readonly authorizers: readonly Authorizer[];
  /** The text of `--token-auth-file`. */
  readonly tokenAuthFile?: string;
  /** Without keys, tokens are only remembered, and good for as long as this server lives. */
  readonly serviceAccountKeys?: ServiceAccountKeys;
  /** Of service-account tokens; also the audience that they are for unless they say otherwise. */
  readonly issuer: string;
}

export interface Identity {
  readonly authenticator: Authenticator;
  readonly authorization: Authorization;
  readonly serviceAccountTokens: ServiceAccountTokens;
  readonly signer: TokenSigner;
}

/** Throws `TokenFileError` when the token file cannot be understood. */
export function createIdentity(options: IdentityOptions, read: ObjectReader): Identity {
  const { issuer, authorizers, tokenAuthFile = '', serviceAccountKeys } = options;
  const { clock, random } = options.runtime;
  const audiences = [issuer];
  const signer = serviceAccountKeys
    ? createKeySigner(serviceAccountKeys)
    : createRememberingSigner(random);
  const serviceAccountTokens = new ServiceAccountTokens({
    issuer,
    audiences,
    signer,
    read,
    clock,
    random,
  });
  const tokenUsers = parseTokenFile(tokenAuthFile);
  return {
    authenticator: createAuthenticator({ tokenUsers, serviceAccountTokens, audiences, clock }),
    authorization: unionOf(authorizers, read),
    serviceAccountTokens,
    signer,
  };
}
