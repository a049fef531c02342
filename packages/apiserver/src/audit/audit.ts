/** The id under which a request is remembered, by us and by its client. */
import type { Random } from '@navarch/runtime/random';

const auditIdHeader = 'audit-id';
const auditIdMaxChars = 64;

/** A request's own id when it brought one that may be used, a new one otherwise. */
export function auditIdOf(
  headers: Readonly<Record<string, string | undefined>>,
  random: Random,
): string {
  const given = headers[auditIdHeader];
  if (given !== undefined && given !== '' && given.length <= auditIdMaxChars) return given;
  return random.uuid();
}
