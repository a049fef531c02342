/** Sets a property whatever its name: assigning to `__proto__` would change the prototype instead. */
export function setOwn(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    const property = { value, configurable: true, enumerable: true, writable: true };
    Object.defineProperty(object, key, property);
  } else object[key] = value;
}
