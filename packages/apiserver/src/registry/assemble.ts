/** From definitions to resources: caches, storages, admission; and finding them again by name. */
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import type { ServerServices } from '@navarch/api/extension/context';
import { apiVersionOf, type KubernetesObject } from '@navarch/api/extension/object';
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { failure } from '@navarch/api/status';
import type { Runtime } from '@navarch/runtime/runtime';
import type { Revision, Store } from '@navarch/store/store';
import { AdmissionChain } from '../admission/chain.ts';
import type { WatchFrame } from '../request/request.ts';
import { createShape } from '../watch-cache/entry.ts';
import { Frame } from '../watch-cache/event.ts';
import type { StoreFeed } from '../watch-cache/feed.ts';
import { FlushQueue } from '../watch-cache/flush-queue.ts';
import { EncodingBudget } from '../watch-cache/kept-encodings.ts';
import { WatchCache } from '../watch-cache/watch-cache.ts';
import { describeResource, type Resource } from './resource.ts';
import { Storage } from './storage.ts';
import { StoredResources } from './stored-resources.ts';
import { SharedLease } from './time-to-live.ts';
import { encodedValue } from './view.ts';

interface TableOptions {
  readonly definitions: readonly ResourceDefinition[];
  readonly store: Store;
  readonly runtime: Runtime;
  readonly admission: readonly AdmissionPlugin[];
  readonly services: ServerServices;
}

export interface ServedKind {
  readonly group: string;
  readonly resource: string;
  readonly isNamespaced: boolean;
}

export class ResourceTable {
  readonly #resources = new Map<string, Resource>();
  readonly #stored = new StoredResources();
  /** Served ones. Made when somebody asks, and the same until something changes. */
  #definitions: readonly ResourceDefinition[] | undefined;
  #groupVersions: ReadonlySet<string> | undefined;
  #kinds: ReadonlyMap<string, ServedKind> | undefined;
  readonly #options: TableOptions;
  readonly #feed: StoreFeed;
  readonly #queue: FlushQueue;
  readonly #encodings: EncodingBudget;

  constructor(options: TableOptions, feed: StoreFeed) {
    this.#options = options;
    this.#feed = feed;
    this.#queue = new FlushQueue(options.runtime.clock);
    this.#encodings = new EncodingBudget(options.runtime.clock);
    const views = options.definitions.filter((definition) => definition.viewOf);
    for (const definition of options.definitions) if (!definition.viewOf) this.add(definition);
    for (const definition of views) this.add(definition);
  }

  get definitions(): readonly ResourceDefinition[] {
    this.#definitions ??= [...this.#resources.values()]
      .map(({ definition }) => definition)
      .filter(({ isHidden }) => !isHidden);
    return this.#definitions;
  }

  /** What requests reach. */
  find(group: string, version: string, plural: string): Resource | undefined {
    const found = this.#resources.get(`${group}/${version}/${plural}`);
    return found?.definition.isHidden ? undefined : found;
  }

  /** Also what is only stored. */
  findAny({ group, version, plural }: ResourceDefinition): Resource | undefined {
    return this.#resources.get(`${group}/${version}/${plural}`);
  }

  /** The resource of that name in its stored version. */
  findStored(group: string, plural: string): Resource | undefined {
    return this.#stored.get(group, plural);
  }

