/**
 * What remains of a part of a patch that meets nothing to merge with: its values, without nulls and without objects that
 * have `$patch`. Other directives stay, and are unknown fields then.
 */
import { setOwn } from '@navarch/codec/set-own';
import { isObject } from './read.ts';

/** Undefined when it is an object with `$patch`: there is nothing to delete or to replace. */
export function dropDirectives(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropDirectives).filter((item) => item !== undefined);
  if (!isObject(value)) return value;
  if (value['$patch'] !== undefined) return undefined;
  const kept: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    const plain = member === null ? undefined : dropDirectives(member);
    if (plain !== undefined) setOwn(kept, key, plain);
  }
  return kept;
}
