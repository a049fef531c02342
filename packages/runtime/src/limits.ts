/** Every bound of the system, in one place. The unit is the last word of each name. */
export const limits = {
  /** The largest request body, as upstream (3 MiB). */
  requestBodyMaxBytes: 3 * 1024 * 1024,
  /** The largest value the store takes; etcd's default request limit is 1.5 MiB, upstream's object limit follows from it. */
  storeValueMaxBytes: 1536 * 1024,
  storeKeyMaxBytes: 1900,
  storeTransactionOperationsMax: 512,
  /** What may wait for the disk before writes are refused. */
  storePendingMaxBytes: 256 * 1024 * 1024,
  /** What goes to the disk in one commit; more waits for the next. */
  storeCommitMaxBytes: 16 * 1024 * 1024,
  /** Changes that one step of a compaction looks at. */
  storeCompactionChangesMax: 500,
  /** Old changes that a new watch is handed at a time. */
  storeWatchCatchUpChangesMax: 1_000,
  storeLeasesMax: 100_000,
  /** Expired leases are looked for at most this often, and this many are ended at a time. */
  storeLeaseCheckIntervalMs: 500,
  storeLeaseExpiriesMax: 64,
  /** How often an opener looks whether another, which started at the same moment, goes first. */
  storeLockLooksMax: 10_000,
  /** How long history is kept before it is compacted away, as upstream. */
  storeCompactionIntervalMs: 5 * 60 * 1000,
  /** Events kept per resource so that a watch can resume. */
  watchWindowEventsMax: 10_000,
  watchWindowBytesMax: 32 * 1024 * 1024,
  /** A watcher whose unsent events pass one of these is cut off. */
  watchBufferEventsMax: 10_000,
  watchBufferBytesMax: 64 * 1024 * 1024,
  /** The state that a watch begins with is made this many frames at a time, and pauses while this much waits to leave. */
  watchInitialFramesPerTurn: 500,
  watchInitialBufferBytesMax: 4 * 1024 * 1024,
  watchBookmarkIntervalMs: 60_000,
  /** A watch without timeoutSeconds ends between this and twice this. */
  watchTimeoutMinMs: 30 * 60 * 1000,
  requestTimeoutMs: 60_000,
  /** Upstream's: together they are the seats that priority levels share. */
  requestsMutatingInFlightMax: 200,
  requestsReadingInFlightMax: 400,
  /** How long a request waits for its turn before it is told to come again. */
  requestQueueWaitMs: 15_000,
  /** States of the past that are kept per resource for lists that go on page by page. */
  listSnapshotsMax: 8,
  /** What all resources together keep of objects in protobuf, and how long a resource that nobody reads so keeps its share. */
  keptEncodingsMaxBytes: 64 * 1024 * 1024,
  keptEncodingsIdleMs: 60_000,
  /** Objects that one turn encodes for a list or a watch; the others wait for the next. */
  objectsEncodedPerTurn: 100,
  /** Deletes under way at once when a collection is deleted. */
  collectionDeletesParallelMax: 16,
  /** Names that are tried before a generated name is given up, as upstream. */
  generatedNamesMax: 8,
  /** A list is written in pieces of about this size, with back-pressure between them. */
  responseChunkBytes: 256 * 1024,
  /** Peers that connections are kept open to, as upstream. */
  webhookClientsMax: 200,
  /** Calls of one webhook under way at once, and waiting for those; more fail at once. */
  webhookCallsParallelMax: 64,
  webhookCallsWaitingMax: 1_024,
  /** After so many calls of one webhook that timed out in a row it is not asked for so long. */
  webhookTimeoutsMax: 5,
  webhookPauseMs: 10_000,
  webhookAnswerMaxBytes: 32 * 1024 * 1024,
  /** Batches of audit events that a webhook is sent at once; more wait in the buffer, and when that is full events are lost. */
  auditBatchesParallelMax: 64,
  /** Endpoints of API services that connections are kept to. */
  delegatedClientsMax: 200,
  /** What another server may answer to a component in this process. */
  localAnswerMaxBytes: 256 * 1024 * 1024,
  shutdownGraceMs: 10_000,
  /** A client lists in pages of this many objects where the transport must decode them. */
  clientListPageObjects: 500,
  /** Requests of one kind that a component makes for a thousand resources: first lists of informers, what a version serves. */
  clientRequestsAtOnce: 20,
  /** One page of a list, or the beginning of a watch. */
  clientRequestTimeoutMs: 60_000,
  /** A client asks for watches that end between this and twice this, and gives up on one that outlives that by the grace. */
  clientWatchTimeoutMinMs: 5 * 60_000,
  clientWatchGraceMs: 30_000,
  /** The pause before a client lists or watches again, doubling from the least to the most. */
  clientBackoffMinMs: 200,
  clientBackoffMaxMs: 30_000,
  /** A watch that lived this long was healthy: the next pause starts from the least again. */
  clientWatchStableMs: 2_000,
  /** The longest line of a watch, one event: the largest object in the widest encoding with its envelope. */
  clientWatchLineMaxBytes: 16 * 1024 * 1024,
  clientRequestRetriesMax: 10,
  /** Kubernetes events that wait to be sent; more are dropped, as upstream. */
  eventQueueEventsMax: 1_000,
  /** Distinct events, and objects, whose history is remembered to count repeats, as upstream. */
  eventHistoryEntriesMax: 4_096,
  eventSendRetriesMax: 12,
} as const;
