/** Makes a value immutable at every depth. What is frozen already is taken to be frozen all the way down. */
export function deepFreeze<T>(value: T): T {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const key in value) {
    const member = value[key];
    if (member !== null && typeof member === 'object') deepFreeze(member);
  }
  return value;
}
