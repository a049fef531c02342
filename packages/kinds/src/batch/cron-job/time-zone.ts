/** Names of time zones, as the IANA database has them. */

/** UTC when empty, as Go reads it. */
export function isTimeZone(name: string): boolean {
  if (name === '' || name === 'UTC' || name === 'Local') return true;
  // Offsets such as `+01:00` are names for Intl only.
  if (!/^[A-Za-z]/.test(name) || name.includes('..')) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
