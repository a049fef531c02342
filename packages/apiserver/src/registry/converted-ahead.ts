/**
 * Objects that a webhook converts before anybody may look: those that are wanted at the same moment are sent together. One that could
 * not be converted is tried again when it is wanted again.
 */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ResourceView } from '@navarch/api/extension/resource';
import { unknownReason } from '@navarch/api/status';
import type { Encoded } from '../request/request.ts';
import { deepFreeze } from '../watch-cache/freeze.ts';

export class ConversionBatch {
  readonly #convert: (objects: readonly KubernetesObject[]) => Promise<void>;
  #waiting: KubernetesObject[] = [];
  #under: Promise<void> | undefined;

  constructor(convert: (objects: readonly KubernetesObject[]) => Promise<void>) {
    this.#convert = convert;
  }

  /** Resolves when the object, and all that were added in the same turn, are converted. */
  add(object: KubernetesObject): Promise<void> {
    this.#waiting.push(object);
    this.#under ??= Promise.resolve().then(() => {
      const objects = this.#waiting;
      this.#waiting = [];
      this.#under = undefined;
      return this.#convert(objects);
    });
    return this.#under;
  }
}

export class ConvertedAhead implements Encoded {
  readonly #read: () => KubernetesObject;
  readonly #view: ResourceView<KubernetesObject>;
  readonly #batch: ConversionBatch;
  #pending: Promise<void> | undefined;
  #value: KubernetesObject | undefined;
  #json: Uint8Array | undefined;

  constructor(
    read: () => KubernetesObject,
    view: ResourceView<KubernetesObject>,
    batch: ConversionBatch,
  ) {
    this.#read = read;
    this.#view = view;
    this.#batch = batch;
  }

  ready(): Promise<void> | undefined {
    if (this.#value) return undefined;
    return (this.#pending ??= this.#convert());
  }

  value(): KubernetesObject {
    if (!this.#value) throw unknownReason('the object has not been converted yet');
    return this.#value;
  }

  json(): Uint8Array {
    this.#json ??= Buffer.from(JSON.stringify(this.value()));
    return this.#json;
  }

  async #convert(): Promise<void> {
    try {
      const object = this.#read();
      await this.#batch.add(object);
      this.#value = deepFreeze(this.#view.fromStored(object));
    } finally {
      this.#pending = undefined;
    }
  }
}
