/** Pods in the order they should be scheduled: higher priority first, then first come, first served. */
import type { QueuedPod } from './scheduling-queue.ts';

export class PodHeap {
  readonly #heap: QueuedPod[] = [];
  /** The valid entry of each pod; a replaced or removed one stays in the heap until it comes up. */
  readonly #current = new Map<string, QueuedPod>();

  get length(): number {
    return this.#current.size;
  }

  push(pod: QueuedPod): void {
    this.#current.set(pod.info.uid, pod);
    let index = this.#heap.push(pod) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = this.#heap[parent];
      if (!above || !before(pod, above)) break;
      this.#heap[index] = above;
      index = parent;
    }
    this.#heap[index] = pod;
  }

  pop(): QueuedPod | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (!first) return undefined;
      this.#dropFirst();
      if (this.#current.get(first.info.uid) !== first) continue;
      this.#current.delete(first.info.uid);
      return first;
    }
  }

  remove(uid: string): void {
    this.#current.delete(uid);
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
      const least = right && before(right, left) ? right : left;
      if (least === right) child++;
      if (!before(least, last)) break;
      this.#heap[index] = least;
      index = child;
    }
    this.#heap[index] = last;
  }
}

function before(a: QueuedPod, b: QueuedPod): boolean {
  return (
    a.info.priority > b.info.priority ||
    (a.info.priority === b.info.priority && a.arrival < b.arrival)
  );
}
