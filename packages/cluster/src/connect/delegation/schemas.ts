/**
 * What other servers say of themselves in OpenAPI: asked beside requests, kept until they say something else. A server that is away
 * is shown as it last was. Documents of version 3 are not kept: the index says where they are, and requests for them are passed on.
 */
import type { APIService } from '@navarch/api/types/apiregistration/v1';
import type {
  DelegatedSchema,
  DelegatedSchemas,
  DelegatedVersion,
} from '@navarch/apiserver/aggregation/delegation';
import { decodeJson, encodeJson } from '@navarch/codec/json';
import { filterPaths, type Json } from '@navarch/apiserver/openapi/merge';

/** An answer, read whole. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** Asks the server behind an API service. Rejects when there is no answer. */
export type Ask = (path: string, headers: Readonly<Record<string, string>>) => Promise<Answer>;

interface Document {
  /** As the server calls this state of it; undefined when it has no name for it. */
  readonly etag: string | undefined;
  /** JSON: most of the time nobody reads it. */
  readonly text: string;
  readonly tag: string;
}

interface Told {
  /** A service that was removed and made again is another one. */
  readonly uid: string | undefined;
  v2?: Document;
  /** URLs by paths; 'none' when it has no documents of version 3. */
  v3?: ReadonlyMap<string, string> | 'none';
}

export interface Delegated {
  readonly source: APIService;
  readonly version: DelegatedVersion;
}

export class SchemasOfOthers {
  /** By the names of API services. */
  readonly #told = new Map<string, Told>();
  /** Goes up with each change. */
  #changes = 0;

  get changes(): number {
    return this.#changes;
  }

  /** 'none': the server has no such documents. Throws when it could not be asked; what the others told stays. */
  async refresh(service: APIService, ask: Ask): Promise<'told' | 'none'> {
    const results = await Promise.allSettled([
      this.#refreshV3(service, ask),
      this.#refreshV2(service, ask),
    ]);
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    return results.some((each) => each.status === 'fulfilled' && each.value) ? 'told' : 'none';
  }

  /** Forgets all but these. */
  retainOnly(services: readonly APIService[]): void {
    const uids = new Map(services.map(({ metadata }) => [metadata.name, metadata.uid]));
    for (const [name, { uid }] of this.#told) {
      if (!uids.has(name) || uids.get(name) !== uid) this.#told.delete(name);
    }
    this.#changes++;
  }

  /** `isRegistered`: whether a group and version has an API service, which then is where it is served. */
  all(
    delegated: readonly Delegated[],
    isRegistered: (group: string, version: string) => boolean,
  ): DelegatedSchemas {
    const inOrder = sorted(delegated).flatMap((each) => {
      const told = this.#told.get(each.source.metadata.name ?? '');
      return told ? [{ ...each, told }] : [];
    });
    const v3 = new Map<string, DelegatedSchema>();
    for (const { version: from, told } of inOrder) {
      for (const [path, schema] of schemasOf(from, told)) {
        if (!v3.has(path) && mayShow(from, path, isRegistered)) v3.set(path, schema);
      }
    }
    const v2 = inOrder.flatMap(({ told }) => (told.v2 ? [readable(told.v2)] : []));
    return { v2, v3 };
  }

  async #refreshV3(service: APIService, ask: Ask): Promise<boolean> {
    const { status, body } = await ask('/openapi/v3', { accept: 'application/json' });
    if (status !== 200 && status !== 404) {
      throw new Error(`/openapi/v3 answered with status ${status}`);
    }
    const urls = status === 404 ? 'none' : urlsOf(JSON.parse(new TextDecoder().decode(body)));
    const told = this.#of(service);
    if (!isSame(told.v3, urls)) {
      told.v3 = urls;
      this.#changes++;
    }
    return urls !== 'none';
  }

  async #refreshV2(service: APIService, ask: Ask): Promise<boolean> {
    const known = this.#of(service).v2;
    const { status, headers, body } = await ask('/openapi/v2', {
      accept: 'application/json',
      ...(known?.etag !== undefined && { 'if-none-match': known.etag }),
    });
    if (status === 304 && known) return true;
    if (status === 404) return false;
    if (status !== 200) throw new Error(`/openapi/v2 answered with status ${status}`);
    const { group = '', version = '' } = service.spec;
    const document = decodeJson(new TextDecoder().decode(body)) as Json;
    const prefix = `/apis/${group}/${version}/`;
    const text = encodeJson(filterPaths(document, (path) => path.startsWith(prefix)));
    const { etag } = headers;
    const told = this.#of(service);
    if (told.v2?.text === text) {
      told.v2 = { ...told.v2, etag };
      return true;
    }
    this.#changes++;
    told.v2 = { etag, text, tag: `${service.metadata.uid} ${etag ?? this.#changes}` };
    return true;
  }

  #of({ metadata: { name = '', uid } }: APIService): Told {
    const known = this.#told.get(name);
    if (known && known.uid === uid) return known;
    const made: Told = { uid };
    this.#told.set(name, made);
    return made;
  }
}

function schemasOf(
  from: DelegatedVersion,
  { v2, v3 }: Told,
): readonly (readonly [string, DelegatedSchema])[] {
  if (typeof v3 === 'object') {
    return [...v3].map(([path, url]) => [path, { kind: 'elsewhere', url, from }]);
  }
  if (v3 !== 'none' || !v2) return [];
  return [[`apis/${from.group}/${from.version}`, { kind: 'converted', ...readable(v2) }]];
}

function readable({ tag, text }: Document): DelegatedSchemas['v2'][number] {
  return { tag, read: () => decodeJson(text) as Json };
}

/** As kube-aggregator: groups by the highest priority that any of their API services has, and within a group by name. */
function sorted(delegated: readonly Delegated[]): readonly Delegated[] {
  const priorities = new Map<string, number>();
  for (const { version } of delegated) {
    const known = priorities.get(version.group) ?? version.priority.group;
    priorities.set(version.group, Math.max(known, version.priority.group));
  }
  const priorityOf = ({ version }: Delegated): number => priorities.get(version.group) ?? 0;
  const nameOf = ({ source }: Delegated): string => source.metadata.name ?? '';
  return delegated.toSorted(
    (a, b) => priorityOf(b) - priorityOf(a) || (nameOf(a) < nameOf(b) ? -1 : 1),
  );
}

/** A server speaks for its own version, and for what else it has of the group as long as nobody else does. */
function mayShow(
  { group, version }: DelegatedVersion,
  path: string,
  isRegistered: (group: string, version: string) => boolean,
): boolean {
  const own = `apis/${group}`;
  if (path === own || path === `${own}/${version}`) return true;
  return path.startsWith(`${own}/`) && !isRegistered(group, path.slice(own.length + 1));
}

function urlsOf(index: unknown): ReadonlyMap<string, string> {
  const { paths } = index as { readonly paths?: Readonly<Record<string, unknown>> };
  const urls = new Map<string, string>();
  for (const [path, entry] of Object.entries(paths ?? {})) {
    const { serverRelativeURL: url } = entry as { readonly serverRelativeURL?: unknown };
    if (typeof url === 'string') urls.set(path, url);
  }
  return urls;
}

function isSame(a: Told['v3'], b: Told['v3']): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  return a.size === b.size && [...a].every(([path, url]) => b.get(path) === url);
}
