/** Paths of fields as people read them in messages: `.spec.containers[name="a"].image`. */
import { decodeJson, encodeJson } from '@navarch/codec/json';

export function pathText(path: readonly string[]): string {
  return path.map(stepText).join('');
}

/** A step as it is stored, `f:spec`, as it is shown. */
export function stepText(step: string): string {
  const tail = step.slice(2);
  switch (step.slice(0, 2)) {
    case 'f:':
      return `.${tail}`;
    case 'k:':
      return `[${keysText(tail)}]`;
    case 'v:':
      return `[=${tail}]`;
    default:
      return `[${tail}]`;
  }
}

function keysText(json: string): string {
  const keys = decodeJson(json) as Readonly<Record<string, unknown>>;
  return Object.entries(keys)
    .map(([name, value]) => `${name}=${encodeJson(value)}`)
    .join(',');
}
