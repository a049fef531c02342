/**
 * Which nodes share a value of a label (a zone, a rack, a host), as numbers: per label key a column of domain ids, one per node row.
 * Counts of pods per row are summed per domain as they change, so that nobody adds up a cluster to decide about one pod.
 *
 * Invariants: T1 a row has a domain exactly while its node exists and has the label. T2 a domain's sum is that of its rows' counts. T3 an
 * id is used again only when its domain has no rows left. T4 at most `keysMax` keys are kept, those used last.
 */
type Labels = Readonly<Record<string, string>>;

export interface TopologyColumn {
  readonly key: string;
  /** Per row, -1 without the label. */
  readonly domains: Int32Array;
  /** Nodes per domain id; 0 where an id is free. */
  readonly nodesIn: Int32Array;
  /** How many nodes have the label. */
  readonly nodes: number;
  /** How many domains there are. */
  readonly size: number;
}

const keysMax = 64;
const firstRows = 64;
export const noDomain = -1;

class Column implements TopologyColumn {
  readonly key: string;
  domains: Int32Array = new Int32Array(firstRows).fill(noDomain);
  nodesIn: Int32Array = new Int32Array(firstRows);
  nodes = 0;
  size = 0;
  readonly #ids = new Map<string, number>();
  readonly #free: number[] = [];
  #idCount = 0;

  constructor(key: string) {
    this.key = key;
  }

  enter(row: number, value: string): void {
    const id = this.#idOf(value);
    if (row >= this.domains.length) {
      const grown = new Int32Array(Math.max(row + 1, this.domains.length * 2)).fill(noDomain);
      grown.set(this.domains);
      this.domains = grown;
    }
    this.domains[row] = id;
    if (this.nodesIn[id] === 0) this.size++;
    this.nodesIn[id] = (this.nodesIn[id] ?? 0) + 1;
    this.nodes++;
  }

  leave(row: number, value: string): void {
    const id = this.domains[row] ?? noDomain;
    if (id === noDomain) return;
    this.domains[row] = noDomain;
    this.nodes--;
    const left = (this.nodesIn[id] ?? 0) - 1;
    this.nodesIn[id] = left;
    if (left > 0) return;
    this.size--;
    this.#ids.delete(value); // T3
    this.#free.push(id);
  }

  #idOf(value: string): number {
    const known = this.#ids.get(value);
    if (known !== undefined) return known;
    const id = this.#free.pop() ?? this.#idCount++;
    this.#ids.set(value, id);
    this.nodesIn = withRoom(this.nodesIn, id);
    return id;
  }
}

/** Counts per row, with their sums per domain of the keys that somebody asked about. */
export class RowCounts {
  rows: Int32Array = new Int32Array(firstRows);
  total = 0;
  readonly #topology: Topology;
  readonly #sums = new Map<TopologyColumn, Int32Array>();

  constructor(topology: Topology) {
    this.#topology = topology;
  }

  at(row: number): number {
    return this.rows[row] ?? 0;
  }

  add(row: number, by: number): void {
    this.rows = withRoom(this.rows, row);
    this.rows[row] = this.at(row) + by;
    this.total += by;
    for (const column of this.#sums.keys()) this.#addTo(column, row, by); // T2
  }

  /** Per domain id. The array may be replaced by the next change: do not keep it. */
  sums(column: TopologyColumn): Int32Array {
    const known = this.#sums.get(column);
    if (known) return known;
    const sums = new Int32Array(column.nodesIn.length);
    for (const [row, domain] of column.domains.entries()) {
      const count = domain === noDomain ? 0 : this.at(row);
      if (count > 0) sums[domain] = (sums[domain] ?? 0) + count;
    }
    this.#sums.set(column, sums);
    this.#topology.follow(this);
    return sums;
  }

  /** The row has entered its domain (`sign` 1) or is about to leave it (-1). */
  move(column: TopologyColumn, row: number, sign: 1 | -1): void {
    if (this.#sums.has(column)) this.#addTo(column, row, sign * this.at(row));
  }

  forget(column: TopologyColumn): void {
    this.#sums.delete(column);
  }

  /** Nobody counts here any more. */
  close(): void {
    this.#topology.unfollow(this);
  }

  #addTo(column: TopologyColumn, row: number, by: number): void {
    const domain = column.domains[row] ?? noDomain;
    if (domain === noDomain) return;
    const sums = withRoom(this.#sums.get(column) ?? new Int32Array(0), domain);
    sums[domain] = (sums[domain] ?? 0) + by;
    this.#sums.set(column, sums);
  }
}

export class Topology {
  /** In order of last use, the oldest first. */
  readonly #columns = new Map<string, Column>();
  /** Those that have sums. */
  readonly #counts = new Set<RowCounts>();
  readonly #labels = new Map<number, Labels>();

  column(key: string): TopologyColumn {
    const known = this.#columns.get(key);
    if (known) this.#columns.delete(key);
    const column = known ?? this.#fill(new Column(key));
    this.#columns.set(key, column);
    if (this.#columns.size > keysMax) this.#dropOldest(); // T4
    return column;
  }

  /** `labels` undefined: the node is gone. */
  setNode(row: number, labels: Labels | undefined): void {
    const before = this.#labels.get(row);
    if (labels) this.#labels.set(row, labels);
    else this.#labels.delete(row);
    for (const column of this.#columns.values()) {
      const [old, current] = [before?.[column.key], labels?.[column.key]];
      if (old === current) continue;
      if (old !== undefined) {
        for (const counts of this.#counts) counts.move(column, row, -1);
        column.leave(row, old);
      }
      if (current !== undefined) {
        column.enter(row, current);
        for (const counts of this.#counts) counts.move(column, row, 1);
      }
    }
  }

  follow(counts: RowCounts): void {
    this.#counts.add(counts);
  }

  unfollow(counts: RowCounts): void {
    this.#counts.delete(counts);
  }

  #fill(column: Column): Column {
    for (const [row, labels] of this.#labels) {
      const value = labels[column.key];
      if (value !== undefined) column.enter(row, value);
    }
    return column;
  }

  #dropOldest(): void {
    const [oldest] = this.#columns.values();
    if (!oldest) return;
    this.#columns.delete(oldest.key);
    for (const counts of this.#counts) counts.forget(oldest);
  }
}

function withRoom(values: Int32Array, index: number): Int32Array {
  if (index < values.length) return values;
  const grown = new Int32Array(Math.max(index + 1, values.length * 2, firstRows));
  grown.set(values);
  return grown;
}
