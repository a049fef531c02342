/** What a service-account token says, as JWT claims in upstream's form. Pure. */
import type { ServiceAccountClaims, UserInfo } from '@navarch/api/extension/context';
import { asAuthenticated, credentialIdKey } from '../groups.ts';

export interface ObjectReference {
  readonly name: string;
  readonly uid: string;
}

interface PrivateClaims {
  readonly namespace: string;
  readonly node?: ObjectReference;
  readonly pod?: ObjectReference;
  readonly secret?: ObjectReference;
  readonly serviceaccount: ObjectReference;
  /** For pods that were given a longer life than they asked for: when a client should have renewed. */
  readonly warnafter?: number;
}

/** Times are in seconds since the Unix epoch. */
export interface TokenClaims {
  readonly aud: readonly string[];
  readonly exp: number;
  readonly iat: number;
  readonly iss: string;
  readonly jti: string;
  readonly 'kubernetes.io': PrivateClaims;
  readonly nbf: number;
  readonly sub: string;
}

export function serviceAccountName(namespace: string, name: string): string {
  return `system:serviceaccount:${namespace}:${name}`;
}

export function serviceAccountGroups(namespace: string): readonly string[] {
  return ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];
}

export function claimsFor(asked: ServiceAccountClaims, issuer: string, id: string): TokenClaims {
  const nowSeconds = Math.floor(asked.nowMs / 1000);
  const { namespace, name, uid, boundTo, node } = asked;
  const bound = boundTo && { name: boundTo.name, uid: boundTo.uid };
  return {
    aud: asked.audiences,
    exp: nowSeconds + asked.expirationSeconds,
    iat: nowSeconds,
    iss: issuer,
    jti: id,
    'kubernetes.io': {
      namespace,
      ...(node && { node }),
      ...(bound && boundTo.kind === 'Node' && { node: bound }),
      ...(bound && boundTo.kind === 'Pod' && { pod: bound }),
      ...(bound && boundTo.kind === 'Secret' && { secret: bound }),
      serviceaccount: { name, uid },
    },
    nbf: nowSeconds,
    sub: serviceAccountName(namespace, name),
  };
}

/** The user that a token with these claims stands for. */
export function userOf(claims: TokenClaims): UserInfo {
  const { namespace, serviceaccount, pod, node } = claims['kubernetes.io'];
  const prefix = 'authentication.kubernetes.io';
  return asAuthenticated({
    username: serviceAccountName(namespace, serviceaccount.name),
    uid: serviceaccount.uid,
    groups: serviceAccountGroups(namespace),
    extra: {
      [credentialIdKey]: [`JTI=${claims.jti}`],
      ...(node && {
        [`${prefix}/node-name`]: [node.name],
        [`${prefix}/node-uid`]: [node.uid],
      }),
      ...(pod && { [`${prefix}/pod-name`]: [pod.name], [`${prefix}/pod-uid`]: [pod.uid] }),
    },
  });
}

/** The claims in a token's middle part, when the whole looks like a token of this issuer. Proves nothing. */
export function unverifiedClaims(token: string, issuer: string): TokenClaims | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  try {
    const text = decodeBase64Url(parts[1] ?? '');
    const claims = JSON.parse(text) as Partial<TokenClaims> | null;
    const { namespace, serviceaccount } = claims?.['kubernetes.io'] ?? {};
    if (claims?.iss !== issuer || !namespace || !serviceaccount?.name) return undefined;
    return typeof claims.exp === 'number' && Array.isArray(claims.aud)
      ? (claims as TokenClaims)
      : undefined;
  } catch {
    return undefined;
  }
}

function decodeBase64Url(text: string): string {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder().decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)));
}
