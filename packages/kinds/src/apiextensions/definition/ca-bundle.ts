/** Certificates of authorities, as far as they must be readable. What is in a certificate is not looked at. */
import { decodeBase64 } from '@navarch/codec/base64';
import { pemBlocks } from '../../certificates/pem.ts';

const block = /-----BEGIN ([^\n-]+)-----\s([^-]*)-----END \1-----\n?/g;
/** The first byte of every certificate: that of a sequence. */
const sequenceTag = 0x30;

/** Why a bundle (in base64) cannot be used, in the words that clients see; undefined when it can. */
export function bundleProblem(bundle: string): string | undefined {
  const certificates = pemBlocks(bundle).filter(
    ({ type, hasHeaders }) => type === 'CERTIFICATE' && !hasHeaders,
  );
  if (certificates.some(({ bytes }) => bytes[0] === sequenceTag)) return undefined;
  const why =
    certificates.length > 0
      ? 'failed to parse certificate: x509: malformed certificate'
      : noneText(bundle);
  return `unable to load root certificates: ${why}`;
}

/** Whether there is anything but blocks of other types. */
function noneText(bundle: string): string {
  const text = new TextDecoder('latin1').decode(decodeBase64(bundle));
  return text.replaceAll(block, '') === ''
    ? 'no valid certificate authority data seen'
    : 'unable to parse bytes as PEM block';
}
