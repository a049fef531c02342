/** Says for people what a refused update would have changed, one line for each value. */
import { semanticallyEqual } from '../../equal.ts';

const indent = '  ';

/** Lines with `-` before what is stored and `+` before what was sent, under the names of where they are. */
export function describeDifference(stored: object, submitted: object): string {
  return `${indent}{\n${lines({ ...stored }, { ...submitted }, 1).join('\n')}\n${indent}}\n`;
}

type Members = Readonly<Record<string, unknown>>;

function lines(stored: Members, submitted: Members, depth: number): readonly string[] {
  const names = [...new Set([...Object.keys(stored), ...Object.keys(submitted)])];
  return names.flatMap((name) => {
    const before = stored[name];
    const after = submitted[name];
    if (semanticallyEqual(before, after)) return [];
    const inner = isMembers(before) && isMembers(after);
    return inner
      ? [line(' ', depth, `${name}:`), ...lines(before, after, depth + 1)]
      : [...valueLine('-', depth, name, before), ...valueLine('+', depth, name, after)];
  });
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}

function valueLine(sign: string, depth: number, name: string, value: unknown): readonly string[] {
  return value === undefined || value === null
    ? []
    : [line(sign, depth, `${name}: ${JSON.stringify(value)},`)];
}

function line(sign: string, depth: number, text: string): string {
  return `${sign} ${indent.repeat(depth)}${text}`;
}
