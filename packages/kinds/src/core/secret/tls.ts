/** What clients are warned of when a TLS secret cannot work: only the PEM armour is looked at, never the keys inside. */

interface PemText {
  readonly input: 'certificate' | 'key';
  readonly types: readonly string[];
}

/** Undefined when both parts are where they belong. */
export function tlsWarning(certificate: string, key: string): string | undefined {
  const certificates: PemText = { input: 'certificate', types: pemTypes(certificate) };
  if (!certificates.types.includes('CERTIFICATE')) {
    return missing(certificates, '"CERTIFICATE" PEM block', isPrivateKey, switchedCertificate);
  }
  const keys: PemText = { input: 'key', types: pemTypes(key) };
  if (!keys.types.some(isPrivateKey)) {
    return missing(
      keys,
      'PEM block with type "PRIVATE KEY" or type ending in " PRIVATE KEY"',
      isCertificate,
      switchedKey,
    );
  }
  return undefined;
}

const switchedCertificate =
  'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched';
const switchedKey = 'tls: found a certificate rather than a key in the PEM for the private key';

function isPrivateKey(type: string): boolean {
  return type === 'PRIVATE KEY' || type.endsWith(' PRIVATE KEY');
}

function isCertificate(type: string): boolean {
  return type === 'CERTIFICATE';
}

function pemTypes(text: string): readonly string[] {
  return [...text.matchAll(/^-----BEGIN ([^\n]*?)-----\r?\n[\s\S]*?^-----END \1-----/gm)].map(
    (match) => match[1] ?? '',
  );
}

function missing(
  { input, types }: PemText,
  wanted: string,
  isOther: (type: string) => boolean,
  switched: string,
): string {
  const [first, ...rest] = types;
  if (first === undefined) return `tls: failed to find any PEM data in ${input} input`;
  if (rest.length === 0 && isOther(first)) return switched;
  return `tls: failed to find ${wanted} in ${input} input after skipping PEM blocks of the following types: [${types.join(' ')}]`;
}
