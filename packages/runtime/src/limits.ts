/** Every bound of the system, in one place. The unit is the last word of each name. */
export const limits = {
  /** The largest request body, as upstream (3 MiB). */
  requestBodyMaxBytes: 3 * 1024 * 1024,
  /** The largest value the store takes; etcd's default request limit is 1.5 MiB, upstream's object limit follows from it. */
  storeValueMaxBytes: 1536 * 1024,
  storeKeyMaxBytes: 1900,
  storeTransactionOperationsMax: 512,
  /** How long history is kept before it is compacted away, as upstream. */
  storeCompactionIntervalMs: 5 * 60 * 1000,
  /** Events kept per resource so that a watch can resume. */
  watchWindowEventsMax: 10_000,
  watchWindowBytesMax: 32 * 1024 * 1024,
  /** A watcher whose unsent events pass one of these is cut off. */
  watchBufferEventsMax: 10_000,
  watchBufferBytesMax: 64 * 1024 * 1024,
  watchBookmarkIntervalMs: 60_000,
  /** A watch without timeoutSeconds ends between this and twice this. */
  watchTimeoutMinMs: 30 * 60 * 1000,
  requestTimeoutMs: 60_000,
  requestsMutatingInFlightMax: 2_000,
  requestsReadingInFlightMax: 4_000,
  /** A list is written in pieces of about this size, with back-pressure between them. */
  responseChunkBytes: 256 * 1024,
  shutdownGraceMs: 10_000,
} as const;
