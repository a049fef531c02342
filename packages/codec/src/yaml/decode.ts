/**
 * YAML to JSON values, as kubectl and the API server read it. Only the first document counts. Keys that repeat are
 * reported; the last value wins.
 */
import {
  Composer,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Parser,
  Scalar,
  type Alias,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { goNumber, goQuote } from '../go/text.ts';
import { exactInteger, exactNumber } from '../json/exact-number.ts';
import { setOwn } from '../set-own.ts';
import { lineOf, YamlSyntaxError, yamlSyntaxError } from './error.ts';
import { resolvePlain } from './resolve.ts';

export interface YamlDocument {
  readonly value: unknown;
  /** `line 7: key "k" already set in map` for each key that came again. */
  readonly problems: readonly string[];
}

/** How many values aliases may repeat: a short text could stand for any number otherwise. */
export const yamlAliasedNodesMax = 100_000;

/** Throws a YamlSyntaxError. */
export function decodeYaml(text: string): YamlDocument {
  const document = firstDocument(text);
  if (document === undefined) return { value: null, problems: [] };
  if (document.errors.length > 0) throw yamlSyntaxError(text, document.errors);
  const reader = new Reader(text, document);
  const value = reader.read(document.contents);
  return { value, problems: reader.problems };
}

function firstDocument(text: string): Document.Parsed | undefined {
  const composer = new Composer({ version: '1.1', schema: 'failsafe', uniqueKeys: false });
  for (const document of composer.compose(new Parser().parse(text), true, text.length))
    return document;
  return undefined;
}

class Reader {
  readonly problems: string[] = [];
  readonly #text: string;
  readonly #document: Document.Parsed;
  /** The aliases that are open: one inside itself would never end. */
  readonly #open = new Set<unknown>();
  #aliased = 0;

  constructor(text: string, document: Document.Parsed) {
    this.#text = text;
    this.#document = document;
  }

  read(node: unknown): unknown {
    if (this.#open.size > 0 && ++this.#aliased > yamlAliasedNodesMax) {
      throw new YamlSyntaxError('yaml: document contains excessive aliasing');
    }
    if (isAlias(node)) return this.#alias(node);
    if (isMap(node)) return this.#map(node);
    if (isSeq(node)) return node.items.map((item) => this.read(item));
    return isScalar(node) ? scalarValue(node) : null;
  }

  #alias(alias: Alias): unknown {
    const target = this.#target(alias);
    if (this.#open.has(target)) {
      throw new YamlSyntaxError(`yaml: anchor '${alias.source}' value contains itself`);
    }
    this.#open.add(target);
    const value = this.read(target);
    this.#open.delete(target);
    return value;
  }

  #target(alias: Alias): Node {
    const target = alias.resolve(this.#document);
    if (target) return target;
    throw new YamlSyntaxError(`yaml: unknown anchor '${alias.source}' referenced`);
  }

  #map(map: YAMLMap): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const pair of map.items) if (isMerge(pair)) this.#merge(result, pair.value);
    const own = new Set<string>();
    for (const pair of map.items) {
      if (isMerge(pair)) continue;
      const key = this.#key(pair.key);
      if (own.has(key)) this.#repeated(pair.key);
      own.add(key);
      setOwn(result, key, this.read(pair.value));
    }
    return result;
  }

  /** `<<`: the members of other maps, where the map has none of its own. Earlier ones win. */
  #merge(result: Record<string, unknown>, source: unknown): void {
    const target = isAlias(source) ? this.#target(source) : source;
    if (isSeq(target)) {
      for (const item of target.items.toReversed()) this.#merge(result, item);
    } else if (isMap(target)) {
      for (const [key, value] of Object.entries(this.#map(target))) setOwn(result, key, value);
    } else
      throw new YamlSyntaxError('yaml: map merge requires map or sequence of maps as the value');
  }

  #key(key: unknown): string {
    const value = this.read(key);
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return goNumber(value);
    if (typeof value === 'boolean') return String(value);
    throw new YamlSyntaxError('yaml: invalid map key');
  }

  #repeated(key: unknown): void {
    const at = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
    const value = this.read(key);
    const shown = typeof value === 'string' ? goQuote(value) : String(value);
    this.problems.push(`line ${lineOf(this.#text, at) + 1}: key ${shown} already set in map`);
  }
}

function isMerge(pair: Pair): boolean {
  return isScalar(pair.key) && pair.key.type === Scalar.PLAIN && pair.key.value === '<<';
}

function scalarValue(scalar: Scalar): unknown {
  const text = typeof scalar.value === 'string' ? scalar.value : '';
  switch (scalar.tag) {
    case undefined:
      return scalar.type === Scalar.PLAIN || scalar.type === undefined ? plainValue(text) : text;
    case 'tag:yaml.org,2002:str':
      return text;
    case 'tag:yaml.org,2002:binary':
      return new TextDecoder().decode(Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0)));
    default:
      return plainValue(text);
  }
}

function plainValue(text: string): unknown {
  const resolved = resolvePlain(text);
  switch (resolved.kind) {
    case 'null':
      return null;
    case 'integer':
      return exactInteger(resolved.value);
    case 'float':
      return exactNumber(String(resolved.value));
    case 'boolean':
      return resolved.value;
    case 'text':
      return text;
  }
}
