/** What simulated containers printed: a bounded number of lines per container, the newest kept. */

export interface LogEntry {
  readonly atMs: number;
  readonly text: string;
}

export interface ContainerLog {
  /** Of the current start, or the last one when the container does not run. */
  readonly current: readonly LogEntry[];
  readonly previous: readonly LogEntry[];
}

/** Lines kept per start of a container. */
const linesMax = 1000;

export class ContainerLogs {
  /** Pod uid -> container name -> log. */
  readonly #pods = new Map<string, Map<string, ContainerLog>>();

  /** A container started: what it printed before becomes the previous log. */
  start(podUid: string, container: string, lines: readonly string[], atMs: number): void {
    const containers = this.#pods.get(podUid) ?? new Map<string, ContainerLog>();
    this.#pods.set(podUid, containers);
    const previous = containers.get(container)?.current ?? [];
    containers.set(container, {
      current: lines.slice(-linesMax).map((text) => ({ atMs, text })),
      previous,
    });
  }

  read(podUid: string, container: string): ContainerLog | undefined {
    return this.#pods.get(podUid)?.get(container);
  }

  forget(podUid: string): void {
    this.#pods.delete(podUid);
  }
}
