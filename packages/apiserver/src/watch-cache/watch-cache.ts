/**
 * All objects of one resource, as of now and of the recent past, and everybody who watches them.
 *
 * The store's feed calls `load` once and `apply` for each change, in the order of revisions, before the write's own answer.
 *
 * Invariants: C1 the tree is the state as of the feed's revision. C2 `before(r)` undoes events, newest first, so that what it
 * gives is exactly the state as of r, or nothing. C3 a watch misses nothing between its beginning and its first event, because
 * it is begun and registered without a pause in between.
 */
import { limits } from '@navarch/runtime/limits';
import { errorText } from '@navarch/runtime/log';
import type { Runtime } from '@navarch/runtime/runtime';
import type { Change, Revision, Entry as StoreEntry } from '@navarch/store/store';
import type { WatchFrame, WatchSink } from '../request/request.ts';
import { DecidedWrites } from './decided.ts';
import { Entry, type EntryShape } from './entry.ts';
import { CacheEvent } from './event.ts';
import { FieldIndex } from './field-index.ts';
import type { FlushQueue } from './flush-queue.ts';
import { type EncodingBudget, KeptEncodings } from './kept-encodings.ts';
import { selects, selectsWithin, type Selection } from './selection.ts';
import {
  createTree,
  endOfKeys,
  namespaceEnd,
  namespaceStart,
  objectKey,
  type EntryTree,
} from './tree.ts';
import { WatcherIndex } from './watcher-index.ts';
import { Watcher, type WatchOptions } from './watcher.ts';
import { EventWindow } from './window.ts';

export interface WatchCacheOptions {
  readonly shape: EntryShape;
  /** Its keys in the store begin with this: `/registry/pods/`. */
  readonly prefix: string;
  readonly isNamespaced: boolean;
  /** Numbers of the selectable fields that have an index. */
  readonly indexedFields: readonly number[];
  readonly runtime: Runtime;
  readonly queue: FlushQueue;
  readonly encodings: EncodingBudget;
  /** The feed's revision: everything up to it has been applied. */
  readonly revision: () => Revision;
  /** The error that a watch from too far back ends with. */
  readonly tooOld: (asked: Revision, oldest: Revision) => WatchFrame;
}

interface Snapshot {
  readonly revision: Revision;
  readonly tree: EntryTree;
}

export class WatchCache {
  readonly options: WatchCacheOptions;
  readonly decided = new DecidedWrites();
  /** The objects in protobuf, as far as anybody asked. */
  readonly encodings: KeptEncodings;
  #tree: EntryTree = createTree();
  #window = new EventWindow(0 as Revision);
  #snapshots: Snapshot[] = [];
  /** The revision of the last change of this resource. */
  #changedAt = 0 as Revision;
  /** Events whose frames are still shared, until the end of the turn. */
  #fresh: CacheEvent[] = [];
  readonly #indexes: ReadonlyMap<number, FieldIndex>;
  readonly #watchers: WatcherIndex;

  constructor(options: WatchCacheOptions) {
    this.options = options;
    const isCurrent = (entry: Entry): boolean => this.#tree.get(entry.key) === entry;
    this.encodings = new KeptEncodings(options.encodings, isCurrent);
    this.#indexes = new Map(options.indexedFields.map((field) => [field, new FieldIndex(field)]));
    this.#watchers = new WatcherIndex(options.indexedFields, options.isNamespaced);
  }

  get size(): number {
    return this.#tree.size;
  }

  get revision(): Revision {
    return this.options.revision();
  }

  /** Moves with every change of this resource. */
  get changedAt(): Revision {
    return this.#changedAt;
  }

  get watcherCount(): number {
    return this.#watchers.size;
  }

  /** The durable state of one object. */
  get(key: string): Entry | undefined {
    return this.#tree.get(key);
  }

  /** Replaces everything: at the start, and when the store lost us. */
  load(entries: readonly StoreEntry[], revision: Revision): void {
    this.#tree = createTree();
    this.encodings.clear();
    for (const { key, modRevision, value } of entries) {
      const relative = key.slice(this.options.prefix.length);
      const entry = this.#read(relative, modRevision, value);
      if (entry) this.#tree.set(relative, entry);
    }
    this.#window = new EventWindow(revision);
    this.#snapshots = [];
    this.#changedAt = revision;
    for (const index of this.#indexes.values()) index.clear();
  }

  apply(change: Change): void {
    const key = change.key.slice(this.options.prefix.length);
    const previous = this.#tree.get(key);
    const event =
      change.kind === 'delete' ? this.#deletion(key, change) : this.#put(key, previous, change);
    if (!event) return;
    this.#changedAt = change.revision;
    this.#replace(key, previous, event.deleted ? undefined : event.entry);
    this.#window.push(event);
    if (this.#watchers.size > 0) {
      this.#watchers.dispatch(event);
      this.#fresh.push(event);
      this.options.queue.add(this);
    }
  }

  /** At the end of the turn: whoever wanted this turn's frames has them. */
  flush(): void {
    for (const event of this.#fresh) event.forgetFrames();
    this.#fresh = [];
  }

  #deletion(key: string, change: Change): CacheEvent | undefined {
    this.decided.drop(key, change.revision);
    const { modRevision, value } = change.entry;
    const last = this.#tree.get(key) ?? this.#read(key, modRevision, value);
    return last && new CacheEvent({ entry: last.at(change.revision), previous: last }, true);
  }

  #put(key: string, previous: Entry | undefined, change: Change): CacheEvent | undefined {
    const written = this.decided.take(key, change.revision);
    const entry = written ?? this.#read(key, change.revision, change.entry.value);
    return entry && new CacheEvent({ entry, previous }, false);
  }

