/**
 * Objects that a webhook converts before anybody may look: those that are wanted at the same moment are sent together. One that could
 * not be converted is tried again when it is wanted again.
 */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { unknownReason } from '@navarch/api/status';
import type { Encoded } from '../request/request.ts';
import { encodeJson } from '@navarch/codec/json';
import { deepFreeze } from '../watch-cache/freeze.ts';

type Convert = (objects: readonly KubernetesObject[]) => Promise<readonly KubernetesObject[]>;

export class ConversionBatch {
  readonly #convert: Convert;
  #waiting: KubernetesObject[] = [];
  #under: Promise<readonly KubernetesObject[]> | undefined;

  constructor(convert: Convert) {
    this.#convert = convert;
  }

  /** Resolves when the object, and all that were added in the same turn, are converted. */
  async add(object: KubernetesObject): Promise<KubernetesObject> {
    const place = this.#waiting.push(object) - 1;
    this.#under ??= Promise.resolve().then(() => {
      const objects = this.#waiting;
      this.#waiting = [];
      this.#under = undefined;
      return this.#convert(objects);
    });
    const converted = (await this.#under)[place];
    if (!converted) throw unknownReason('the object was not converted');
    return converted;
  }
}

export class ConvertedAhead implements Encoded {
  readonly #raw: KubernetesObject;
  readonly #batch: ConversionBatch;
  readonly #read: (converted: KubernetesObject) => KubernetesObject;
  #pending: Promise<void> | undefined;
  #value: KubernetesObject | undefined;
  #json: Uint8Array | undefined;

  /** `read` makes the object that clients see of the one that the webhook made. */
  constructor(
    raw: KubernetesObject,
    batch: ConversionBatch,
    read: (converted: KubernetesObject) => KubernetesObject,
  ) {
    this.#raw = raw;
    this.#batch = batch;
    this.#read = read;
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
    this.#json ??= Buffer.from(encodeJson(this.value()));
    return this.#json;
  }

  async #convert(): Promise<void> {
    try {
      this.#value = deepFreeze(this.#read(await this.#batch.add(this.#raw)));
    } finally {
      this.#pending = undefined;
    }
  }
}
