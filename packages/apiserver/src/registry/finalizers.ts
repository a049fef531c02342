/** What a delete's options mean for what depends on the object: which of the two garbage-collection finalizers it gets. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import type { DeleteOptions } from '../request/delete-options.ts';
import { foregroundFinalizer, orphanFinalizer } from './metadata-rules.ts';

/** The finalizers to go on with; the same array when they stay as they are. */
export function finalizersForDelete(
  finalizers: readonly string[],
  options: DeleteOptions,
  definition: ResourceDefinition,
): readonly string[] {
  const others = finalizers.filter((it) => !isForDependents(it));
  const wanted = [...others];
  if (orphansDependents(finalizers, options, definition)) wanted.push(orphanFinalizer);
  if (waitsForDependents(finalizers, options, definition)) wanted.push(foregroundFinalizer);
  const isSame =
    wanted.length === finalizers.length && wanted.every((it) => finalizers.includes(it));
  return isSame ? finalizers : wanted;
}

function orphansDependents(
  finalizers: readonly string[],
  options: DeleteOptions,
  definition: ResourceDefinition,
): boolean {
  if (definition.defaultPropagation === 'never') return false;
  if (options.orphanDependents !== undefined) return options.orphanDependents;
  if (options.propagationPolicy !== undefined) return options.propagationPolicy === 'Orphan';
  const said = finalizers.find(isForDependents);
  return said === undefined ? definition.defaultPropagation === 'orphan' : said === orphanFinalizer;
}

function waitsForDependents(
  finalizers: readonly string[],
  options: DeleteOptions,
  definition: ResourceDefinition,
): boolean {
  if (definition.defaultPropagation === 'never') return false;
  if (options.orphanDependents !== undefined) return false;
  if (options.propagationPolicy !== undefined) return options.propagationPolicy === 'Foreground';
  return finalizers.find(isForDependents) === foregroundFinalizer;
}

function isForDependents(finalizer: string): boolean {
  return finalizer === orphanFinalizer || finalizer === foregroundFinalizer;
}
