/**
 * A cluster's keys and certificates on disk. What exists is loaded with a few reads; what is missing, expires soon, or names the
 * wrong hosts is made. Nothing that exists and still counts is ever replaced, authorities least of all.
 *
 * Invariants: P1 files are for their owner only. P2 a file appears whole or not at all, and a key never without its certificate
 * being written after it. P3 an authority whose key is missing signs nothing new; what it has signed goes on being used.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign as signWith,
  X509Certificate,
} from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressBytes, certificatePem, issue, type Issuer, nameOf } from './certificate.ts';
import {
  adminPlan,
  type AuthorityName,
  type AuthorityPlan,
  authorities,
  authorityLifeMs,
  backdateMs,
  controllerManagerPlan,
  type ExistingLeaf,
  frontProxyClientPlan,
  kubeletClientPlan,
  leafLifeMs,
  type LeafPlan,
  type PkiOptions,
  renewalReason,
  schedulerPlan,
  servingPlan,
} from './plan.ts';

export type { LeafPlan, PkiOptions } from './plan.ts';

/** PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

export interface Pki {
  /** PEM: whom clients trust, and who signs client certificates. */
  readonly authority: string;
  readonly frontProxyAuthority: string;
  readonly serving: KeyPair;
  readonly frontProxyClient: KeyPair;
  readonly kubeletClient: KeyPair;
  readonly admin: KeyPair;
  readonly controllerManager: KeyPair;
  readonly scheduler: KeyPair;
  /** As `startApiServer` takes them. */
  readonly serviceAccountKeys: {
    readonly signing: string;
    readonly verifying: readonly string[];
    readonly algorithm: 'RS256' | 'ES256';
  };
  /** Loads or makes a certificate that not every cluster needs, such as a kubelet's. */
  leaf(plan: LeafPlan): KeyPair;
  /** What was made or renewed while opening, and why: for the log. */
  readonly made: readonly { readonly name: string; readonly reason: string }[];
}

/** `nowMs`: the wall clock's time. */
export async function openPki(directory: string, options: PkiOptions, nowMs: number): Promise<Pki> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const files = new PemFiles(directory);
  const made: { name: string; reason: string }[] = [];
  const accountKeys = openServiceAccountKeys(files, made); // Slow when new; the rest is made meanwhile.
  const signers = new Map(
    authorities.map((plan) => [plan.name, openAuthority(files, plan, nowMs, made)]),
  );
  const leaf = (plan: LeafPlan): KeyPair => openLeaf(files, signers, plan, nowMs, made);
  const pki = {
    authority: signers.get('ca')?.certificate ?? '',
    frontProxyAuthority: signers.get('front-proxy-ca')?.certificate ?? '',
    serving: leaf(servingPlan(options)),
    frontProxyClient: leaf(frontProxyClientPlan),
    kubeletClient: leaf(kubeletClientPlan),
    admin: leaf(adminPlan),
    controllerManager: leaf(controllerManagerPlan),
    scheduler: leaf(schedulerPlan),
    leaf,
    made,
  };
  return { ...pki, serviceAccountKeys: await accountKeys };
}

/** Writes a file for its owner only, whole or not at all. */
export function writePrivateFile(path: string, text: string): void {
  const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' }); // P1
  renameSync(temporary, path); // P2
}

