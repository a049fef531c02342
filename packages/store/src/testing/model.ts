/** The store as a few lines: every state it was ever in. What an engine does is compared with this. */
import {
  type Change,
  type Entry,
  noRevision,
  type Outcome,
  type Revision,
  type Transaction,
} from '../store.ts';

type State = ReadonlyMap<string, Entry>;

export class StoreModel {
  /** By revision, from 0 on. */
  readonly #states: State[] = [new Map(), new Map()];
  readonly #changes: Change[] = [];
  compacted: Revision = noRevision;

  get revision(): Revision {
    return (this.#states.length - 1) as Revision;
  }

  transact({ conditions, operations }: Transaction): Outcome {
    const current = this.#states[this.revision] ?? new Map<string, Entry>();
    const holds = conditions.every(
      ({ key, modRevision }) => (current.get(key)?.modRevision ?? noRevision) === modRevision,
    );
    if (!holds) {
      const found = conditions.map(({ key }) => current.get(key));
      return { succeeded: false, revision: this.revision, current: found };
    }
    const revision = (this.revision + 1) as Revision;
    const next = new Map(current);
    const changes: Change[] = [];
    for (const operation of operations) {
      const { key } = operation;
      const previous = current.get(key);
      if (operation.kind === 'put') {
        const createRevision = previous?.createRevision ?? revision;
        const entry = { key, value: operation.value, createRevision, modRevision: revision };
        next.set(key, entry);
        changes.push({ kind: 'put', key, entry, revision, ...(previous && { previous }) });
      } else if (next.delete(key) && previous) {
        changes.push({ kind: 'delete', key, entry: previous, revision });
      }
    }
    if (changes.length > 0) {
      this.#states.push(next);
      this.#changes.push(...changes);
    }
    return { succeeded: true, revision: this.revision };
  }

  entries(start: string, end: string, revision: Revision): Entry[] {
    return [...(this.#states[revision]?.values() ?? [])]
      .filter(({ key }) => key >= start && key < end)
      .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  }

  changesAfter(revision: Revision): Change[] {
    return this.#changes.filter((change) => change.revision > revision);
  }
}
