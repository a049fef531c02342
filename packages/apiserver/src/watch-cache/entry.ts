/**
 * One stored object at one revision, in the forms that readers want, each made at most once.
 *
 * The JSON is the very buffer that was, or will be, stored: without a resourceVersion, which is spliced in where it is written
 * out. The parsed value is held weakly: informers share it while they keep it, and nobody pays for it when none does.
 *
 * Invariants: E1 a value that leaves is deeply frozen. E2 stored bytes begin with the resource's `head` and are never changed. E3 they
 * end with a space, which never leaves, when whole numbers are in them that JSON.parse would round: all others are parsed by that.
 */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ObjectMeta } from '@navarch/api/types/meta/v1/object';
import type { Revision } from '@navarch/store/store';
import type { Encoded } from '../request/request.ts';
import { deepFreeze } from './freeze.ts';
import { stampResourceVersion } from './stamp.ts';
import { decodeJson, encodeExactly } from '@navarch/codec/json';
import { nameOf, namespaceOf } from './tree.ts';

export type Labels = Readonly<Record<string, string>>;

/** What all entries of a resource have in common. */
export interface EntryShape {
  /** `{"kind":"Pod","apiVersion":"v1",` */
  readonly head: Buffer;
  readonly headText: string;
  readonly kind: string;
  readonly apiVersion: string;
  /** Of the fields that can be selected, in the order of their numbers. */
  readonly readFields: readonly ((object: KubernetesObject) => string)[];
  /** What is stored in another version is shown as such, for somebody to convert. */
  readonly keepsVersions: boolean;
  /** Otherwise this makes it one of this version, but for the version's name. */
  readonly adopt: (object: KubernetesObject) => KubernetesObject;
  /** The same for objects that are stored in another version, which a write brings into this one; undefined when this is it. */
  readonly outdated: EntryShape | undefined;
}

type Adoption = Partial<Pick<EntryShape, 'keepsVersions' | 'adopt'>>;

const uidMark = Buffer.from('"uid":"');
const metadataMark = Buffer.from('"metadata":{');
/** `"resourceVersion":"",` and the digits of the largest whole number. */
const stampLengthMax = 40;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const quote = 0x22;
const slash = 0x2f;
const space = 0x20;
const noLabels: Labels = Object.freeze({});

export function createShape(
  kind: string,
  apiVersion: string,
  readFields: EntryShape['readFields'],
  { keepsVersions = false, adopt = (object) => object }: Adoption = {},
): EntryShape {
  const headText = `${JSON.stringify({ kind, apiVersion }).slice(0, -1)},`;
  const head = Buffer.from(headText);
  const own = { head, headText, kind, apiVersion, readFields, keepsVersions, adopt };
  return { ...own, outdated: { ...own, outdated: undefined } };
}

export class Entry implements Encoded {
  readonly key: string;
  readonly revision: Revision;
  readonly #shape: EntryShape;
  readonly #stored: Buffer;
  /** Where the resourceVersion goes; -1 until somebody needs it. */
  #splice = -1;
  #value: WeakRef<KubernetesObject> | undefined;
  /** As written by this process: no resourceVersion yet, and not frozen. Turned into `#value` by the first reader. */
  #written: WeakRef<KubernetesObject> | undefined;
  #labels: Labels | undefined;
  #fields: readonly string[] | undefined;

  private constructor(shape: EntryShape, key: string, revision: Revision, stored: Buffer) {
    this.#shape = shape;
    this.key = key;
    this.revision = revision;
    this.#stored = stored;
  }

  /** An entry that this process writes: its value is at hand. */
  static written(
    shape: EntryShape,
    at: { readonly key: string; readonly revision: Revision },
    stored: Buffer,
    object: KubernetesObject,
  ): Entry {
    const entry = new Entry(shape, at.key, at.revision, stored);
    entry.#written = new WeakRef(object);
    entry.#select(object);
    return entry;
  }

  /** An entry that comes from the store. Bytes laid out by somebody else are laid out anew (E2). */
  static stored(shape: EntryShape, key: string, revision: Revision, bytes: Uint8Array): Entry {
    const stored = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (hasHead(stored, shape.head)) return new Entry(shape, key, revision, stored);
    const object = decodeJson(stored.toString()) as KubernetesObject;
    const { apiVersion = shape.apiVersion } = object;
    if (apiVersion === shape.apiVersion) {
      return new Entry(shape, key, revision, encodeStored(shape, object));
    }
    const named = shape.keepsVersions
      ? createShape(shape.kind, apiVersion, shape.readFields)
      : shape;
    const own = named.outdated ?? named;
    const adopted = shape.keepsVersions ? object : shape.adopt(object);
    return new Entry(own, key, revision, encodeStored(own, adopted));
  }

  /** Whether the store has it in another version than it would be written in now. */
  get isOutdated(): boolean {
    return this.#shape.outdated === undefined;
  }

