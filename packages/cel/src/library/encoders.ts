/** Base64, as cel-go's extension has it. Kubernetes v1.36 does not enable it. */
import { decodeBase64, encodeBase64 } from '@navarch/codec/base64';
import type { Library } from '../declarations.ts';
import { CelError, noSuchOverload } from '../errors.ts';
import { declare } from '../functions/signature.ts';

/** Complete groups, then what may be left, with its padding or without any. */
const readable = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;
const noDigit = /[^A-Za-z0-9+/\r\n]/;

/** Line breaks are skipped; padding may be left out altogether. */
function decode(text: string): Uint8Array {
  const digits = text.replaceAll(/[\r\n]/g, '');
  if (readable.test(digits))
    return decodeBase64(digits.padEnd(4 * Math.ceil(digits.length / 4), '='));
  // All before the wrong character is ASCII, so its place in bytes is that in units; else the last digit is too much.
  const wrong = text.search(noDigit);
  throw new CelError(`illegal base64 data at input byte ${wrong < 0 ? text.length - 1 : wrong}`);
}

export const encodersLibrary: Library = {
  name: 'cel.lib.ext.encoders',
  functions: [
    declare(
      'base64.decode',
      ([text]) => {
        if (typeof text !== 'string') throw noSuchOverload();
        return decode(text);
      },
      'base64_decode_string(string) bytes',
    ),
    declare(
      'base64.encode',
      ([bytes]) => {
        if (!(bytes instanceof Uint8Array)) throw noSuchOverload();
        return encodeBase64(bytes);
      },
      'base64_encode_bytes(bytes) string',
    ),
  ],
};
