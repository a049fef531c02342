/** Pod templates: when two are the same, and the hash that names a replica set after its template. Pure. */
import type { PodTemplateSpec } from '@navarch/api/types/core/v1/pod';

export const templateHashLabel = 'pod-template-hash';

/** No vowels and no look-alikes, so that no words appear. */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** A short text that is the same for the same template; `collisions` gives another one when it is taken. */
export function templateHash(template: PodTemplateSpec, collisions: number): string {
  const text = canonical(template) + (collisions > 0 ? String(collisions) : '');
  let hash = 0x811c9dc5; // FNV-1a, 32 bits.
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  const digits = String(hash >>> 0);
  return Array.from(digits, (digit) => alphabet[digit.charCodeAt(0) % alphabet.length]).join('');
}

export function sameTemplate(
  a: PodTemplateSpec | undefined,
  b: PodTemplateSpec | undefined,
): boolean {
  return canonical(withoutHash(a)) === canonical(withoutHash(b));
}

function withoutHash(template: PodTemplateSpec | undefined): PodTemplateSpec | undefined {
  if (!template?.metadata?.labels) return template;
  const { [templateHashLabel]: _hash, ...labels } = template.metadata.labels;
  return { ...template, metadata: { ...template.metadata, labels } };
}

/** JSON with sorted members, without empty ones: the same text for the same meaning. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => {
    if (typeof member === 'bigint') return String(member);
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
    const entries = Object.entries(member).filter(
      ([, item]) => item !== undefined && item !== null,
    );
    return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}
