/** The tag that the name of an image asks for. */

const pathPattern =
  /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const identifierPattern = /^[a-f0-9]{64}$/;

/** `latest` when the name says neither tag nor digest; empty for a digest alone, and for what is no name of an image. */
export function imageTag(image: string): string {
  const at = image.indexOf('@');
  const digest = at < 0 ? undefined : image.slice(at + 1);
  const tagged = at < 0 ? image : image.slice(0, at);
  const colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
  const name = colon < 0 ? tagged : tagged.slice(0, colon);
  const tag = colon < 0 ? undefined : tagged.slice(colon + 1);
  const valid =
    isName(name) &&
    (tag === undefined || tagPattern.test(tag)) &&
    (digest === undefined || digestPattern.test(digest));
  if (!valid) return '';
  return tag ?? (digest === undefined ? 'latest' : '');
}

function isName(name: string): boolean {
  if (identifierPattern.test(name)) return false;
  const slash = name.indexOf('/');
  const host = slash < 0 ? '' : name.slice(0, slash);
  const startsWithHost = /[.:]/.test(host) || host === 'localhost' || host !== host.toLowerCase();
  return pathPattern.test(startsWithHost ? name.slice(slash + 1) : name);
}
