/** The body of a list: head, items, tail, in pieces that a transport can write one after the other. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { limits } from '@navarch/runtime/limits';
import type { ListResult } from '../registry/list.ts';
import type { Resource } from '../registry/resource.ts';
import type { ApiBody, TakeBuffer } from '../request/request.ts';
import type { Entry } from '../watch-cache/entry.ts';
import { encodeJson } from '@navarch/codec/json';
import { deepFreeze } from '../watch-cache/freeze.ts';

type ListBody = Extract<ApiBody, { kind: 'list' }>;

export interface ListMeta {
  readonly resourceVersion?: string;
  readonly continue?: string;
  readonly remainingItemCount?: number;
}

export function listMetaOf(result: ListResult): ListMeta {
  return {
    resourceVersion: String(result.revision),
    ...(result.continueToken === '' ? undefined : { continue: result.continueToken }),
    ...(result.remainingItemCount === undefined
      ? undefined
      : { remainingItemCount: result.remainingItemCount }),
  };
}

/** The entries as they are stored: their bytes are copied into place, nothing is encoded again. */
export function entryListBody(resource: Resource, result: ListResult): ListBody {
  const { kind } = resource.definition;
  const type = { kind: `${kind}List`, apiVersion: resource.apiVersion };
  const metadata = listMetaOf(result);
  const { entries } = result;
  return {
    kind: 'list',
    chunks: (take = freshBuffer) => entryChunks(headText({ ...type, metadata }), entries, take),
    value: () => deepFreeze({ ...type, metadata, items: entries.map((entry) => entry.value()) }),
  };
}

/** Any other list: converted objects, metadata, table rows. Null stands for an empty list where upstream says so. */
export function valueListBody(
  members: { readonly kind: string; readonly apiVersion: string; readonly metadata: ListMeta },
  name: 'items' | 'rows',
  items: readonly unknown[] | null,
): ListBody {
  const whole = { ...members, [name]: items };
  return {
    kind: 'list',
    chunks: () =>
      items ? textChunks(headText(members, name), items) : [Buffer.from(`${encodeJson(whole)}\n`)],
    value: () => deepFreeze(whole),
  };
}

/** Lists of custom kinds: members in the order of their names, each item with its kind. */
export function customListBody(
  members: { readonly kind: string; readonly apiVersion: string; readonly metadata: ListMeta },
  items: readonly object[],
): ListBody {
  const { kind, apiVersion } = members;
  const { resourceVersion = '', remainingItemCount, continue: next = '' } = members.metadata;
  const metadata = {
    continue: next,
    ...(remainingItemCount === undefined ? undefined : { remainingItemCount }),
    resourceVersion,
  };
  const head = `{"apiVersion":${JSON.stringify(apiVersion)},"items":[`;
  const tail = `],"kind":${JSON.stringify(kind)},"metadata":${JSON.stringify(metadata)}}\n`;
  return {
    kind: 'list',
    chunks: () => textChunks(head, items, tail),
    value: () => deepFreeze({ apiVersion, items, kind, metadata }),
  };
}

/** An item of a list says its kind only where kinds are mixed. */
export function withoutType(object: KubernetesObject): object {
  const { kind: _, apiVersion: __, ...item } = object;
  return item;
}

function headText(members: object, name = 'items'): string {
  return `${JSON.stringify(members).slice(0, -1)},"${name}":[`;
}

const comma = 0x2c;
const tailText = ']}\n';

const freshBuffer: TakeBuffer = (bytes) => Buffer.allocUnsafeSlow(bytes);

function* entryChunks(
  head: string,
  entries: readonly Entry[],
  take: TakeBuffer,
): Iterable<Uint8Array> {
  let chunk = take(firstSize(entries, head.length));
  let at = chunk.write(head, 0);
  for (let index = 0; index < entries.length; index++) {
    const entry = entries[index];
    if (!entry) continue;
    const most = entry.itemLengthMax + 1;
    if (at + most > chunk.length) {
      yield chunk.subarray(0, at);
      chunk = take(Math.max(limits.responseChunkBytes, most));
      at = 0;
    }
    if (index > 0) chunk[at++] = comma;
    at = entry.writeItem(chunk, at);
  }
  yield* ending(chunk, at);
}

/** Short lists do not need a whole chunk. */
function firstSize(entries: readonly Entry[], headLength: number): number {
  let size = headLength * 3 + tailText.length; // As UTF-8 a character of the head takes three bytes at most.
  for (const entry of entries) {
    size += entry.itemLengthMax + 1;
    if (size > limits.responseChunkBytes)
      return Math.max(limits.responseChunkBytes, headLength * 3);
  }
  return size;
}

function* ending(chunk: Buffer, at: number): Iterable<Uint8Array> {
  if (at + tailText.length <= chunk.length) {
    yield chunk.subarray(0, at + chunk.write(tailText, at));
    return;
  }
  yield chunk.subarray(0, at);
  yield Buffer.from(tailText);
}

function* textChunks(
  head: string,
  items: readonly unknown[],
  tail = tailText,
): Iterable<Uint8Array> {
  let text = head;
  for (let index = 0; index < items.length; index++) {
    const item = encodeJson(items[index]);
    text += index === 0 ? item : `,${item}`;
    if (text.length < limits.responseChunkBytes) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text + tail);
}
