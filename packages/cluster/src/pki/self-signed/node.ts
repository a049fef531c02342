/** A serving certificate that vouches for itself, as kubelets make for their own port. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { issue, nameOf, type Subject } from '../certificate.ts';

const lifeMs = 365 * 24 * 3_600_000;
const backdateMs = 3_600_000;

/** PEM. `address`: IPv4. */
export function selfSigned(
  subject: Subject,
  address: string,
  nowMs: number,
): { readonly certificate: string; readonly key: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const keyId = createHash('sha256').update(spki).digest().subarray(0, 20);
  const serial = randomBytes(16);
  serial[0] = 0x40; // Positive, and of full length.
  const der = issue(
    {
      subject,
      usage: 'server',
      publicKey: spki,
      dnsNames: [subject.commonName],
      addresses: [Uint8Array.from(address.split('.'), Number)],
      notBeforeMs: nowMs - backdateMs,
      notAfterMs: nowMs + lifeMs,
      serial,
      keyId,
    },
    {
      name: nameOf(subject),
      keyId,
      algorithm: 'ecdsa',
      sign: (bytes) => sign('sha256', bytes, privateKey),
    },
  );
  const body = Buffer.from(der)
    .toString('base64')
    .replaceAll(/(.{64})(?=.)/g, '$1\n');
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
