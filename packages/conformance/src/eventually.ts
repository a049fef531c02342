/** Waiting for what is about to happen, with an end to the patience. */

const lookIntervalMs = 20;

/** Looks again and again until `look` gives something other than undefined or false. `what` is for the failure's message. */
export async function eventually<T>(
  what: string,
  limitMs: number,
  look: () => T | Promise<T>,
): Promise<Exclude<T, undefined | false>> {
  const endsAtMs = performance.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found as Exclude<T, undefined | false>;
    if (performance.now() > endsAtMs) throw new Error(`${what}: not within ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, lookIntervalMs));
  }
}

/** What `promise` gives, or an error that says what did not come. */
export async function within<T>(what: string, limitMs: number, promise: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`${what}: not within ${limitMs} ms`)),
    limitMs,
  );
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
