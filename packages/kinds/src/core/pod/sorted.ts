/** Maps are written in the order of their keys. */
export function sortedByKey<T>(map: { readonly [key: string]: T }): { [key: string]: T } {
  const sorted: { [key: string]: T } = {};
  for (const key of Object.keys(map).toSorted()) {
    const value = map[key];
    if (value !== undefined) sorted[key] = value;
  }
  return sorted;
}
