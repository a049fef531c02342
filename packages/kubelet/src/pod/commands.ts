/**
 * What well-known commands and images do, so that common pods behave as they would on a real node. Everything else runs until it
 * is stopped, as servers do.
 */
import type { Container } from '@navarch/api/types/core/v1/container';

interface CommandBehaviour {
  readonly runsForMs: number;
  readonly exitCode: number;
  readonly lines: readonly string[];
}

const forever = Number.POSITIVE_INFINITY;
/** Images whose own command ends at once when nobody is attached. */
const imagesThatEnd = new Set([
  'busybox',
  'alpine',
  'ubuntu',
  'debian',
  'fedora',
  'centos',
  'hello-world',
]);
const shells = new Set(['sh', 'bash', 'ash', 'dash']);
const unitMs: Readonly<Record<string, number>> = {
  '': 1000,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

export function behaviourOfCommand(container: Container): CommandBehaviour {
  if (isWaitingForInput(container)) return { runsForMs: forever, exitCode: 0, lines: [] };
  const words = [...(container.command ?? []), ...(container.args ?? [])];
  if (words.length === 0) {
    const ends = imagesThatEnd.has(imageName(container.image ?? ''));
    return ends
      ? ended(0)
      : { runsForMs: forever, exitCode: 0, lines: [`${container.name} started`] };
  }
  return (
    behaviourOfWords(words) ?? {
      runsForMs: forever,
      exitCode: 0,
      lines: [`${words.join(' ')} started`],
    }
  );
}

/** A shell without a script reads what somebody types. */
export function isWaitingForInput({
  stdin,
  command = [],
  args = [],
  image = '',
}: Container): boolean {
  if (!stdin) return false;
  const words = [...command, ...args];
  if (words.length === 0) return imagesThatEnd.has(imageName(image));
  return isShell(words) && words.slice(1).every((word) => word.startsWith('-'));
}

export function isShell([program = '']: readonly string[]): boolean {
  return shells.has(program.split('/').at(-1) ?? '');
}

/** `registry.example/library/busybox:1.36@sha256:...` is `busybox`. */
function imageName(image: string): string {
  return (image.split('/').at(-1) ?? '').replace(/[:@].*$/, '');
}

function ended(exitCode: number, lines: readonly string[] = []): CommandBehaviour {
  return { runsForMs: 0, exitCode, lines };
}

/** Undefined when the command is none that we know. */
export function behaviourOfWords(words: readonly string[]): CommandBehaviour | undefined {
  const [program = '', ...rest] = words;
  const name = program.split('/').at(-1) ?? '';
  if (isShell(words)) {
    const script = rest.find((word) => !word.startsWith('-'));
    return script === undefined ? ended(0) : runScript(script);
  }
  switch (name) {
    case 'true':
      return ended(0);
    case 'false':
      return ended(1);
    case 'exit':
      return ended(Number(rest[0] ?? 0) || 0);
    case 'echo':
      return ended(0, [rest.filter((word, index) => index > 0 || word !== '-n').join(' ')]);
    case 'sleep':
      return { ...ended(0), runsForMs: sleepMs(rest[0] ?? '') };
    default:
      return undefined;
  }
}

function sleepMs(text: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(text) ?? [];
  return number === undefined ? forever : Number(number) * (unitMs[unit] ?? 1000);
}

/** A script of simple commands with `;`, `&&` or new lines between them; anything more complex runs until it is stopped. */
function runScript(script: string): CommandBehaviour | undefined {
  if (/\b(while|for|until|if|case)\b|[|`<]|\$\(/.test(script)) return undefined;
  let runsForMs = 0;
  let exitCode = 0;
  const lines: string[] = [];
  for (const command of script.split(/;|&&|\n/)) {
    const words = command
      .trim()
      .split(/\s+/)
      .map((word) => word.replaceAll(/^["']|["']$/g, ''));
    if (words[0] === '' || words[0] === undefined) continue;
    const outcome = behaviourOfWords(words[0] === 'exec' ? words.slice(1) : words);
    if (!outcome) return { runsForMs: forever, exitCode: 0, lines };
    lines.push(...outcome.lines);
    runsForMs += outcome.runsForMs;
    exitCode = outcome.exitCode;
    if (words[0] === 'exit') break;
  }
  return { runsForMs, exitCode, lines };
}
