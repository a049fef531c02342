/**
 * What nodes offer and what is requested of them, as columns of numbers: one pair of typed arrays per resource, one row per node. A
 * check over thousands of nodes reads consecutive memory and allocates nothing.
 */
import type { PodInfo } from '../pod/pod-info.ts';
import type { Amounts } from '../pod/resources.ts';

export interface ResourceColumn {
  readonly name: string;
  allocatable: Float64Array;
  requested: Float64Array;
}

const firstCapacity = 64;

export class ResourceColumns {
  readonly #columns = new Map<string, ResourceColumn>();
  #capacity = firstCapacity;
  /** For scores: requests, with something assumed for pods that make none. */
  assumedCpuMillis: Float64Array = new Float64Array(firstCapacity);
  assumedMemoryBytes: Float64Array = new Float64Array(firstCapacity);

  /** The column of a resource; all zero when no node has any. */
  column(resource: string): ResourceColumn {
    const existing = this.#columns.get(resource);
    if (existing) return existing;
    const column = {
      name: resource,
      allocatable: new Float64Array(this.#capacity),
      requested: new Float64Array(this.#capacity),
    };
    this.#columns.set(resource, column);
    return column;
  }

  /** Makes room for a row. */
  ensureRow(row: number): void {
    if (row < this.#capacity) return;
    while (row >= this.#capacity) this.#capacity *= 2;
    for (const column of this.#columns.values()) {
      column.allocatable = this.#grow(column.allocatable);
      column.requested = this.#grow(column.requested);
    }
    this.assumedCpuMillis = this.#grow(this.assumedCpuMillis);
    this.assumedMemoryBytes = this.#grow(this.assumedMemoryBytes);
  }

  setAllocatable(row: number, amounts: Amounts): void {
    for (const column of this.#columns.values()) column.allocatable[row] = 0;
    for (const [resource, amount] of amounts) this.column(resource).allocatable[row] = amount;
  }

  /** Adds (`sign` 1) or takes away (-1) what a pod requests. The pod itself counts as one of `pods`. */
  change(row: number, pod: PodInfo, sign: 1 | -1): void {
    for (const [resource, amount] of pod.requests)
      this.#add(this.column(resource).requested, row, sign * amount);
    this.#add(this.column('pods').requested, row, sign);
    this.#add(this.assumedCpuMillis, row, sign * pod.assumedCpuMillis);
    this.#add(this.assumedMemoryBytes, row, sign * pod.assumedMemoryBytes);
  }

  #add(values: Float64Array, row: number, amount: number): void {
    values[row] = (values[row] ?? 0) + amount;
  }

  #grow(values: Float64Array): Float64Array {
    const grown = new Float64Array(this.#capacity);
    grown.set(values);
    return grown;
  }
}
