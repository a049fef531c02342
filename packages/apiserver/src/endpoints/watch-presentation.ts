/** How a watch shows objects: as its version has them, as metadata, or as rows of a table. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { present } from '../registry/resource.ts';
import { encodedValue } from '../registry/view.ts';
import type { Encoded } from '../request/request.ts';
import type { Entry } from '../watch-cache/entry.ts';
import type { Presentation } from '../watch-cache/event.ts';
import type { Call } from './call.ts';
import { partialMetadata } from './metadata.ts';
import type { MetaVersion, OutputForm } from './negotiate.ts';
import { tableOf, wrongForm } from './present.ts';
import { includeObjectOf, tableHead, tableRow } from './table.ts';

export interface WatchPresentation {
  readonly presentation: Presentation;
  /** The same for objects that are in no cache: bookmarks. */
  readonly presentObject: (object: Encoded) => Encoded;
}

export function watchPresentation(call: Call, { transform }: OutputForm): WatchPresentation {
  const { resource } = call;
  switch (transform.kind) {
    case 'none':
      return { presentation: resource.presentation, presentObject: (object) => object };
    case 'metadata': {
      if (transform.isList) throw wrongForm(call, 'PartialObjectMetadataList', false);
      const { version } = transform;
      return ofObjects(call, (object) => encodedValue(partialMetadata(object.value(), version)));
    }
    case 'table':
      return ofObjects(call, tableOfObject(call, transform.version));
    default:
      return transform satisfies never;
  }
}

function ofObjects(
  { resource }: Call,
  presentObject: (object: Encoded) => Encoded,
): WatchPresentation {
  const presentEntry = (entry: Entry): Encoded => {
    const object = present(resource, entry);
    return object.ready?.() ? new Presented(object, presentObject) : presentObject(object);
  };
  return { presentation: { present: presentEntry, shared: false }, presentObject };
}

/** Of an object that somebody still converts. */
class Presented implements Encoded {
  readonly #object: Encoded;
  readonly #present: (object: Encoded) => Encoded;
  #presented: Encoded | undefined;

  constructor(object: Encoded, presentObject: (object: Encoded) => Encoded) {
    this.#object = object;
    this.#present = presentObject;
  }

  ready(): Promise<void> | undefined {
    return this.#object.ready?.();
  }

  value(): KubernetesObject {
    return this.#made().value();
  }

  json(): Uint8Array {
    return this.#made().json();
  }

  #made(): Encoded {
    return (this.#presented ??= this.#present(this.#object));
  }
}

/** The columns come with the first table only. */
function tableOfObject(call: Call, version: MetaVersion): (object: Encoded) => Encoded {
  const includeObject = includeObjectOf(call.request.query);
  const { clock } = call.surroundings.runtime;
  const definition = tableOf(call);
  let isFirst = true;
  return (object) => {
    const value = object.value();
    const { resourceVersion = '' } = value.metadata;
    const head = tableHead(definition, { resourceVersion }, version);
    const options = { version, includeObject, nowMs: clock.wallMs() };
    const rows = [tableRow(definition, value, options)];
    const columnDefinitions = isFirst ? head.columnDefinitions : null;
    isFirst = false;
    return encodedValue({ ...head, columnDefinitions, rows } as unknown as KubernetesObject);
  };
}
