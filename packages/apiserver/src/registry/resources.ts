/**
 * All resources that a server serves: built from definitions, backed by a store, reached by requests or directly. The assembly
 * is all there is here; what happens to a request is in `endpoints`, what happens to an object in the files beside this one.
 */
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import type {
  ObjectReader,
  ObjectWriter,
  ResourceName,
  ServerServices,
  UserInfo,
} from '@navarch/api/extension/context';
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { isStatusError, toStatusError } from '@navarch/api/status';
import type { Runtime } from '@navarch/runtime/runtime';
import type { Store } from '@navarch/store/store';
import type { RequestAudit } from '../audit/request-audit.ts';
import { answerError, Warnings } from '../endpoints/answer.ts';
import type { Connector, Surroundings } from '../endpoints/call.ts';
import { dispatch, methodNotAllowed, pathNotFound, subresourceOf } from '../endpoints/dispatch.ts';
import { notFoundPage } from '../http/answers.ts';
import type { ApiRequest, ApiResponse } from '../request/request.ts';
import type { RequestInfo } from '../request/route.ts';
import { StoreFeed } from '../watch-cache/feed.ts';
import { ResourceTable } from './assemble.ts';
import { changeServed } from './change-served.ts';
import { createContext } from './context.ts';
import { createReader } from './reader.ts';
import { encodedValue } from './view.ts';
import { createWriter } from './writer.ts';

export interface ResourcesOptions {
  /** Views may stand before or after what they are views of. */
  readonly definitions: readonly ResourceDefinition[];
  readonly store: Store;
  readonly runtime: Runtime;
  /** In their order. */
  readonly admission: readonly AdmissionPlugin[];
  readonly services: ServerServices;
  /** Carries out connect subresources; without one they answer 503. */
  readonly connector?: Connector;
}

export interface Resources {
  /** What is served now. */
  readonly definitions: readonly ResourceDefinition[];
  find(group: string, version: string, plural: string): ResourceDefinition | undefined;
  /** Whether anything is served in that group and version. */
  serves(group: string, version: string): boolean;
  /** Current, synchronous, frozen. Before `ready` it shows nothing. */
  readonly reader: ObjectReader;
  readonly writer: ObjectWriter;
  /** Answers a request about a resource, errors included: it never rejects. Authorization is the caller's business. */
  handle(
    request: ApiRequest,
    info: RequestInfo,
    user: UserInfo,
    audit?: RequestAudit,
  ): Promise<ApiResponse>;
  /** Fills the caches; resolves when they show what the store holds. */
  ready(): Promise<void>;
  /** How many objects each resource has, for metrics. */
  objectCounts(): readonly { readonly definition: ResourceDefinition; readonly count: number }[];
  objectCount(of: ResourceName): number;
  /** How many watches there are of a resource. */
  watcherCount(definition: ResourceDefinition): number;
  /** Serves more resources from now on (custom ones); resolves when they are served, with what the store holds of them. */
  serve(definitions: readonly ResourceDefinition[]): Promise<void>;
  /** Serves some instead of others of the same resource. Watches go on where what is stored stays as it is. */
  replace(
    old: readonly ResourceDefinition[],
    definitions: readonly ResourceDefinition[],
  ): Promise<void>;
  /** Serves them no longer. Their objects stay in the store. */
  withdraw(definitions: readonly ResourceDefinition[]): void;
  /** Ends all watches: clients go on elsewhere. Requests are still answered. */
  endWatches(): void;
  stop(): Promise<void>;
}

