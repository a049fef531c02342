/** Names of time zones, as the IANA database has them. */

/** UTC when empty, as Go reads it. */
export function isTimeZone(name: string): boolean {
  if (name === '' || name === 'UTC' || name === 'Local') return true;
  // Offsets such as `+01:00` are names for Intl only, as are names in another case than the database's.
  if (!name.split('/').every((part) => /^[A-Z]/.test(part)) || name.includes('..')) return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}