class PemFiles {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Undefined when there is no such file. */
  read(name: string): string | undefined {
    try {
      return readFileSync(join(this.#directory, name), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  write(name: string, text: string): void {
    writePrivateFile(join(this.#directory, name), text);
  }
}

type Made = { name: string; reason: string }[];

interface Authority {
  /** PEM. */
  readonly certificate: string;
  readonly parsed: X509Certificate;
  /** Undefined when the key is kept somewhere else. */
  readonly issuer: Issuer | undefined;
}

function openAuthority(files: PemFiles, plan: AuthorityPlan, nowMs: number, made: Made): Authority {
  const certificate = files.read(`${plan.name}.crt`);
  const key = files.read(`${plan.name}.key`);
  if (certificate !== undefined) return loadAuthority(certificate, key);
  made.push({ name: plan.name, reason: 'there is none yet' });
  const keys = newKeys();
  const name = nameOf(plan.subject);
  const keyId = keyIdOf(keys.publicKey);
  const issuer = issuerWith(keys.privateKey, name, keyId);
  const der = issue(
    {
      subject: plan.subject,
      usage: 'authority',
      publicKey: keys.publicKey,
      notBeforeMs: nowMs - backdateMs,
      notAfterMs: nowMs + authorityLifeMs,
      serial: newSerial(),
      keyId,
    },
    issuer,
  );
  const pem = certificatePem(der);
  files.write(`${plan.name}.key`, keys.pem);
  files.write(`${plan.name}.crt`, pem);
  return { certificate: pem, parsed: new X509Certificate(der), issuer };
}

function loadAuthority(certificate: string, key: string | undefined): Authority {
  const parsed = new X509Certificate(certificate);
  if (key === undefined) return { certificate, parsed, issuer: undefined }; // P3
  const publicKey = parsed.publicKey.export({ type: 'spki', format: 'der' });
  const issuer = issuerWith(createPrivateKey(key), subjectOf(parsed.raw), keyIdOf(publicKey));
  return { certificate, parsed, issuer };
}

function issuerWith(key: KeyObject, name: Uint8Array, keyId: Uint8Array): Issuer {
  return {
    name,
    keyId,
    algorithm: key.asymmetricKeyType === 'rsa' ? 'rsa' : 'ecdsa',
    sign: (bytes) => signWith('sha256', bytes, key),
  };
}

/** The DER of a certificate's subject: the fifth member after the version. Who signs must be named byte for byte. */
function subjectOf(certificate: Uint8Array): Uint8Array {
  let at = enter(certificate, enter(certificate, 0));
  if (certificate[at] === 0xa0) at = skip(certificate, at); // The version is left out in version 1.
  for (let i = 0; i < 4; i++) at = skip(certificate, at); // Serial, algorithm, issuer, validity.
  return certificate.subarray(at, skip(certificate, at));
}

/** Where the content of the value at `at` begins. */
function enter(der: Uint8Array, at: number): number {
  const first = der[at + 1] ?? 0;
  return first < 0x80 ? at + 2 : at + 2 + (first & 0x7f);
}

/** Where the value at `at` ends. */
function skip(der: Uint8Array, at: number): number {
  const start = enter(der, at);
  const first = der[at + 1] ?? 0;
  if (first < 0x80) return start + first;
  let length = 0;
  for (let i = at + 2; i < start; i++) length = length * 256 + (der[i] ?? 0);
  return start + length;
}

function openLeaf(
  files: PemFiles,
  signers: ReadonlyMap<AuthorityName, Authority>,
  plan: LeafPlan,
  nowMs: number,
  made: Made,
): KeyPair {
  const authority = signers.get(plan.issuer);
  if (!authority) throw new Error(`there is no authority ${plan.issuer}`);
  const existing = readLeaf(files, plan, authority);
  const reason = renewalReason(plan, existing?.facts, nowMs);
  if (reason === undefined && existing) return existing.pair;
  if (!authority.issuer) {
    if (existing) return existing.pair; // P3
    throw new Error(
      `${plan.name}.crt is missing and cannot be made: ${plan.issuer}.key is not there`,
    );
  }
  made.push({ name: plan.name, reason: reason ?? '' });
  const keys = newKeys();
  const der = issue(
    {
      subject: plan.subject,
      usage: plan.usage,
      publicKey: keys.publicKey,
      ...(plan.dnsNames && { dnsNames: plan.dnsNames }),
      ...(plan.addresses && { addresses: plan.addresses.map(addressBytes) }),
      notBeforeMs: nowMs - backdateMs,
      notAfterMs: Math.min(nowMs + leafLifeMs, Date.parse(authority.parsed.validTo)),
      serial: newSerial(),
      keyId: keyIdOf(keys.publicKey),
    },
    authority.issuer,
  );
  const pair = { certificate: certificatePem(der), key: keys.pem };
  files.write(`${plan.name}.key`, pair.key);
  files.write(`${plan.name}.crt`, pair.certificate);
  return pair;
}

function readLeaf(
  files: PemFiles,
  plan: LeafPlan,
  authority: Authority,
): { readonly pair: KeyPair; readonly facts: ExistingLeaf } | undefined {
  const certificate = files.read(`${plan.name}.crt`);
  const key = files.read(`${plan.name}.key`);
  if (certificate === undefined || key === undefined) return undefined;
  const parsed = new X509Certificate(certificate);
  // A crash between the two writes leaves a key beside the certificate of an older one.
  if (!parsed.checkPrivateKey(createPrivateKey(key))) return undefined;
  return { pair: { certificate, key }, facts: factsOf(parsed, authority.parsed) };
}

function factsOf(certificate: X509Certificate, authority: X509Certificate): ExistingLeaf {
  const names = certificate.subjectAltName?.split(', ') ?? [];
  const valuesOf = (prefix: string): readonly string[] =>
    names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  return {
    validToMs: Date.parse(certificate.validTo),
    dnsNames: valuesOf('DNS:'),
    addresses: valuesOf('IP Address:').map(shortAddress),
    isSignedByAuthority: certificate.verify(authority.publicKey),
  };
}

/** OpenSSL prints `0:0:0:0:0:0:0:1`; everybody else writes `::1`. */
function shortAddress(address: string): string {
  if (!address.includes(':')) return address;
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}

interface NewKeys {
  readonly privateKey: KeyObject;
  /** PEM, PKCS 8. */
  readonly pem: string;
  /** DER, SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
}

function newKeys(): NewKeys {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    privateKey,
    pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'der' }),
  };
}

function keyIdOf(publicKey: Uint8Array): Uint8Array {
  return createHash('sha256').update(publicKey).digest().subarray(0, 20);
}

function newSerial(): Uint8Array {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40; // Positive, and of full length.
  return serial;
}

/** RSA, as kubeadm's: verifiers of tokens elsewhere know RS256 best. Takes some 50 ms when new, in another thread. */
async function openServiceAccountKeys(
  files: PemFiles,
  made: Made,
): Promise<Pki['serviceAccountKeys']> {
  const existing = files.read('sa.key');
  if (existing !== undefined) return accountKeysFrom(existing, files.read('sa.pub'));
  made.push({ name: 'sa', reason: 'there is none yet' });
  const { privateKey, publicKey } = await newRsaKeys();
  files.write('sa.pub', publicKey);
  files.write('sa.key', privateKey);
  return { signing: privateKey, verifying: [publicKey], algorithm: 'RS256' };
}

/** The public file may hold more keys than the current one's: those of tokens that are still about. */
function accountKeysFrom(
  signing: string,
  publicFile: string | undefined,
): Pki['serviceAccountKeys'] {
  const key = createPrivateKey(signing);
  const own = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
  const others = publicFile?.match(/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----\n?/g) ?? [];
  const verifying = others
    .map((pem) => createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString())
    .filter((pem) => pem !== own);
  return {
    signing: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    verifying: [own, ...verifying],
    algorithm: key.asymmetricKeyType === 'rsa' ? 'RS256' : 'ES256',
  };
}

function newRsaKeys(): Promise<{ readonly privateKey: string; readonly publicKey: string }> {
  return new Promise((resolve, reject) => {
    generateKeyPair(
      'rsa',
      {
        modulusLength: 2048,
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        publicKeyEncoding: { type: 'spki', format: 'pem' },
      },
      (error, publicKey, privateKey) => {
        if (error) reject(error);
        else resolve({ privateKey, publicKey });
      },
    );
  });
}
