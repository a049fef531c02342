/** A served version that is stored as another: entries are converted when somebody looks, once per entry. */
import { apiVersionOf, type KubernetesObject } from '@navarch/api/extension/object';
import type { ServerServices } from '@navarch/api/extension/context';
import type { CustomForm } from '@navarch/api/extension/custom';
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import type { Encoded } from '../request/request.ts';
import type { Entry } from '../watch-cache/entry.ts';
import type { Presentation } from '../watch-cache/event.ts';
import { deepFreeze } from '../watch-cache/freeze.ts';
import { ConversionBatch, ConvertedAhead } from './converted-ahead.ts';
import { encodeJson } from '@navarch/codec/json';
import { readStored } from './object-form.ts';

export function viewPresentation(definition: ResourceDefinition): Presentation {
  const view = definition.viewOf;
  if (!view) throw new Error(`${definition.plural} is not a view`);
  return presentAs((entry) => new EncodedValue(() => view.fromStored(entry.value())));
}

/** Custom objects are read by the schema that there is now, whatever they were written by. */
export function customPresentation(
  stored: CustomForm,
  { custom = stored, viewOf: view, ...type }: ResourceDefinition,
  services: ServerServices,
): Presentation {
  const { fromOther } = custom;
  if (fromOther) return convertedPresentation(custom, apiVersionOf(type), fromOther, services);
  const read = (entry: Entry): KubernetesObject => readStored(stored, entry.value());
  if (!view) return presentAs((entry) => new EncodedValue(() => read(entry)));
  return presentAs((entry) => new EncodedValue(() => view.fromStored(read(entry))));
}

/** What is stored in this very version needs no webhook, whichever version is the stored one now. */
function convertedPresentation(
  custom: CustomForm,
  apiVersion: string,
  fromOther: NonNullable<CustomForm['fromOther']>,
  services: ServerServices,
): Presentation {
  const batch = new ConversionBatch((objects) => fromOther(objects, services));
  return presentAs((entry) => {
    const raw = entry.value();
    if (raw.apiVersion === apiVersion) return new EncodedValue(() => readStored(custom, raw));
    return new ConvertedAhead(raw, batch, (object) => readStored(custom, object));
  });
}

function presentAs(encode: (entry: Entry) => Encoded): Presentation {
  const known = new WeakMap<Entry, Encoded>();
  let present = (entry: Entry): Encoded => {
    const made = known.get(entry) ?? encode(entry);
    known.set(entry, made);
    return made;
  };
  return {
    present: (entry) => present(entry),
    shared: true,
    become: (other) => {
      present = (entry) => other.present(entry);
    },
  };
}

/** An object that has no bytes yet: a converted one, the answer of a dry run, a review. */
export class EncodedValue implements Encoded {
  readonly #make: () => KubernetesObject;
  #value: KubernetesObject | undefined;
  #json: Uint8Array | undefined;

  constructor(make: () => KubernetesObject) {
    this.#make = make;
  }

  value(): KubernetesObject {
    this.#value ??= deepFreeze(this.#make());
    return this.#value;
  }

  json(): Uint8Array {
    this.#json ??= Buffer.from(encodeJson(this.value()));
    return this.#json;
  }
}

export function encodedValue(object: KubernetesObject): Encoded {
  return new EncodedValue(() => object);
}
