/** X.509 certificates (RFC 5280) for a cluster: what each says, and its DER and PEM forms. Pure; who signs is an argument. */
import {
  ascii,
  bitString,
  boolean,
  integer,
  nothing,
  objectIdentifier,
  octetString,
  sequence,
  set,
  tagged,
  time,
  utf8String,
} from './der.ts';

export interface Subject {
  readonly commonName: string;
  readonly organizations?: readonly string[];
}

export interface CertificateRequest {
  readonly subject: Subject;
  readonly usage: 'authority' | 'server' | 'client' | 'both';
  /** The DER of its SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly dnsNames?: readonly string[];
  /** IP addresses as bytes. */
  readonly addresses?: readonly Uint8Array[];
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  /** Not negative, at most 20 bytes. */
  readonly serial: Uint8Array;
  /** A hash of the public key, by which chains are put together. */
  readonly keyId: Uint8Array;
}

export interface Issuer {
  /** The DER of its name: that of its certificate's subject. */
  readonly name: Uint8Array;
  readonly keyId: Uint8Array | undefined;
  readonly algorithm: 'ecdsa' | 'rsa';
  /** Over SHA-256, in DER. */
  readonly sign: (bytes: Uint8Array) => Uint8Array;
}

const oids = {
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  rsaWithSha256: '1.2.840.113549.1.1.11',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
} as const;

/** The certificate in DER. */
export function issue(request: CertificateRequest, issuer: Issuer): Uint8Array {
  const algorithm = algorithmOf(issuer);
  const toBeSigned = sequence(
    tagged(0, 'constructed', integer(Uint8Array.of(2))), // Version 3.
    integer(request.serial),
    algorithm,
    issuer.name,
    sequence(time(request.notBeforeMs), time(request.notAfterMs)),
    nameOf(request.subject),
    request.publicKey,
    tagged(3, 'constructed', sequence(...extensionsOf(request, issuer))),
  );
  return sequence(toBeSigned, algorithm, bitString(issuer.sign(toBeSigned)));
}

function algorithmOf({ algorithm }: Issuer): Uint8Array {
  return algorithm === 'ecdsa'
    ? sequence(objectIdentifier(oids.ecdsaWithSha256))
    : sequence(objectIdentifier(oids.rsaWithSha256), nothing);
}

/** A distinguished name: organizations, then the common name. */
export function nameOf({ commonName, organizations = [] }: Subject): Uint8Array {
  const attribute = (oid: string, text: string): Uint8Array =>
    sequence(objectIdentifier(oid), utf8String(text));
  return sequence(
    ...organizations.map((name) => set(attribute(oids.organization, name))),
    set(attribute(oids.commonName, commonName)),
  );
}

function extensionsOf(request: CertificateRequest, issuer: Issuer): readonly Uint8Array[] {
  const isAuthority = request.usage === 'authority';
  const names = alternativeNames(request);
  return [
    extension(oids.keyUsage, 'critical', isAuthority ? authorityUsage : leafUsage),
    ...(isAuthority
      ? [extension(oids.basicConstraints, 'critical', sequence(boolean(true)))]
      : [
          extension(oids.extendedKeyUsage, 'optional', purposesOf(request)),
          extension(oids.basicConstraints, 'critical', sequence()),
        ]),
    extension(oids.subjectKeyIdentifier, 'optional', octetString(request.keyId)),
    ...(issuer.keyId
      ? [
          extension(
            oids.authorityKeyIdentifier,
            'optional',
            sequence(tagged(0, 'primitive', issuer.keyId)),
          ),
        ]
      : []),
    ...(names.length > 0 ? [extension(oids.subjectAltName, 'optional', sequence(...names))] : []),
  ];
}

function extension(
  oid: string,
  importance: 'critical' | 'optional',
  content: Uint8Array,
): Uint8Array {
  return importance === 'critical'
    ? sequence(objectIdentifier(oid), boolean(true), octetString(content))
    : sequence(objectIdentifier(oid), octetString(content));
}

/** Bits: 0 digital signature, 2 key encipherment, 5 certificate signing. */
const authorityUsage = bitString(Uint8Array.of(0b1010_0100), 2);
const leafUsage = bitString(Uint8Array.of(0b1010_0000), 5);

function purposesOf({ usage }: CertificateRequest): Uint8Array {
  const purposes = [
    ...(usage === 'server' || usage === 'both' ? [oids.serverAuth] : []),
    ...(usage === 'client' || usage === 'both' ? [oids.clientAuth] : []),
  ];
  return sequence(...purposes.map(objectIdentifier));
}

function alternativeNames(request: CertificateRequest): readonly Uint8Array[] {
  const { dnsNames = [], addresses = [] } = request;
  return [
    ...dnsNames.map((name) => tagged(2, 'primitive', ascii(name))),
    ...addresses.map((address) => tagged(7, 'primitive', address)),
  ];
}

/** The bytes of an IPv4 or IPv6 address in its text form. */
export function addressBytes(address: string): Uint8Array {
  if (!address.includes(':')) return Uint8Array.from(address.split('.'), Number);
  const [head = '', tail] = address.split('::');
  const words = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((word) => Number.parseInt(word, 16));
  const first = words(head);
  const last = tail === undefined ? [] : words(tail);
  const zeros: number[] = Array.from({ length: 8 - first.length - last.length }, () => 0);
  return Uint8Array.from([...first, ...zeros, ...last].flatMap((word) => [word >> 8, word & 0xff]));
}

export function certificatePem(der: Uint8Array): string {
  const text = btoa(String.fromCharCode(...der));
  const lines = text.match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
