/** How tokens are signed and verified: with keys in production; in a simulation by remembering what was handed out. */
import type * as Jose from 'jose';
import type { Random } from '@navarch/runtime/random';
import type { TokenClaims } from './claims.ts';

/** The cryptography of tokens. */
export interface TokenSigner {
  sign(claims: TokenClaims): Promise<string>;
  /** Whether the token was made by `sign`, here or by a server with the same keys. Looks at nothing but that. */
  verify(token: string): Promise<boolean>;
  /** The public keys, for those who verify tokens elsewhere. */
  keySet(): Promise<{ readonly keys: readonly Jose.JWK[] }>;
  /** The signature algorithms in use. */
  readonly algorithms: readonly string[];
}

export interface ServiceAccountKeys {
  /** PEM (PKCS 8) of the key that signs. */
  readonly signing: string;
  /** PEM (SPKI) of each key whose tokens count, that of the signing key first. */
  readonly verifying: readonly string[];
  readonly algorithm: 'RS256' | 'ES256';
}

type Library = typeof Jose;
type PublicKey = Awaited<ReturnType<Library['importSPKI']>>;

interface LoadedKeys {
  readonly jose: Library;
  readonly signing: Awaited<ReturnType<Library['importPKCS8']>>;
  readonly verifying: readonly { readonly id: string; readonly key: PublicKey }[];
}

/** Keys are read, and the library loaded, when the first token comes: not while the server starts. */
export function createKeySigner(keys: ServiceAccountKeys): TokenSigner {
  let loaded: Promise<LoadedKeys> | undefined;
  const load = (): Promise<LoadedKeys> => (loaded ??= loadKeys(keys));
  return {
    algorithms: [keys.algorithm],
    async sign(claims) {
      const { jose, signing, verifying } = await load();
      return new jose.SignJWT({ ...claims, aud: [...claims.aud] })
        .setProtectedHeader({ alg: keys.algorithm, kid: verifying[0]?.id ?? '' })
        .sign(signing);
    },
    async verify(token) {
      const { jose, verifying } = await load();
      const { kid } = headerOf(jose, token);
      const candidates = verifying.filter(({ id }) => kid === undefined || kid === id);
      for (const { key } of candidates) {
        try {
          await jose.compactVerify(token, key, { algorithms: ['RS256', 'ES256'] });
          return true;
        } catch {
          // Another key may have signed it.
        }
      }
      return false;
    },
    async keySet() {
      const { jose, verifying } = await load();
      const exported = verifying.map(async ({ id, key }) => ({
        use: 'sig',
        ...(await jose.exportJWK(key)),
        kid: id,
        alg: keys.algorithm,
      }));
      return { keys: await Promise.all(exported) };
    },
  };
}

function headerOf(jose: Library, token: string): { readonly kid?: string } {
  try {
    const { kid } = jose.decodeProtectedHeader(token);
    return kid === undefined ? {} : { kid };
  } catch {
    return {};
  }
}

async function loadKeys(keys: ServiceAccountKeys): Promise<LoadedKeys> {
  const jose = await import('jose');
  const verifying = keys.verifying.map(async (pem) => ({
    id: await keyId(pem),
    key: await jose.importSPKI(pem, keys.algorithm, { extractable: true }),
  }));
  return {
    jose,
    signing: await jose.importPKCS8(keys.signing, keys.algorithm),
    verifying: await Promise.all(verifying),
  };
}

/** As upstream: the hash of the public key's DER form. */
async function keyId(pem: string): Promise<string> {
  const der = Uint8Array.from(atob(pem.replace(/-----[^-]+-----|\s/g, '')), (char) =>
    char.charCodeAt(0),
  );
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', der));
  const text = btoa(String.fromCharCode(...hash));
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

const rememberedTokensMax = 100_000;

/** No cryptography: for simulations, where real signatures would cost determinism. Knows only its own tokens. */
export function createRememberingSigner(random: Random): TokenSigner {
  const issued = new Set<string>();
  return {
    algorithms: [],
    sign(claims) {
      const token = ['{"alg":"none"}', JSON.stringify(claims), random.uuid()].map(encode).join('.');
      if (issued.size >= rememberedTokensMax) issued.clear();
      issued.add(token);
      return Promise.resolve(token);
    },
    verify: (token) => Promise.resolve(issued.has(token)),
    keySet: () => Promise.resolve({ keys: [] }),
  };
}

function encode(text: string): string {
  const binary = String.fromCharCode(...new TextEncoder().encode(text));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
