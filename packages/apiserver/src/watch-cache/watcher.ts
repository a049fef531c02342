/**
 * One watch: what it has yet to send, and when it ends.
 *
 * Invariants: A1 frames leave in the order of their revisions; the initial state, when asked for, leaves first. A2 a bookmark
 * says a revision only after everything up to it was handed over. A3 no more than `watchBufferEventsMax` frames wait here and
 * no more than `watchBufferBytesMax` bytes wait in the transport, or the watch is cut off: the client starts over from where it was.
 */
import type { Clock, Timer } from '@navarch/runtime/clock';
import { limits } from '@navarch/runtime/limits';
import type { Revision } from '@navarch/store/store';
import type { WatchFrame, WatchSink } from '../request/request.ts';
import type { Entry } from './entry.ts';
import { Frame, type CacheEvent, type Presentation } from './event.ts';
import type { FlushQueue, Flushable } from './flush-queue.ts';
import { selects, type Selection } from './selection.ts';

export interface WatchOptions {
  readonly selection: Selection;
  readonly presentation: Presentation;
  /** Where to begin: after a revision, with the present state, or with what comes next. */
  readonly start:
    | { readonly kind: 'after'; readonly revision: Revision }
    | { readonly kind: 'state' }
    | { readonly kind: 'next' };
  /** Makes bookmarks; undefined when the client does not want them. */
  readonly bookmark: ((revision: Revision, endsInitialEvents: boolean) => WatchFrame) | undefined;
  readonly timeoutMs: number;
}

export interface WatcherSurroundings {
  readonly clock: Clock;
  readonly queue: FlushQueue;
  /** The revision up to which the cache has handed everything over. */
  revision(): Revision;
  onEnded(watcher: Watcher): void;
}

/** How soon a paused initial state looks again whether it may go on. */
const pauseMs = 10;

export class Watcher implements Flushable {
  readonly options: WatchOptions;
  readonly #sink: WatchSink;
  readonly #around: WatcherSurroundings;
  readonly #timers: Timer[] = [];
  readonly #onAbort = (): void => this.end();
  #initial: { readonly entries: readonly Entry[]; next: number; readonly at: Revision } | undefined;
  #waiting: WatchFrame[] = [];
  #pause: Timer | undefined;
  /** Whether it stands in the queue already. */
  #isQueued = false;
  #ended = false;

  constructor(options: WatchOptions, sink: WatchSink, around: WatcherSurroundings) {
    this.options = options;
    this.#sink = sink;
    this.#around = around;
    const { clock } = around;
    this.#timers.push(clock.after(options.timeoutMs, () => this.end()));
    sink.signal.addEventListener('abort', this.#onAbort);
    if (options.bookmark) this.#bookmarkLater();
  }

  /** The state to send before any event, as of `at`. */
  beginWith(entries: readonly Entry[], at: Revision): void {
    this.#initial = { entries, next: 0, at };
    this.#queue();
  }

  /** An event that may concern it. */
  offer(event: CacheEvent): void {
    const { selection, start } = this.options;
    if (this.#ended || (start.kind === 'after' && event.revision <= start.revision)) return;
    const isIn = !event.deleted && selects(selection, event.entry);
    const wasIn = event.previous !== undefined && selects(selection, event.previous);
    if (!isIn && !wasIn) return;
    const type = !isIn ? 'DELETED' : wasIn ? 'MODIFIED' : 'ADDED';
    this.#send(event.frame(type, this.options.presentation));
  }

  /** Ends it with an error that the client can act on. */
  fail(frame: WatchFrame): void {
    this.#waiting.push(frame);
    this.flush();
    this.end();
  }

  flush(): void {
    this.#isQueued = false;
    if (this.#ended) return;
    if (this.#initial && !this.#pumpInitial()) return;
    if (this.#waiting.length > 0) {
      const frames = this.#waiting;
      this.#waiting = [];
      this.#sink.write(frames);
    }
    if (this.#sink.bufferedBytes() > limits.watchBufferBytesMax) this.end(); // A3
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#sink.signal.removeEventListener('abort', this.#onAbort);
    for (const timer of this.#timers) timer.cancel();
    this.#pause?.cancel();
    this.#waiting = [];
    this.#initial = undefined;
    this.#around.onEnded(this);
    this.#sink.end();
  }

  #send(frame: WatchFrame): void {
    this.#waiting.push(frame);
    if (this.#waiting.length > limits.watchBufferEventsMax) this.end(); // A3
    else this.#queue();
  }

  #queue(): void {
    if (this.#isQueued) return;
    this.#isQueued = true;
    this.#around.queue.add(this);
  }

  /** Sends more of the initial state; says whether that was all of it. */
  #pumpInitial(): boolean {
    const initial = this.#initial;
    if (!initial) return true;
    if (this.#sink.bufferedBytes() > limits.watchInitialBufferBytesMax) {
      this.#pause?.cancel();
      this.#pause = this.#around.clock.after(pauseMs, () => this.flush());
      return false;
    }
    const end = Math.min(initial.next + limits.watchInitialFramesPerTurn, initial.entries.length);
    const frames = initial.entries.slice(initial.next, end).map((entry) => this.#added(entry));
    initial.next = end;
    const isDone = end === initial.entries.length;
    if (isDone) {
      this.#initial = undefined;
      if (this.options.bookmark) frames.push(this.options.bookmark(initial.at, true));
    } else {
      this.#queue();
    }
    if (frames.length > 0) this.#sink.write(frames);
    return isDone;
  }

  #added(entry: Entry): WatchFrame {
    return new Frame('ADDED', this.options.presentation.present(entry));
  }

  #bookmarkLater(): void {
    const timer = this.#around.clock.after(limits.watchBookmarkIntervalMs, () => {
      this.#timers.splice(this.#timers.indexOf(timer), 1);
      this.#bookmarkLater();
      const { bookmark } = this.options;
      if (bookmark && !this.#initial) this.#send(bookmark(this.#around.revision(), false)); // A2
    });
    this.#timers.push(timer);
  }
}