  /** The same object, as of a later revision: what a deletion leaves. */
  at(revision: Revision): Entry {
    const entry = new Entry(this.#shape, this.key, revision, this.#stored);
    const known = this.#value?.deref() ?? this.#written?.deref();
    if (known) entry.#written = new WeakRef(known);
    entry.#splice = this.#splice;
    entry.#labels = this.#labels;
    entry.#fields = this.#fields;
    return entry;
  }

  get namespace(): string {
    return namespaceOf(this.key);
  }

  /** Whether its namespace is that one: the same as comparing, without making a string. */
  isIn(namespace: string): boolean {
    return this.key.charCodeAt(namespace.length) === slash && this.key.startsWith(namespace);
  }

  get name(): string {
    return nameOf(this.key);
  }

  get labels(): Labels {
    if (!this.#labels) this.#select(this.value());
    return this.#labels ?? noLabels;
  }

  /** The value of the selectable field of that number. */
  field(number: number): string {
    if (!this.#fields) this.#select(this.value());
    return this.#fields?.[number] ?? '';
  }

  value(): KubernetesObject {
    const kept = this.#value?.deref();
    if (kept) return kept;
    const written = this.#written?.deref();
    const value: KubernetesObject = written
      ? stampResourceVersion(written, String(this.revision))
      : (this.#parse() as KubernetesObject);
    this.#written = undefined;
    this.#value = new WeakRef(deepFreeze(value)); // E1
    return value;
  }

  #parse(): unknown {
    const text = this.json().toString();
    return this.#end === this.#stored.length ? JSON.parse(text) : decodeJson(text);
  }

  /** Where the object ends: before the space of E3. */
  get #end(): number {
    const { length } = this.#stored;
    return this.#stored[length - 1] === space ? length - 1 : length;
  }

  json(): Uint8Array {
    const bytes = Buffer.allocUnsafe(this.jsonLength());
    this.writeJson(bytes, 0);
    return bytes;
  }

  /** What it holds, for limits. */
  get sizeBytes(): number {
    return this.#stored.length;
  }

  /** Whether both hold the same object, byte for byte. */
  holdsSame(stored: Uint8Array): boolean {
    return this.#stored.equals(stored);
  }

  jsonLength(): number {
    return this.#end + this.#stampLength();
  }

  /** Writes its JSON at `at` and says where it ends. */
  writeJson(target: Buffer, at: number): number {
    return this.#writeFrom(0, target, at);
  }

  /** What it takes at most as an item of a list. */
  get itemLengthMax(): number {
    return this.#stored.length + stampLengthMax;
  }

  /** Writes it as an item of a list, without kind and apiVersion, and says where it ends. */
  writeItem(target: Buffer, at: number): number {
    target[at] = openBrace;
    return this.#writeFrom(this.#shape.head.length, target, at + 1);
  }

  #writeFrom(start: number, target: Buffer, at: number): number {
    const splice = this.#spliceAt();
    let end = at + this.#stored.copy(target, at, start, splice);
    end += target.write(this.#stamp(splice), end, 'latin1');
    return end + this.#stored.copy(target, end, splice, this.#end);
  }

  /** After the uid there is always a member that follows, after a bare `{` there may be one. */
  #stamp(splice: number): string {
    const before = this.#stored[splice - 1];
    if (before === quote) return `,"resourceVersion":"${this.revision}"`;
    const comma = this.#stored[splice] === closeBrace ? '' : ',';
    return `"resourceVersion":"${this.revision}"${comma}`;
  }

  #stampLength(): number {
    return this.#stamp(this.#spliceAt()).length;
  }

  #spliceAt(): number {
    if (this.#splice >= 0) return this.#splice;
    const uid = this.#stored.indexOf(uidMark, this.#shape.head.length);
    this.#splice =
      uid < 0
        ? this.#shape.head.length + metadataMark.length
        : this.#stored.indexOf(quote, uid + uidMark.length) + 1;
    return this.#splice;
  }

  #select(object: KubernetesObject): void {
    this.#labels = object.metadata.labels ?? noLabels;
    const { readFields } = this.#shape;
    if (readFields.length > 0) this.#fields = readFields.map((read) => read(object));
  }
}

function hasHead(stored: Buffer, head: Buffer): boolean {
  return (
    head.equals(stored.subarray(0, head.length)) &&
    metadataMark.equals(stored.subarray(head.length, head.length + metadataMark.length))
  );
}

/** The bytes of an object as they are stored: metadata first, without a resourceVersion. */
export function encodeStored(shape: EntryShape, object: KubernetesObject): Buffer {
  const { kind: _, apiVersion: __, metadata, ...rest } = object;
  const { resourceVersion: ___, managedFields, ...described } = metadata;
  const inner = encodeExactly(described);
  const others = encodeExactly(rest);
  const owners = ownersText(managedFields, inner.text.length > 2);
  const mark = inner.hasLargeIntegers || others.hasLargeIntegers ? ' ' : ''; // E3
  const end = (others.text.length > 2 ? `,${others.text.slice(1)}` : '}') + mark;
  return exactBytes(`${shape.headText}"metadata":${inner.text.slice(0, -1)}${owners}}${end}`);
}

/**
 * The last member of metadata, on its own: the quotes in the names of its members are more than the fast way of JSON.stringify
 * takes, and the whole object would be written the slow one.
 */
function ownersText(managedFields: ObjectMeta['managedFields'], follows: boolean): string {
  if (managedFields === undefined) return '';
  return `${follows ? ',' : ''}"managedFields":${JSON.stringify(managedFields)}`;
}

/** In memory of just that size: a part of a shared buffer would keep all of it for as long as the object lives. */
function exactBytes(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  if (bytes.length === text.length) bytes.write(text, 'latin1');
  else bytes.write(text);
  return bytes;
}
