/**
 * Lists, page by page and at a revision. The first page decides the revision; the following ones see the same moment.
 */
import { badRequest, expired, StatusError, tooLargeResourceVersion } from '@navarch/api/status';
import { goQuote } from '@navarch/codec/go/text';
import { Compacted, prefixRange, type Revision, type Store } from '@navarch/store/store';
import type { ListOptions } from '../request/list-options.ts';
import { Entry } from '../watch-cache/entry.ts';
import { isSelective, type Selection } from '../watch-cache/selection.ts';
import { createTree, type EntryTree } from '../watch-cache/tree.ts';
import { collect, countFrom, type PageOptions } from '../watch-cache/watch-cache.ts';
import { decodeContinue, encodeContinue } from './continue-token.ts';
import type { Storage } from './storage.ts';

export interface ListResult {
  readonly entries: readonly Entry[];
  readonly revision: Revision;
  /** '' when this was the last page. */
  readonly continueToken: string;
  readonly remainingItemCount: number | undefined;
}

export async function listEntries(
  storage: Storage,
  store: Store,
  selection: Selection,
  options: ListOptions,
): Promise<ListResult> {
  const from = startOf(storage, selection, options);
  // Who takes any version gets all of it: upstream answers from its cache, where pages cost more than they save.
  const isLimited =
    options.limit > 0 && options.resourceVersion !== '0' && !namesOne(storage, selection);
  const limit = isLimited ? options.limit : Number.POSITIVE_INFINITY;
  const { cache } = storage;
  if (from.revision === undefined && limit === Number.POSITIVE_INFINITY && from.key === '') {
    return whole(cache.select(selection), cache.revision);
  }
  const revision = from.revision ?? cache.revision;
  const isAsked = from.revision !== undefined;
  const tree = await treeAt(storage, store, { revision, isAsked }).catch((error: unknown) => {
    throw error instanceof Compacted ? tooOld(from.key, selection.namespace) : error;
  });
  const mayFollow = from.revision === undefined ? byIndex(storage, selection) : () => true;
  return page(storage, tree, selection, { from: from.key, limit, mayFollow, revision });
}

/** Upstream ends a page when it is full, not when nothing more matches: only an index knows what does. */
function byIndex({ cache }: Storage, { fields }: Selection): (entry: Entry) => boolean {
  const { indexedFields } = cache.options;
  const term = fields.find(({ field, negated }) => !negated && indexedFields.includes(field));
  return term === undefined ? () => true : (entry) => entry.field(term.field) === term.value;
}

function whole(entries: readonly Entry[], revision: Revision): ListResult {
  return { entries, revision, continueToken: '', remainingItemCount: undefined };
}

interface Start {
  /** The key to begin at; '' for the first. */
  readonly key: string;
  /** Undefined for now. */
  readonly revision: Revision | undefined;
}

function startOf(storage: Storage, selection: Selection, options: ListOptions): Start {
  const now = storage.cache.revision;
  const { namespace } = selection;
  const isOne = namesOne(storage, selection);
  if (options.continueToken !== '' && !isOne) {
    const token = decodeContinue(options.continueToken);
    if (options.resourceVersion !== '' && options.resourceVersion !== '0') {
      throw badRequest('specifying resource version is not allowed when using continue');
    }
    const revision = token.revision > 0 ? (token.revision as Revision) : undefined;
    return { key: baseOf(namespace) + token.start, revision };
  }
  const asked = parseResourceVersion(options.resourceVersion);
  if (asked === 0) return { key: '', revision: undefined };
  if (asked > now) throw tooLargeResourceVersion(asked, now, 1);
  const isExact =
    options.resourceVersionMatch === 'Exact' ||
    (options.resourceVersionMatch === '' && options.limit > 0 && !isOne);
  return { key: '', revision: isExact ? (asked as Revision) : undefined };
}

/** Of one object there are no pages: upstream reads it by its key, whatever else is asked. */
function namesOne(storage: Storage, { name, namespace }: Selection): boolean {
  return name !== '' && (namespace !== '' || !storage.cache.options.isNamespaced);
}

/** 0 when none was given. */
function parseResourceVersion(text: string): number {
  if (text === '' || text === '0') return 0;
  if (!/^\d+$/.test(text)) throw badRequest(`invalid resource version: ${invalidVersion(text)}`);
  return Number(text);
}

export function invalidVersion(text: string): string {
  const cause = `strconv.ParseUint: parsing ${goQuote(text)}: invalid syntax`;
  return `resourceVersion: Invalid value: ${goQuote(text)}: ${cause}`;
}

interface At {
  readonly revision: Revision;
  /** Rather than what there is now. */
  readonly isAsked: boolean;
}

/** The cache may know longer what there was than the store, but nobody is told: upstream's clients wait for lists to expire. */
async function treeAt(storage: Storage, store: Store, at: At): Promise<EntryTree> {
  const { revision, isAsked } = at;
  const cached = storage.cache.treeAt(revision);
  if (!cached) return readTree(storage, store, revision);
  if (isAsked) await store.range(prefixRange(storage.cache.options.prefix), { revision, limit: 1 });
  return cached;
}

const resourceVersionGone = 'The resourceVersion for the provided list is too old.';
const tokenExpired =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

/** Who was in the middle of a list is offered to go on with what there is now. */
function tooOld(from: string, namespace: string): StatusError {
  if (from === '') return expired(resourceVersionGone);
  const { status } = expired(tokenExpired);
  const start = from.slice(baseOf(namespace).length);
  const token = encodeContinue({ start, revision: anyRevision });
  return new StatusError({ ...status, metadata: { continue: token } });
}

/** In a token: whatever there is by then. */
const anyRevision = -1;

/** What the keys of a list have in common. */
function baseOf(namespace: string): string {
  return namespace === '' ? '' : `${namespace}/`;
}

/** What the cache has forgotten, the store may still know. */
async function readTree(storage: Storage, store: Store, revision: Revision): Promise<EntryTree> {
  const { prefix } = storage.cache.options;
  const { entries } = await store.range(prefixRange(prefix), { revision });
  const tree = createTree();
  for (const { key, modRevision, value } of entries) {
    const relative = key.slice(prefix.length);
    tree.set(relative, Entry.stored(storage.shape, relative, modRevision, value));
  }
  return tree;
}

function page(
  storage: Storage,
  tree: EntryTree,
  selection: Selection,
  part: PageOptions & { readonly revision: Revision },
): ListResult {
  const { entries, next } = collect(tree, selection, part);
  if (next === undefined) return whole(entries, part.revision);
  storage.cache.keepSnapshot(part.revision);
  const start = next.slice(baseOf(selection.namespace).length);
  return {
    entries,
    revision: part.revision,
    continueToken: encodeContinue({ start, revision: part.revision }),
    remainingItemCount: isSelective(selection)
      ? undefined
      : countFrom(tree, selection.namespace, next),
  };
}
