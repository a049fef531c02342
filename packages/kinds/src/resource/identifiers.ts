/** Identifiers that are made by machines: uids in their usual form. */
import { type FieldError, invalid, type Path } from '@navarch/api/field-error';

const plain = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const plainPattern = new RegExp(`^${plain}$`);
/** Other ways to write one. */
const otherPatterns = [
  new RegExp(`^${plain}$`, 'i'),
  new RegExp(`^urn:uuid:${plain}$`, 'i'),
  new RegExp(`^\\{${plain}\\}$`, 'i'),
  /^[0-9a-f]{32}$/i,
];
const lengths = [32, 36, 38, 45];
const plainText =
  'uid must be in RFC 4122 normalized form, `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` with lowercase hexadecimal characters';

export function validateUid(uid: string, path: Path): FieldError[] {
  if (plainPattern.test(uid)) return [];
  if (otherPatterns.some((pattern) => pattern.test(uid))) return [invalid(path, uid, plainText)];
  return [invalid(path, uid, `error validating uid: ${problem(uid)}`)];
}

/** In the words of the library that upstream reads them with. */
function problem(uid: string): string {
  if (!lengths.includes(uid.length)) return `invalid UUID length: ${uid.length}`;
  if (uid.length === 45 && !/^urn:uuid:/i.test(uid)) {
    return `invalid urn prefix: ${JSON.stringify(uid.slice(0, 9))}`;
  }
  if (uid.length === 38 && !/^\{.*\}$/.test(uid)) return 'invalid bracketed UUID format';
  return 'invalid UUID format';
}
