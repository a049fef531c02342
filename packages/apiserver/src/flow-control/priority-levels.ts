/** The priority levels and flow schemas that the cluster has, and the seats and queues of each. What changes keeps who is served. */
import type { ObjectReader } from '@navarch/api/extension/context';
import type { FlowSchema, PriorityLevelConfiguration } from '@navarch/api/types/flowcontrol/v1';
import { FairQueues, type FairQueuesOptions, type Waiting } from './fair-queues.ts';
import { compileSchemas, type Matcher } from './flow-schemas.ts';
import { divideSeats, type LevelLimits, type LevelShares, SeatPool, type Seats } from './seats.ts';

const group = 'flowcontrol.apiserver.k8s.io';
const levelsOf = { group, resource: 'prioritylevelconfigurations' };
const schemasOf = { group, resource: 'flowschemas' };

export interface Level<T extends Waiting> {
  readonly name: string;
  /** Its requests are served at once, and use nobody's seats. */
  readonly isExempt: boolean;
  readonly seats: Seats;
  /** Undefined where nobody waits: what finds no seat is turned away. */
  readonly queues: FairQueues<T> | undefined;
}

/** What a request falls under. */
export interface Classification<T extends Waiting> extends Matcher {
  readonly level: Level<T>;
  /** Tell clients what their requests fell under. */
  readonly headers: Readonly<Record<string, string>>;
}

export class PriorityLevels<T extends Waiting> {
  readonly pool: SeatPool;
  readonly #read: ObjectReader;
  readonly #seatCount: number;
  #versions: readonly [number, number] = [-1, -1];
  #levels: ReadonlyMap<string, Level<T>> = new Map();
  #classifications: readonly Classification<T>[] = [];

  constructor(read: ObjectReader, seatCount: number) {
    this.#read = read;
    this.#seatCount = seatCount;
    this.pool = new SeatPool(seatCount);
  }

  /** In the order in which flow schemas are asked. Costs next to nothing while none of the objects changes. */
  classifications(): readonly Classification<T>[] {
    const versions = [this.#read.version(levelsOf), this.#read.version(schemasOf)] as const;
    if (versions[0] !== this.#versions[0] || versions[1] !== this.#versions[1]) {
      this.#versions = versions;
      this.#refresh();
    }
    return this.#classifications;
  }

  levels(): Iterable<Level<T>> {
    return this.#levels.values();
  }

  /** Who is served stays served. Who waits in queues that are gone must come again. */
  #refresh(): void {
    const configurations = this.#read.list<PriorityLevelConfiguration>(levelsOf, '');
    const limits = divideSeats(this.#seatCount, configurations.map(sharesOf));
    const levels = configurations.map((configuration, i) =>
      this.#level(configuration, limits[i] ?? nothing),
    );
    const kept = new Set(levels.map(({ queues }) => queues));
    for (const { queues } of this.#levels.values()) if (!kept.has(queues)) queues?.close();
    this.#levels = new Map(levels.map((level) => [level.name, level]));
    this.pool.reset(
      this.#seatCount,
      levels.filter(({ isExempt }) => !isExempt).map(({ seats }) => seats),
    );
    const uids = new Map(configurations.map(({ metadata }) => [metadata.name, metadata.uid]));
    const schemas = this.#read.list<FlowSchema>(schemasOf, '');
    this.#classifications = compileSchemas(schemas).flatMap((matcher) => {
      const { priorityLevelConfiguration } = matcher.schema.spec;
      const level = this.#levels.get(priorityLevelConfiguration.name);
      if (!level) return []; // A schema for a level that is not there counts for nothing.
      const headers = {
        'x-kubernetes-pf-flowschema-uid': matcher.schema.metadata.uid ?? '',
        'x-kubernetes-pf-prioritylevel-uid': uids.get(level.name) ?? '',
      };
      return [{ ...matcher, level, headers }];
    });
  }

  #level({ metadata, spec }: PriorityLevelConfiguration, limits: LevelLimits): Level<T> {
    const name = metadata.name ?? '';
    const known = this.#levels.get(name);
    const seats = known?.seats ?? { limits, inUse: 0 };
    seats.limits = limits;
    const options = queuesOf(spec);
    const kept = options && known?.queues?.isLike(options) ? known.queues : undefined;
    const queues = kept ?? (options && new FairQueues<T>(options));
    return { name, isExempt: spec.type === 'Exempt', seats, queues };
  }
}

const nothing: LevelLimits = { nominal: 0, min: 0, max: 0 };

function sharesOf({ spec }: PriorityLevelConfiguration): LevelShares {
  const { nominalConcurrencyShares: shares, lendablePercent = 0 } = spec.limited ?? {
    nominalConcurrencyShares: spec.exempt?.nominalConcurrencyShares ?? 0,
    lendablePercent: spec.exempt?.lendablePercent ?? 0,
  };
  const borrowingLimitPercent = spec.limited?.borrowingLimitPercent;
  return { shares, lendablePercent, borrowingLimitPercent };
}

function queuesOf({ limited }: PriorityLevelConfiguration['spec']): FairQueuesOptions | undefined {
  const { limitResponse } = limited ?? {};
  if (limitResponse?.type !== 'Queue') return undefined;
  const { queues = 64, handSize = 8, queueLengthLimit = 50 } = limitResponse.queuing ?? {};
  return { queues, handSize, lengthMax: queueLengthLimit };
}
