/**
 * Lists that were never made. A few fields are written even when they hold nothing, as `null`; decoded objects hold null
 * there too, whatever their types say. Only values that are built here need these.
 */
export const nilList: readonly never[] = null as unknown as readonly never[];

/** A list as it may really be: null stands for the empty one. */
export function listOf<T>(list: readonly T[] | null | undefined): readonly T[] {
  return list ?? [];
}
