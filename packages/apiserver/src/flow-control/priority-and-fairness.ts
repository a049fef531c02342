/**
 * Priority and fairness (KEP-1040): flow schemas say which priority level a request belongs to, levels share the server's seats, and
 * within a level flows take turns. What finds neither a seat nor a place in a queue must come again.
 */
import type { ObjectReader, UserInfo } from '@navarch/api/extension/context';
import type { Clock } from '@navarch/runtime/clock';
import type { CounterMetric, Metrics } from '@navarch/runtime/metrics';
import type { RequestInfo } from '../request/route.ts';
import type { Done, Waiting } from './fair-queues.ts';
import {
  type Candidate,
  classOf,
  type FlowControl,
  isTunnel,
  type RequestClass,
  Running,
  type Turn,
} from './flow-control.ts';
import { flowOf } from './flow-schemas.ts';
import { type Classification, type Level, PriorityLevels } from './priority-levels.ts';
import { hashOf } from './shuffle-shard.ts';

export interface PriorityAndFairnessParts {
  readonly read: ObjectReader;
  readonly clock: Clock;
  readonly metrics: Metrics;
  /** Requests that are served at a time, those of exempt levels apart. */
  readonly seats: number;
  /** How many objects a list may have to look at. */
  readonly countOf: (group: string, resource: string) => number;
}

/** A request that waits for its turn. */
interface Waiter extends Waiting {
  readonly info: RequestInfo;
  readonly classification: Classification<Waiter>;
  readonly letIn: (turn: Turn) => void;
}

const free: Turn = { release: () => undefined };

/** Upstream's: a list takes a seat for so many objects, and not more than so many seats or so much of its level's share. */
const objectsPerSeat = 100;
const listSeatsMax = 10;
const listShareMax = 0.15;

export class PriorityAndFairness implements FlowControl {
  readonly #parts: PriorityAndFairnessParts;
  readonly #levels: PriorityLevels<Waiter>;
  readonly #running = new Running();
  readonly #rejected: CounterMetric;

  constructor(parts: PriorityAndFairnessParts) {
    this.#parts = parts;
    this.#levels = new PriorityLevels(parts.read, parts.seats);
    this.#rejected = parts.metrics.counter(
      'apiserver_flowcontrol_rejected_requests_total',
      'Requests that priority and fairness turned away.',
      ['flow_schema', 'priority_level', 'reason'],
    );
    this.#observe(parts.metrics);
  }

  running(of: RequestClass): number {
    return this.#running.of(of);
  }

  begin(candidate: Candidate): Turn | undefined | Promise<Turn | undefined> {
    const { user, info } = candidate;
    if (isTunnel(info)) return free;
    const classification = this.#classify(user, info);
    if (!classification) return free;
    const { level } = classification;
    const width = this.#widthOf(info, level);
    if (level.isExempt || (!level.queues?.size && this.#levels.pool.fits(level.seats, width))) {
      return this.#turn(classification, info, width);
    }
    if (!level.queues) return this.#turnAway(classification, 'concurrency-limit');
    return this.#wait(classification, candidate, width);
  }

  #classify(user: UserInfo, info: RequestInfo): Classification<Waiter> | undefined {
    for (const each of this.#levels.classifications()) if (each.matches(user, info)) return each;
    return undefined;
  }

  #widthOf(
    { verb, name, isResource, group, resource }: RequestInfo,
    { seats }: Level<Waiter>,
  ): number {
    if (verb !== 'list' || !isResource || name !== '') return 1;
    const wanted = Math.ceil(this.#parts.countOf(group, resource) / objectsPerSeat);
    const most = Math.min(listSeatsMax, Math.floor(seats.limits.nominal * listShareMax));
    return Math.max(1, Math.min(wanted, most));
  }

  #turn(
    { level, headers }: Classification<Waiter>,
    info: RequestInfo,
    width: number,
    done?: Done,
  ): Turn {
    const { clock } = this.#parts;
    const { pool } = this.#levels;
    const requestClass = classOf(info);
    const startedMs = done ? clock.monotonicMs() : 0;
    pool.take(level.seats, width);
    this.#running.add(requestClass, 1);
    let isRunning = true;
    const release = (): void => {
      if (!isRunning) return;
      isRunning = false;
      pool.giveBack(level.seats, width);
      this.#running.add(requestClass, -1);
      done?.(clock.monotonicMs() - startedMs);
      this.#letIn();
    };
    return { release, headers };
  }

  #turnAway({ schema, level }: Classification<Waiter>, reason: string): undefined {
    const flow_schema = schema.metadata.name ?? '';
    this.#rejected.add({ flow_schema, priority_level: level.name, reason });
  }

  #wait(
    classification: Classification<Waiter>,
    { user, info, signal, waitMaxMs }: Candidate,
    width: number,
  ): undefined | Promise<Turn | undefined> {
    const { schema, level } = classification;
    const { queues } = level;
    const gone = signal();
    if (gone.aborted) return this.#turnAway(classification, 'cancelled');
    const flowHash = hashOf(`${schema.metadata.name ?? ''}\0${flowOf(schema, user, info)}`);
    let settle: (turn: Turn | undefined) => void = () => undefined;
    const waiting = new Promise<Turn | undefined>((resolve) => (settle = resolve));
    const end = (turn: Turn | undefined): void => {
      timer.cancel();
      gone.removeEventListener('abort', leave);
      settle(turn);
    };
    const waiter: Waiter = {
      width,
      flowHash,
      info,
      classification,
      letIn: end,
      turnAway: () => end(this.#turnAway(classification, 'queues-changed')),
    };
    if (!queues?.add(waiter)) return this.#turnAway(classification, 'queue-full');
    const leave = (): void => {
      queues.remove(waiter);
      end(this.#turnAway(classification, gone.aborted ? 'cancelled' : 'time-out'));
      this.#letIn(); // Those behind may need fewer seats.
    };
    const timer = this.#parts.clock.after(waitMaxMs(), leave);
    gone.addEventListener('abort', leave, { once: true });
    return waiting;
  }

  /** Gives free seats to whoever waits: first where a level has the least of its share. */
  #letIn(): void {
    const { pool } = this.#levels;
    for (;;) {
      let next: Level<Waiter> | undefined;
      for (const level of this.#levels.levels()) {
        const first = level.queues?.first();
        if (!first || !pool.fits(level.seats, first.width)) continue;
        if (!next || shareInUse(level) < shareInUse(next)) next = level;
      }
      const admitted = next?.queues?.shift();
      if (!admitted) return;
      const { item, done } = admitted;
      item.letIn(this.#turn(item.classification, item.info, item.width, done));
    }
  }

  #observe(metrics: Metrics): void {
    const gauge = (name: string, help: string, valueOf: (level: Level<Waiter>) => number): void => {
      metrics.gauge(name, help, ['priority_level'], (set) => {
        for (const level of this.#levels.levels()) {
          set({ priority_level: level.name }, valueOf(level));
        }
      });
    };
    gauge(
      'apiserver_flowcontrol_current_inqueue_requests',
      'Requests that wait for their turn.',
      ({ queues }) => queues?.size ?? 0,
    );
    gauge(
      'apiserver_flowcontrol_current_executing_seats',
      'Seats that requests have now.',
      ({ seats }) => seats.inUse,
    );
    gauge(
      'apiserver_flowcontrol_nominal_limit_seats',
      'The share that a priority level has of the seats.',
      ({ seats }) => seats.limits.nominal,
    );
  }
}

function shareInUse({ seats: { inUse, limits: of } }: Level<Waiter>): number {
  return of.nominal === 0 ? Infinity : inUse / of.nominal;
}
