/** Access modes in short: `RWO,ROX`. */
const short: ReadonlyMap<string, string> = new Map([
  ['ReadWriteOnce', 'RWO'],
  ['ReadOnlyMany', 'ROX'],
  ['ReadWriteMany', 'RWX'],
  ['ReadWriteOncePod', 'RWOP'],
]);

/** In a fixed order, each once. */
export function accessModesText(modes: readonly string[] | undefined): string {
  return [...short]
    .filter(([mode]) => modes?.includes(mode))
    .map(([, text]) => text)
    .join(',');
}