  /** What objects of a kind are served as. */
  findKind(apiVersion: string, kind: string): ServedKind | undefined {
    this.#kinds ??= new Map(
      this.definitions.map((definition) => {
        const { group, plural, scope } = definition;
        const served = { group, resource: plural, isNamespaced: scope === 'Namespaced' };
        return [`${apiVersionOf(definition)} ${definition.kind}`, served];
      }),
    );
    return this.#kinds.get(`${apiVersion} ${kind}`);
  }

  serves(group: string, version: string): boolean {
    this.#groupVersions ??= new Set(
      this.definitions.map((definition) => `${definition.group}/${definition.version}`),
    );
    return this.#groupVersions.has(`${group}/${version}`);
  }

  /** Whether custom resources are all that there is in the group. */
  hasOnlyCustom(group: string): boolean {
    return this.definitions.every((other) => other.group !== group || other.custom !== undefined);
  }

  objectCounts(): readonly { readonly definition: ResourceDefinition; readonly count: number }[] {
    return this.#stored
      .all()
      .flatMap(({ definition, storage }) =>
        storage ? [{ definition, count: storage.cache.size }] : [],
      );
  }

  /** A view comes after what it is a view of. */
  add(definition: ResourceDefinition): Resource {
    const { viewOf, plural } = definition;
    const stored =
      viewOf && this.#resources.get(`${viewOf.group}/${viewOf.version}/${viewOf.plural}`);
    if (viewOf && !stored) throw new Error(`${plural} is a view of what is not served`);
    return this.publish(this.prepare(definition, { stored, storage: undefined }));
  }

  /** What nobody sees yet. `storage` goes on with what another definition had. */
  prepare(
    definition: ResourceDefinition,
    {
      stored,
      storage,
    }: { readonly stored: Resource | undefined; readonly storage: Storage | undefined },
  ): Resource {
    const { group, version, plural, viewOf } = definition;
    const { definitions: _, admission, ...rest } = this.#options;
    return describeResource(definition, {
      storage: viewOf ? undefined : (storage ?? this.#storageOf(definition, rest)),
      admission: new AdmissionChain(admission, { group, version, resource: plural }),
      stored,
      services: this.#options.services,
    });
  }

  publish(resource: Resource): Resource {
    const { group, version, plural, viewOf } = resource.definition;
    this.#resources.set(`${group}/${version}/${plural}`, resource);
    this.#changed();
    if (!viewOf || !this.#stored.get(group, plural)) {
      this.#stored.set(group, plural, resource);
    }
    return resource;
  }

  /** Forgets a resource; its objects stay in the store, and `keepStorage` leaves its watches to whom the storage goes. */
  remove({ group, version, plural }: ResourceDefinition, keepStorage?: Storage): void {
    const resource = this.#resources.get(`${group}/${version}/${plural}`);
    if (!resource) return;
    this.#changed();
    this.#resources.delete(`${group}/${version}/${plural}`);
    resource.versions.delete(resource.apiVersion);
    if (this.#stored.get(group, plural) === resource) this.#stored.delete(group, plural);
    if (resource.storage && resource.storage !== keepStorage) {
      this.#feed.remove(resource.storage.cache);
    }
  }

  #changed(): void {
    this.#definitions = undefined;
    this.#groupVersions = undefined;
    this.#kinds = undefined;
  }

  /** What was stored in another version, converted as that version's view does; as it is when there is none. */
  #adopted({ plural }: ResourceDefinition, object: KubernetesObject): KubernetesObject {
    const { apiVersion = '' } = object;
    const groupVersion = apiVersion.includes('/') ? apiVersion : `/${apiVersion}`;
    const view = this.#resources.get(`${groupVersion}/${plural}`)?.definition.viewOf;
    return view?.toStored(object) ?? object;
  }

  /** Undefined for what is computed. */
  #storageOf(
    definition: ResourceDefinition,
    { store, runtime }: Pick<TableOptions, 'store' | 'runtime'>,
  ): Storage | undefined {
    if (definition.answerCreate || definition.answerRead) return undefined;
    const selectable = definition.selectableFields ?? {};
    const names = Object.keys(selectable);
    const indexed = (definition.indexedFields ?? []).map((name) => names.indexOf(name));
    const readFields = Object.values(selectable);
    const { kind } = definition;
    const shape = createShape(kind, apiVersionOf(definition), readFields, {
      keepsVersions: definition.custom?.fromOther !== undefined,
      ...(!definition.custom && { adopt: (object) => this.#adopted(definition, object) }),
    });
    const cache = new WatchCache({
      shape,
      prefix: `/registry/${definition.storagePrefix}/`,
      isNamespaced: definition.scope === 'Namespaced',
      indexedFields: indexed.filter((number) => number >= 0),
      runtime,
      queue: this.#queue,
      encodings: this.#encodings,
      revision: () => this.#feed.revision,
      tooOld,
    });
    this.#feed.add(cache);
    const { timeToLiveSeconds } = definition;
    const lease = timeToLiveSeconds && new SharedLease(store, runtime.clock, timeToLiveSeconds);
    return new Storage(cache, store, this.#feed, lease ? () => lease.current() : undefined);
  }
}

function tooOld(asked: Revision, oldest: Revision): WatchFrame {
  const message = `too old resource version: ${asked} (${oldest})`;
  const { status } = failure(410, 'Expired', message);
  return new Frame('ERROR', encodedValue(status));
}