  /** What cannot be read is not served, and somebody is told: it must not take down everything else. */
  #read(key: string, revision: Revision, value: Uint8Array): Entry | undefined {
    try {
      return Entry.stored(this.options.shape, key, revision, value);
    } catch (error) {
      const fields = { key: this.options.prefix + key, error: errorText(error) };
      this.options.runtime.log.error('a stored object cannot be read', fields);
      return undefined;
    }
  }

  #replace(key: string, previous: Entry | undefined, entry: Entry | undefined): void {
    if (entry) this.#tree.set(key, entry);
    else this.#tree.delete(key);
    if (previous) this.encodings.drop(previous);
    for (const index of this.#indexes.values()) index.replace(previous, entry);
  }

  /** What matches now, in the order of the keys. */
  select(selection: Selection): readonly Entry[] {
    const { namespace, name } = selection;
    if (name !== '' && (namespace !== '' || !this.options.isNamespaced)) {
      const entry = this.#tree.get(objectKey(namespace, name));
      return entry && selects(selection, entry) ? [entry] : [];
    }
    for (const term of selection.fields) {
      const index = term.negated ? undefined : this.#indexes.get(term.field);
      if (!index) continue;
      const found = index.find(term.value, this.#tree);
      return found.filter((entry) => selects(selection, entry));
    }
    return collect(this.#tree, selection, wholePage).entries;
  }

  /** The tree as it is now. Shared; nobody changes it. */
  get tree(): EntryTree {
    return this.#tree;
  }

  /** The state as of `revision`; undefined when that is too long ago. Later pages of the same list find it again. */
  treeAt(revision: Revision): EntryTree | undefined {
    if (revision >= this.#changedAt) return this.#tree;
    const known = this.#snapshots.find((snapshot) => snapshot.revision === revision);
    if (known) return known.tree;
    const tree = this.#undoTo(revision);
    if (tree) this.#keep({ revision, tree });
    return tree;
  }

  /** Keeps the state as of `revision`, if that is now, for a list that will go on from here. */
  keepSnapshot(revision: Revision): void {
    if (revision < this.#changedAt) return;
    if (this.#snapshots.some((snapshot) => snapshot.revision === revision)) return;
    this.#keep({ revision, tree: this.#tree.clone() });
  }

  #keep(snapshot: Snapshot): void {
    this.#snapshots.push(snapshot);
    if (this.#snapshots.length > limits.listSnapshotsMax) this.#snapshots.shift();
  }

  #undoTo(revision: Revision): EntryTree | undefined {
    const events = this.#window.after(revision);
    if (!events) return undefined;
    const tree = this.#tree.clone();
    for (const event of events.toReversed()) {
      if (event.previous) tree.set(event.entry.key, event.previous);
      else tree.delete(event.entry.key);
    } // C2
    return tree;
  }

  /** Begins a watch. It ends by itself, by its sink's signal, or with `endWatches`. */
  watch(options: WatchOptions, sink: WatchSink): void {
    const watcher = new Watcher(options, sink, {
      clock: this.options.runtime.clock,
      queue: this.options.queue,
      revision: this.options.revision,
      onEnded: (ended) => this.#watchers.remove(ended),
    });
    if (sink.signal.aborted) {
      watcher.end();
      return;
    }
    this.#watchers.add(watcher); // C3
    const { start } = options;
    if (start.kind === 'state') watcher.beginWith(this.select(options.selection), this.revision);
    if (start.kind === 'after') this.#replay(watcher, start.revision);
  }

  #replay(watcher: Watcher, after: Revision): void {
    const events = this.#window.after(after);
    if (!events) {
      watcher.fail(this.options.tooOld(after, this.#window.coveredAfter));
      return;
    }
    for (const event of events) {
      watcher.offer(event);
      event.forgetFrames();
    }
  }

  /** Ends all watches: the server stops, or the store lost us. */
  endWatches(): void {
    for (const watcher of this.#watchers.all()) watcher.end();
  }
}

export interface PageOptions {
  /** The key to begin at. */
  readonly from: string;
  readonly limit: number;
  readonly mayFollow: (entry: Entry) => boolean;
}

/** All that matches. */
export const wholePage: PageOptions = {
  from: '',
  limit: Number.POSITIVE_INFINITY,
  mayFollow: () => false,
};

export interface Page {
  readonly entries: readonly Entry[];
  /** The key of the first object past the page; undefined when there is none. */
  readonly next: string | undefined;
}

/** The first `limit` objects at or after `from` that match. Whether more of those that `mayFollow` match is not looked at. */
export function collect(
  tree: EntryTree,
  selection: Selection,
  { from, limit, mayFollow }: PageOptions,
): Page {
  const { namespace } = selection;
  const start = namespace === '' ? '' : namespaceStart(namespace);
  const low = from > start ? from : start;
  const high = namespace === '' ? endOfKeys : namespaceEnd(namespace);
  const entries: Entry[] = [];
  let next: string | undefined;
  tree.forRange(low, high, false, (key, entry) => {
    if (entries.length === limit) {
      if (!mayFollow(entry)) return undefined;
      next = key;
      return { break: 1 };
    }
    if (selectsWithin(selection, entry)) entries.push(entry);
    return undefined;
  });
  return { entries, next };
}

/** How many objects there are at or after `from` in a namespace, or in all. */
export function countFrom(tree: EntryTree, namespace: string, from: string): number {
  const high = namespace === '' ? endOfKeys : namespaceEnd(namespace);
  return tree.forRange(from, high, false);
}
