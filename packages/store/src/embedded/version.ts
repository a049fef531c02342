/**
 * What the embedded engines keep in memory: for each key a chain of versions, newest first.
 *
 * A version is a few small numbers; its bytes stay with the journal once they are durable. Compaction cuts the chains.
 */
import { type Entry, type LeaseId, noRevision, type Revision } from '../store.ts';

/** One key, for as long as anything is remembered about it. */
export interface Slot {
  readonly key: string;
  /** The last decided version, durable or not. */
  latest: Version;
}

/** What one operation made of one key. */
export interface Version {
  readonly slot: Slot;
  readonly revision: Revision;
  /** Which change of its transaction it is, from 0. */
  readonly index: number;
  /** `noRevision` when the operation deleted the key. */
  readonly createRevision: Revision;
  readonly lease: LeaseId | undefined;
  /** What it replaced; undefined for the first, and when compaction has forgotten it. */
  previous: Version | undefined;
  /** The bytes while only memory has them. */
  value: Uint8Array | undefined;
}

export function isDeletion(version: Version): boolean {
  return version.createRevision === noRevision;
}

/** The version that a reader of `revision` sees; undefined when the key does not exist there. */
export function visibleAt(slot: Slot, revision: Revision): Version | undefined {
  let version: Version | undefined = slot.latest;
  while (version && version.revision > revision) version = version.previous;
  return version && !isDeletion(version) ? version : undefined;
}

/** The last decided version of a key that exists. */
export function decided(slot: Slot | undefined): Version | undefined {
  return slot && !isDeletion(slot.latest) ? slot.latest : undefined;
}

export function entryOf(version: Version, value: Uint8Array): Entry {
  const { createRevision, revision: modRevision, lease } = version;
  const { key } = version.slot;
  return lease === undefined
    ? { key, value, createRevision, modRevision }
    : { key, value, createRevision, modRevision, lease };
}
