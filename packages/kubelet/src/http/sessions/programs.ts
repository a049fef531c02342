/** What can be run in simulated containers: what they know to run anyway, and a little more for somebody who looks around. */
import type { Container } from '@navarch/api/types/core/v1/container';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Clock } from '@navarch/runtime/clock';
import { behaviourOfWords, isShell, isWaitingForInput } from '../../pod/commands.ts';
import type { Program, SessionStreams } from './session.ts';
import { runShell, type ShellEnd } from './shell.ts';

export interface Place {
  readonly pod: Pod;
  readonly container: Container;
  readonly clock: Clock;
  readonly tty: boolean;
}

const notFound = 127;
const badUse = 2;

export function execProgram(words: readonly string[], place: Place): Program {
  return async (streams, signal) => {
    const here: Here = { ...place, signal };
    if (isShell(words)) return { exitCode: (await shell(words, streams, here)).exitCode };
    const exitCode = await runWords(words, streams, here);
    if (exitCode !== undefined) return { exitCode };
    const name = JSON.stringify(words[0] ?? '');
    return {
      problem: `exec failed: unable to start container process: exec: ${name}: executable file not found in $PATH: containers of simulated nodes know few commands`,
    };
  };
}

/**
 * A container that waits for input talks to whoever is attached, and leaves when it is told to; the others have said what they say when
 * they started.
 */
export function attachProgram(place: Place, leave: (exitCode: number) => void): Program {
  return async (streams, signal) => {
    if (isWaitingForInput(place.container)) {
      const end = await shell([], streams, { ...place, signal });
      const isOver = end.wasTold || place.container.stdinOnce === true;
      if (isOver && !signal.aborted) leave(end.exitCode);
      return { exitCode: 0 };
    }
    await place.clock.sleep(Number.MAX_SAFE_INTEGER, signal).catch(() => undefined);
    return { exitCode: 0 };
  };
}

interface Here extends Place {
  readonly signal: AbortSignal;
}

async function shell(
  words: readonly string[],
  streams: SessionStreams,
  here: Here,
): Promise<ShellEnd> {
  const at = words.findIndex((word) => /^-[a-z]*c$/u.test(word));
  const script = at < 0 ? undefined : words[at + 1];
  if (script !== undefined) {
    return { exitCode: await runScript(script, streams, here), wasTold: true };
  }
  // Programs that the shell starts do not read what is typed.
  const runLine = (line: string, shown: SessionStreams): Promise<number> =>
    runScript(line, { ...shown, stdin: nothing() }, here);
  return runShell(streams, here.tty, runLine);
}

async function* nothing(): AsyncIterable<Uint8Array> {}

/** Simple commands, one after the other. */
async function runScript(script: string, streams: SessionStreams, here: Here): Promise<number> {
  const steps = parseScript(script);
  if (!steps) {
    await print(streams.stderr, 'sh: simulated shells know no pipes, redirections or loops\n');
    return badUse;
  }
  let exitCode = 0;
  for (const { words, onlyAfterSuccess } of steps) {
    const [name] = words;
    if (name === undefined || (onlyAfterSuccess && exitCode !== 0)) continue;
    if (name === 'exit') return Number(words[1] ?? exitCode) || 0;
    const code = await runWords(name === 'exec' ? words.slice(1) : words, streams, here);
    if (code === undefined) await print(streams.stderr, `sh: ${name}: not found\n`);
    exitCode = code ?? notFound;
  }
  return exitCode;
}

interface Step {
  readonly words: readonly string[];
  readonly onlyAfterSuccess: boolean;
}

const token = /(?<word>(?:'[^']*'|"[^"]*"|[^\s;&|<>`'"])+)|(?<join>&&|[;\n])|(?<other>[^\s])/gu;
const keywords = new Set(['while', 'for', 'until', 'if', 'case']);

/** Undefined when it is more than simple commands. */
function parseScript(script: string): readonly Step[] | undefined {
  const steps: { words: string[]; onlyAfterSuccess: boolean }[] = [];
  let step = { words: [] as string[], onlyAfterSuccess: false };
  steps.push(step);
  for (const { groups = {} } of script.matchAll(token)) {
    const { word, join, other } = groups;
    if (other !== undefined || word?.includes('$(') || (word && keywords.has(word)))
      return undefined;
    if (word !== undefined) step.words.push(word.replaceAll(/'([^']*)'|"([^"]*)"/gu, '$1$2'));
    if (join === undefined) continue;
    step = { words: [], onlyAfterSuccess: join === '&&' };
    steps.push(step);
  }
  return steps;
}

/** The exit code; undefined when there is no such program. */
async function runWords(
  words: readonly string[],
  streams: SessionStreams,
  here: Here,
): Promise<number | undefined> {
  const { pod, container, clock, signal } = here;
  const [program = '', ...rest] = words;
  switch (program.split('/').at(-1)) {
    case 'cat':
      if (rest.length > 0)
        return refuse(
          streams,
          `cat: can't open '${rest[0]}': simulated containers have no files\n`,
        );
      for await (const chunk of streams.stdin) await streams.stdout(chunk);
      return 0;
    case 'hostname':
      return say(streams, `${pod.spec.hostname ?? pod.metadata.name}\n`);
    case 'env':
    case 'printenv':
      return say(streams, environmentOf(pod, container));
    default:
  }
  if (isShell(words)) return (await shell(words, streams, here)).exitCode;
  const behaviour = behaviourOfWords(words);
  if (!behaviour) return undefined;
  for (const line of behaviour.lines) await print(streams.stdout, `${line}\n`);
  const runsForMs = Math.min(behaviour.runsForMs, Number.MAX_SAFE_INTEGER);
  if (runsForMs > 0) await clock.sleep(runsForMs, signal);
  return behaviour.exitCode;
}

async function say(streams: SessionStreams, text: string): Promise<number> {
  await print(streams.stdout, text);
  return 0;
}

async function refuse(streams: SessionStreams, text: string): Promise<number> {
  await print(streams.stderr, text);
  return 1;
}

function print(write: SessionStreams['stdout'], text: string): Promise<void> {
  return write(new TextEncoder().encode(text));
}

/** What the pod says itself; values that come from elsewhere are not looked up. */
function environmentOf(pod: Pod, { env = [] }: Container): string {
  const said = env.flatMap(({ name, value }) => (value === undefined ? [] : [`${name}=${value}`]));
  return [`HOSTNAME=${pod.spec.hostname ?? pod.metadata.name}`, ...said].join('\n').concat('\n');
}
