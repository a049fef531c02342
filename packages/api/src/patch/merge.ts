/** JSON merge patch (RFC 7386), as upstream applies it. Shares unchanged parts with its arguments; changes neither. */
import { setOwn } from '@navarch/codec/set-own';
import { badRequest } from '../status.ts';
import { asObjectPatch, isObject, readPatch, type Members } from './read.ts';

export interface MergePatch {
  readonly patch: unknown;
  /** What strict validation refuses in the patch itself. */
  readonly problems: readonly string[];
}

/**
 * Reads a patch. `strict` is for field validation Warn and Strict, where upstream decodes the patch once more beforehand
 * and so fails with other words.
 */
export function readMergePatch(text: string, mode: 'strict' | 'lenient'): MergePatch {
  const { value, duplicates } = readMerge(text, mode);
  const problems = duplicates.map((path) => `duplicate field "${path}"`);
  if (value === null) throw badRequest('Invalid JSON Patch');
  if (mode === 'strict') return { patch: asObjectPatch(value, 'error decoding patch: '), problems };
  if (!isObject(value) && !Array.isArray(value)) throw badRequest('Invalid JSON Patch');
  return { patch: value, problems };
}

function readMerge(text: string, mode: 'strict' | 'lenient') {
  try {
    return readPatch(text);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw badRequest(
      mode === 'strict' ? `error decoding patch: ${error.message}` : 'Invalid JSON Patch',
    );
  }
}

/** Applies a patch that was read. A patch that is no object takes the place of the document. */
export function applyMergePatch(document: unknown, patch: unknown): unknown {
  if (!isObject(document)) return pruned(patch);
  return isObject(patch) ? mergeObjects(document, patch) : patch;
}

function mergeObjects(document: Members, patch: Members): Members {
  const merged: Record<string, unknown> = { ...document };
  for (const key of Object.keys(patch)) {
    const value = patch[key];
    if (value === null) delete merged[key];
    else
      setOwn(
        merged,
        key,
        Object.hasOwn(document, key) ? applyMergePatch(document[key], value) : pruned(value),
      );
  }
  return merged;
}

/** What is new comes without the nulls, in lists too. */
function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pruned);
  if (!isObject(value)) return value;
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    if (value[key] !== null) setOwn(kept, key, pruned(value[key]));
  }
  return kept;
}
