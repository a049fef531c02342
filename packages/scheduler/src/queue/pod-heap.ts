/** Pods in an order, each once. */
import type { QueuedPod } from './scheduling-queue.ts';

export type ComesBefore = (a: QueuedPod, b: QueuedPod) => boolean;

/** How many entries that are no longer valid are put up with. */
const spareMax = 64;

export class PodHeap {
  readonly #before: ComesBefore;
  #heap: QueuedPod[] = [];
  /** The valid entry of each pod; a replaced or removed one stays in the heap until it comes up. */
  readonly #current = new Map<string, QueuedPod>();

  constructor(before: ComesBefore) {
    this.#before = before;
  }

  get length(): number {
    return this.#current.size;
  }

  get(uid: string): QueuedPod | undefined {
    return this.#current.get(uid);
  }

  push(pod: QueuedPod): void {
    if (this.#heap.length > 2 * this.#current.size + spareMax) this.#tidy();
    this.#current.set(pod.info.uid, pod);
    let index = this.#heap.push(pod) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = this.#heap[parent];
      if (!above || !this.#before(pod, above)) break;
      this.#heap[index] = above;
      index = parent;
    }
    this.#heap[index] = pod;
  }

  peek(): QueuedPod | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (!first || this.#current.get(first.info.uid) === first) return first;
      this.#dropFirst();
    }
  }

  pop(): QueuedPod | undefined {
    const first = this.peek();
    if (!first) return undefined;
    this.#dropFirst();
    this.#current.delete(first.info.uid);
    return first;
  }

  remove(uid: string): void {
    this.#current.delete(uid);
  }

  /** A sorted list is a heap. */
  #tidy(): void {
    this.#heap = [...this.#current.values()].toSorted((a, b) => (this.#before(a, b) ? -1 : 1));
  }

  #dropFirst(): void {
    const last = this.#heap.pop();
    if (!last || this.#heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      const left = this.#heap[child];
      if (!left) break;
      const right = this.#heap[child + 1];
      const least = right && this.#before(right, left) ? right : left;
      if (least === right) child++;
      if (!this.#before(least, last)) break;
      this.#heap[index] = least;
      index = child;
    }
    this.#heap[index] = last;
  }
}
