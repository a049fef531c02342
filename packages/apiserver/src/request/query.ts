/** Reads parameters from a query as upstream's conversions do, with their messages. */
import { badRequest } from '@navarch/api/status';
import { goQuote } from '@navarch/codec/go/text';

const int64Max = 2n ** 63n - 1n;
const noParameters = new URLSearchParams();

export function parseQuery(query: string): URLSearchParams {
  return query === '' ? noParameters : new URLSearchParams(query);
}

/** Undefined when the parameter is absent. Throws 400 when it is no whole number of 64 bits. */
export function integerParameter(parameters: URLSearchParams, name: string): number | undefined {
  const text = parameters.get(name);
  if (text === null) return undefined;
  if (!/^[+-]?\d+$/.test(text)) {
    throw badRequest(`strconv.ParseInt: parsing ${goQuote(text)}: invalid syntax`);
  }
  const value = BigInt(text.replace('+', ''));
  if (value > int64Max || value < -int64Max - 1n) {
    throw badRequest(`strconv.ParseInt: parsing ${goQuote(text)}: value out of range`);
  }
  return Number(value);
}

/** Given without a value it counts as true, and so does any text that is not a word for no. */
export function booleanParameter(parameters: URLSearchParams, name: string): boolean | undefined {
  const text = parameters.get(name);
  if (text === null) return undefined;
  return text !== '0' && text.toLowerCase() !== 'false';
}
