/**
 * Keeps a copy of a server's state current: lists once, then watches, for as long as it runs, through cut connections, expired versions
 * and restarts of the server. The decisions are in `state.ts`; this is the loop that carries them out.
 *
 * Invariants: R1 the sink hears a whole state first, then every change after it, in order, without gap; after a gap it hears a whole
 * state again. R2 nothing is buffered between the transport and the sink. R3 every request has a deadline: a peer that hangs is left.
 */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { limits } from '@navarch/runtime/limits';
import { errorText } from '@navarch/runtime/log';
import type { Runtime } from '@navarch/runtime/runtime';
import type { ResourceClient, Selection } from '../client.ts';
import { withDeadline } from '../deadline.ts';
import type { Gate } from '../gate.ts';
import { isBadRequest, isExpired, isInvalid, isTooLargeResourceVersion } from '../errors.ts';
import { backoffMs } from './backoff.ts';
import { describe, type Event, next, start, type State } from './state.ts';
import { runWatch } from './watch-run.ts';

export interface ChangeEvent<T> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  readonly object: T;
}

/** Hears what a reflector learns. Must not throw. */
export interface ReflectorSink<T> {
  /** This is everything, as of `resourceVersion`. The array is not changed later. */
  replace(items: readonly T[], resourceVersion: string): void;
  /** For a bookmark only the object's resourceVersion means anything. */
  apply(events: readonly ChangeEvent<T>[]): void;
}

export interface ReflectorOptions<T extends KubernetesObject> {
  readonly resource: ResourceClient<T>;
  readonly selection: Selection;
  readonly sink: ReflectorSink<T>;
  readonly runtime: Runtime;
  /** How the whole state is read: by a list, or as the beginning of a watch where the server offers that. */
  readonly initial: 'list' | 'stream';
  /** Lists come in pages of this many objects; 0 for all at once. */
  readonly pageObjects: number;
  /** Keeps a thousand reflectors from asking for everything in the same moment. */
  readonly lists?: Gate;
}

export class Reflector<T extends KubernetesObject> {
  readonly #options: ReflectorOptions<T>;
  #state: State;

  constructor(options: ReflectorOptions<T>) {
    this.#options = options;
    this.#state = start(options.initial);
  }

  describe(): string {
    return `${this.#options.resource.reference.plural}: ${describe(this.#state)}`;
  }

  /** Runs until the signal is aborted, and then resolves. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const event = await this.#perform(signal);
      if (signal.aborted) return;
      this.#state = next(this.#state, event);
    }
  }

  /** Never rejects: whatever goes wrong is an event. */
  async #perform(signal: AbortSignal): Promise<Event> {
    const { clock } = this.#options.runtime;
    const beganMs = clock.monotonicMs();
    try {
      return await this.#performUnguarded(this.#state, signal);
    } catch (error) {
      return this.#failure(error, clock.monotonicMs() - beganMs, signal);
    }
  }

  #performUnguarded(state: State, signal: AbortSignal): Promise<Event> {
    switch (state.kind) {
      case 'listing':
        return this.#list(state.notOlderThan, signal);
      case 'streaming':
        return this.#watch('', signal);
      case 'watching':
        return this.#watch(state.from, signal);
      default:
        return this.#wait(state.attempt, signal);
    }
  }

  async #wait(attempt: number, signal: AbortSignal): Promise<Event> {
    const { clock, random } = this.#options.runtime;
    await clock.sleep(backoffMs(attempt, random), signal);
    return { kind: 'retry' };
  }

  async #list(notOlderThan: string, signal: AbortSignal): Promise<Event> {
    const { lists } = this.#options;
    const list = () => this.#listPages(notOlderThan, signal);
    const { items, version } = await (lists ? lists.through(list) : list());
    this.#options.sink.replace(items, version); // R1
    return { kind: 'listed', at: version };
  }

  async #listPages(
    notOlderThan: string,
    signal: AbortSignal,
  ): Promise<{ items: readonly T[]; version: string }> {
    const first = await this.#listPage({ resourceVersion: notOlderThan }, signal);
    const version = first.metadata.resourceVersion ?? '';
    if (!first.metadata.continue) return { items: first.items, version };
    const items = [...first.items];
    for (let token = first.metadata.continue; token;) {
      const page = await this.#listPage({ continue: token }, signal);
      items.push(...page.items);
      token = page.metadata.continue ?? '';
    }
    return { items, version };
  }

  #listPage(where: { resourceVersion?: string; continue?: string }, signal: AbortSignal) {
    const { resource, selection, runtime, pageObjects } = this.#options;
    // R3
    return withDeadline(runtime.clock, limits.clientRequestTimeoutMs, signal, (signal) =>
      resource.list({ ...selection, ...where, limit: pageObjects, signal }),
    );
  }

  #watch(from: string, signal: AbortSignal): Promise<Event> {
    const { resource, selection, sink, runtime } = this.#options;
    const advance = (event: Event): void => {
      this.#state = next(this.#state, event);
    };
    return runWatch({
      resource,
      selection,
      sink: {
        replace: (items, version) => {
          sink.replace(items, version);
          advance({ kind: 'listed', at: version });
        },
        apply: (events) => {
          sink.apply(events);
          const at = events.at(-1)?.object.metadata.resourceVersion;
          if (at) advance({ kind: 'changed', at });
        },
      },
      runtime,
      from,
      signal,
    });
  }

  #failure(error: unknown, livedMs: number, signal: AbortSignal): Event {
    if (signal.aborted) return { kind: 'failed', livedMs };
    const { log } = this.#options.runtime;
    const doing = describe(this.#state);
    const fields = {
      resource: this.#options.resource.reference.plural,
      doing,
      error: errorText(error),
    };
    if (isExpired(error) || isTooLargeResourceVersion(error)) {
      log.debug('the server does not have the version asked for; listing again', fields);
      return { kind: 'expired', livedMs };
    }
    if (this.#state.kind === 'streaming' && (isInvalid(error) || isBadRequest(error))) {
      return { kind: 'unsupported' };
    }
    log.warn('reading from the API server failed; trying again', fields);
    return { kind: 'failed', livedMs };
  }
}