export function createResources(options: ResourcesOptions): Resources {
  const { store, runtime } = options;
  const feed = new StoreFeed(store, runtime);
  const table = new ResourceTable(options, feed);
  const reader = createReader(table);
  const services: ServerServices = {
    ...options.services,
    resourceOf: (apiVersion, kind) => table.findKind(apiVersion, kind),
  };
  const parts = { runtime, services, reader };
  const writer = createWriter(table, parts);
  const surroundings: Surroundings = { store, runtime, connector: options.connector };
  const handler = new Handler(table, { ...parts, writer }, surroundings);
  return {
    get definitions() {
      return table.definitions;
    },
    find: (group, version, plural) => table.find(group, version, plural)?.definition,
    serves: (group, version) => table.serves(group, version),
    reader,
    writer,
    handle: (request, info, user, audit) => handler.handle(request, info, user, audit),
    ready: () => feed.start(),
    objectCounts: () => table.objectCounts(),
    objectCount: ({ group, resource }) =>
      table.findStored(group, resource)?.stored.storage?.cache.size ?? 0,
    watcherCount: ({ group, version, plural }) =>
      table.find(group, version, plural)?.stored.storage?.cache.watcherCount ?? 0,
    serve: (definitions) => changeServed(table, feed, [], definitions),
    replace: (old, definitions) => changeServed(table, feed, old, definitions),
    withdraw: (definitions) => {
      for (const definition of definitions) table.remove(definition);
    },
    endWatches: () => {
      for (const cache of feed.caches) cache.endWatches();
    },
    stop: () => feed.stop(),
  };
}

interface HandlerParts {
  readonly runtime: Runtime;
  readonly services: ServerServices;
  readonly reader: ObjectReader;
  readonly writer: ObjectWriter;
}

class Handler {
  readonly #table: ResourceTable;
  readonly #parts: HandlerParts;
  readonly #surroundings: Surroundings;

  constructor(table: ResourceTable, parts: HandlerParts, surroundings: Surroundings) {
    this.#table = table;
    this.#parts = parts;
    this.#surroundings = surroundings;
  }

  async handle(
    request: ApiRequest,
    info: RequestInfo,
    user: UserInfo,
    audit: RequestAudit | undefined,
  ): Promise<ApiResponse> {
    const warnings = new Warnings();
    try {
      const resource = this.#table.find(info.group, info.version, info.resource);
      if (!resource) return this.#unknown(info);
      // What is behind a proxy may be asked in any way.
      if (request.method === 'HEAD' && info.subresource !== 'proxy') throw methodNotAllowed();
      if (info.verb === 'watch' && request.method !== 'GET') throw methodNotAllowed();
      const subresource = subresourceOf(resource, info, request.method);
      const { deprecationWarning } = resource.definition;
      if (deprecationWarning !== undefined) {
        warnings.add(deprecationWarning);
        if (audit) noteDeprecation(audit, deprecationWarning);
      }
      const context = createContext(this.#parts, { request, user, warnings, audit });
      const surroundings = this.#surroundings;
      return await dispatch({
        resource,
        subresource,
        info,
        request,
        context,
        warnings,
        audit,
        surroundings,
      });
    } catch (error) {
      this.#log(error, info, request.signal);
      if (audit) noteFailure(audit, error, request.signal);
      return answerError(error, request, warnings);
    }
  }

  #unknown({ group }: RequestInfo): ApiResponse {
    if (this.#table.hasOnlyCustom(group)) return notFoundPage;
    throw pathNotFound();
  }

  /** Errors that nobody made on purpose are bugs, and somebody should see where. */
  #log(error: unknown, info: RequestInfo, signal: AbortSignal): void {
    if (isStatusError(error) || signal.aborted) return;
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#parts.runtime.log.error('a request failed', { path: info.path, error: text });
  }
}

/** Who reads the audit log may learn who still uses what goes away. */
function noteDeprecation(audit: RequestAudit, warning: string): void {
  audit.annotateAtEnd('k8s.io/deprecated', 'true');
  const [, release] = /unavailable in v(\d+\.\d+)\+/.exec(warning) ?? [];
  if (release !== undefined) audit.annotateAtEnd('k8s.io/removed-release', release);
}

function noteFailure(audit: RequestAudit, error: unknown, signal: AbortSignal): void {
  const { status } = toStatusError(error);
  if (isStatusError(error) || signal.aborted) audit.answers(encodedValue(status));
  else audit.breaks(error);
}
