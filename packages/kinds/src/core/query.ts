/** Reading query parameters as Go decodes them. */
import { badRequest } from '@navarch/api/status';

/** Given and neither `false` nor `0` is true, whatever it says. */
export function boolean(query: URLSearchParams, name: string): boolean {
  const text = query.get(name);
  return text !== null && text.toLowerCase() !== 'false' && text !== '0';
}

/** A whole number, or undefined when it is not given. */
export function integer(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (/^[-+]?\d+$/.test(text)) return Number(text);
  throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
}
