/** What happened to one object, and the frames that tell watchers of it: made once, shared by all who see the same. */
import type { Revision } from '@navarch/store/store';
import type { Encoded, WatchFrame } from '../request/request.ts';
import type { Entry } from './entry.ts';

/** How a watcher wants to see objects: as they are, as another version, as metadata only. */
export interface Presentation {
  present(entry: Entry): Encoded;
  /** Whether all watchers of this presentation see the same, so that one frame serves them. */
  readonly shared: boolean;
  /** Shows objects as another one does from now on: the resource's definition changed. */
  become?(other: Presentation): void;
}

export const plain: Presentation = { present: (entry) => entry, shared: true };

export class CacheEvent {
  readonly revision: Revision;
  /** The new state; of a deletion the last one, at the deletion's revision. */
  readonly entry: Entry;
  readonly previous: Entry | undefined;
  readonly deleted: boolean;
  #left: Entry | undefined;
  #frames: { readonly type: string; readonly of: Presentation; readonly frame: Frame }[] = [];

  constructor(
    change: { readonly entry: Entry; readonly previous: Entry | undefined },
    deleted: boolean,
  ) {
    this.revision = change.entry.revision;
    this.entry = change.entry;
    this.previous = change.previous;
    this.deleted = deleted;
  }

  /** What a watcher is shown whose selector no longer matches: the object as it was, at this revision. */
  get left(): Entry {
    if (this.deleted || !this.previous) return this.entry;
    this.#left ??= this.previous.at(this.revision);
    return this.#left;
  }

  frame(type: 'ADDED' | 'MODIFIED' | 'DELETED', presentation: Presentation): WatchFrame {
    const entry = type === 'DELETED' ? this.left : this.entry;
    if (!presentation.shared) return new Frame(type, presentation.present(entry));
    for (const known of this.#frames) {
      if (known.type === type && known.of === presentation) return known.frame;
    }
    const frame = new Frame(type, presentation.present(entry));
    this.#frames.push({ type, of: presentation, frame });
    return frame;
  }

  /** Lets go of the frames: the window keeps events for a long time, and frames are as large as objects. */
  forgetFrames(): void {
    this.#frames = [];
    this.#left = undefined;
  }
}

const frameTail = Buffer.from('}\n');

/** A frame encodes itself when the first transport asks; in-process watchers never do. */
export class Frame implements WatchFrame {
  readonly type: WatchFrame['type'];
  readonly object: Encoded;
  #json: Uint8Array | undefined;
  #encoded: Uint8Array | undefined;

  constructor(type: WatchFrame['type'], object: Encoded) {
    this.type = type;
    this.object = object;
  }

  json(): Uint8Array {
    this.#json ??= Buffer.concat([
      Buffer.from(`{"type":"${this.type}","object":`),
      this.object.json(),
      frameTail,
    ]);
    return this.#json;
  }

  encoded(encode: (frame: WatchFrame) => Uint8Array): Uint8Array {
    this.#encoded ??= encode(this);
    return this.#encoded;
  }
}
