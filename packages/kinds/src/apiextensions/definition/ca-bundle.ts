/** Certificates of authorities, as far as they must be readable. What is in a certificate is not looked at. */
import { decodeBase64 } from '@navarch/codec/base64';

const block = /-----BEGIN ([^\n-]+)-----\s([^-]*)-----END \1-----\n?/g;
/** The first byte of every certificate: that of a sequence. */
const sequenceTag = 0x30;

/** Why a bundle (in base64) cannot be used, in the words that clients see; undefined when it can. */
export function bundleProblem(bundle: string): string | undefined {
  const text = new TextDecoder('latin1').decode(decodeBase64(bundle));
  const blocks = [...text.matchAll(block)];
  const certificates = blocks.filter(([, type]) => type === 'CERTIFICATE');
  if (certificates.some(([, , body = '']) => isReadable(body))) return undefined;
  const why =
    certificates.length > 0
      ? 'failed to parse certificate: x509: malformed certificate'
      : noneText(text);
  return `unable to load root certificates: ${why}`;
}

/** What is left when there are no certificates. */
const noneText = (text: string): string =>
  text.replaceAll(block, '') === ''
    ? 'no valid certificate authority data seen'
    : 'unable to parse bytes as PEM block';

function isReadable(body: string): boolean {
  const digits = body.replaceAll(/\s/g, '');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(digits) && decodeBase64(digits)[0] === sequenceTag;
}
