/** Kubernetes' functions of URLs: https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-url-library */
import type { Library, OverloadCost } from '../declarations.ts';
import { scaleRange, uniteRanges } from '../cost/range.ts';
import { stringTraversalFactor } from '../cost/actual.ts';
import { CelError, noSuchOverload } from '../errors.ts';
import { boolType, listType, mapType, objectType, stringType } from '../types.ts';
import { listOf, mapOf, type OpaqueValue, type Value } from '../values.ts';
import { costs, global, member, traverses } from './overloads.ts';
import {
  hostnameOf,
  parseRequestUri,
  parseUrl,
  portOf,
  queryValues,
  toText,
  type Url,
  UrlError,
  urlText,
} from './url-text.ts';

export const urlType = objectType('kubernetes.URL');

class UrlValue implements OpaqueValue {
  readonly kind = 'opaque';
  readonly type = urlType;
  readonly url: Url;

  constructor(url: Url) {
    this.url = url;
  }

  equals(other: Value): boolean {
    return other instanceof UrlValue && urlText(other.url) === urlText(this.url);
  }
}

/** Why a text is no absolute URL and no absolute path; undefined if it is one. */
export function urlProblem(text: string): string | undefined {
  try {
    parseRequestUri(text);
    return undefined;
  } catch (error) {
    if (error instanceof UrlError) return error.message;
    throw error;
  }
}

function makeUrl([text]: readonly Value[]): Value {
  if (typeof text !== 'string') throw noSuchOverload();
  try {
    parseRequestUri(text); // Takes a fragment for a part of the path, so it is read once more.
    return new UrlValue(parseUrl(text));
  } catch (error) {
    if (!(error instanceof UrlError)) throw error;
    throw new CelError(`URL parse error during conversion from string: ${error.message}`);
  }
}

function isUrl([text]: readonly Value[]): Value {
  if (typeof text !== 'string') throw noSuchOverload();
  return urlProblem(text) === undefined;
}

function part(name: string, id: string, read: (url: Url) => string): Library['functions'][number] {
  const evaluate = ([value]: readonly Value[]): Value => {
    if (!(value instanceof UrlValue)) throw noSuchOverload();
    return toText(read(value.url));
  };
  return { name, overloads: [member(id, [urlType], stringType, { evaluate, cost: costs(1) })] };
}

function queryOf([value]: readonly Value[]): Value {
  if (!(value instanceof UrlValue)) throw noSuchOverload();
  return mapOf([...queryValues(value.url)].map(([name, values]) => [name, listOf(values)]));
}

const queryType = mapType(stringType, listType(stringType));

/** From the texts' lengths, as far as they are known. */
const equalityCost: OverloadCost = {
  actual: () => 1,
  estimate: ({ args: [, right] }) => {
    const size = right?.computedSize;
    const range = size === undefined ? { min: 1, max: 1 } : uniteRanges(size, size);
    return { cost: scaleRange({ min: 1, max: range.max }, stringTraversalFactor) };
  },
};

export const urlLibrary: Library = {
  name: 'kubernetes.urls',
  types: [urlType],
  equalityCosts: { 'kubernetes.URL': equalityCost },
  functions: [
    {
      name: 'url',
      overloads: [
        global('string_to_url', [stringType], urlType, {
          evaluate: makeUrl,
          cost: traverses(1, (size) => size),
        }),
      ],
    },
    {
      name: 'isURL',
      overloads: [global('is_url_string', [stringType], boolType, { evaluate: isUrl })],
    },
    part('getScheme', 'url_get_scheme', ({ scheme }) => scheme),
    part('getHost', 'url_get_host', ({ host }) => host),
    part('getHostname', 'url_get_hostname', hostnameOf),
    part('getPort', 'url_get_port', portOf),
    part('getEscapedPath', 'url_get_escaped_path', ({ path }) => path),
    {
      name: 'getQuery',
      overloads: [
        member('url_get_query', [urlType], queryType, { evaluate: queryOf, cost: costs(1) }),
      ],
    },
  ],
};
