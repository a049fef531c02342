/** One watch, from its request to its end. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { limits } from '@navarch/runtime/limits';
import type { Runtime } from '@navarch/runtime/runtime';
import type { ResourceClient, Selection, WatchEvent, WatchOptions } from '../client.ts';
import { DeadlineExceeded, linkedAbort } from '../deadline.ts';
import { key } from '../keys.ts';
import type { ChangeEvent, ReflectorSink } from './reflector.ts';
import type { Event } from './state.ts';

export interface WatchRun<T extends KubernetesObject> {
  readonly resource: ResourceClient<T>;
  readonly selection: Selection;
  readonly sink: ReflectorSink<T>;
  readonly runtime: Runtime;
  /** '' to begin with the present state. */
  readonly from: string;
  readonly signal: AbortSignal;
}

/** The server puts it on the bookmark that ends the present state. */
const initialEventsEnd = 'k8s.io/initial-events-end';

/** Feeds the sink until the watch ends. Rejects when it was refused, broke, or did not end when it should have. */
export async function runWatch<T extends KubernetesObject>(run: WatchRun<T>): Promise<Event> {
  const { clock, random } = run.runtime;
  const beganMs = clock.monotonicMs();
  // Watches of many clients should not end, and be asked for again, at the same moment.
  const timeoutMs = limits.clientWatchTimeoutMinMs * (1 + random.next());
  const abort = linkedAbort(run.signal);
  const over = Promise.withResolvers<void>();
  over.promise.catch(() => {}); // It may be settled before anybody waits for it.
  abort.signal.addEventListener('abort', () => over.reject(abort.signal.reason), { once: true });
  const hangs = (): void =>
    abort.abort(new DeadlineExceeded('the server stopped answering a watch'));
  let deadline = clock.after(limits.clientRequestTimeoutMs, hangs);
  const feed = new Feed(run.sink, run.from === '');
  try {
    const options = { ...watchOptions(run, Math.round(timeoutMs / 1000)), signal: abort.signal };
    const started = run.resource.watch(options, {
      onEvents: (events) => {
        if (abort.signal.aborted) return;
        const error = feed.take(events);
        if (error) abort.abort(error);
      },
      onEnd: (error) => (error ? over.reject(error) : over.resolve()),
    });
    await Promise.race([started, over.promise]);
    deadline.cancel();
    deadline = clock.after(timeoutMs + limits.clientWatchGraceMs, hangs);
    await over.promise;
    return { kind: 'ended', livedMs: clock.monotonicMs() - beganMs };
  } finally {
    deadline.cancel();
    abort.release();
    if (!abort.signal.aborted) abort.abort(new Error('the watch is over'));
  }
}

function watchOptions<T extends KubernetesObject>(
  { selection, from }: WatchRun<T>,
  timeoutSeconds: number,
): Omit<WatchOptions, 'signal'> {
  const common = { ...selection, resourceVersion: from, allowWatchBookmarks: true, timeoutSeconds };
  if (from !== '') return common;
  return { ...common, sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan' };
}

/** Turns the events of one watch into what the sink hears. */
class Feed<T extends KubernetesObject> {
  readonly #sink: ReflectorSink<T>;
  /** The present state while it arrives. It is bounded by what the sink will hold anyway. */
  #initial: Map<string, T> | undefined;

  constructor(sink: ReflectorSink<T>, beginsWithState: boolean) {
    this.#sink = sink;
    this.#initial = beginsWithState ? new Map() : undefined;
  }

  /** Returns the error that ends the watch, if there is one. */
  take(events: readonly WatchEvent<T>[]): Error | undefined {
    const errorAt = events.findIndex((event) => event.type === 'ERROR');
    const error = events[errorAt];
    const changes = (errorAt < 0 ? events : events.slice(0, errorAt)) as readonly ChangeEvent<T>[];
    try {
      const rest = this.#initial ? this.#takeInitial(this.#initial, changes) : changes;
      if (rest.length > 0) this.#sink.apply(rest);
    } catch (thrown) {
      return thrown instanceof Error ? thrown : new Error(String(thrown));
    }
    return error?.type === 'ERROR' ? error.error : undefined;
  }

  /** Returns the events that came after the present state. */
  #takeInitial(
    initial: Map<string, T>,
    events: readonly ChangeEvent<T>[],
  ): readonly ChangeEvent<T>[] {
    for (const [index, { type, object }] of events.entries()) {
      const { namespace = '', name = '', annotations, resourceVersion = '' } = object.metadata;
      if (type === 'BOOKMARK' && annotations?.[initialEventsEnd] === 'true') {
        this.#initial = undefined;
        this.#sink.replace([...initial.values()], resourceVersion);
        return events.slice(index + 1);
      }
      if (type === 'DELETED') initial.delete(key(namespace, name));
      else if (type !== 'BOOKMARK') initial.set(key(namespace, name), object);
    }
    return [];
  }
}
