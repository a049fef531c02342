/**
 * A shell for somebody who types: a line at a time, with what simulated containers know to run. With a terminal it shows what is typed,
 * as terminals do: nobody else will.
 */
import type { SessionStreams } from './session.ts';

/** Runs one line. */
export type RunLine = (line: string, streams: SessionStreams) => Promise<number>;

const prompt = '/ # ';
const keys = { interrupt: 3, endOfInput: 4, backspace: 8, newLine: 10, enter: 13, erase: 127 };
const lineMaxChars = 4_096;

export interface ShellEnd {
  readonly exitCode: number;
  /** Whether by `exit`, rather than by the end of the input. */
  readonly wasTold: boolean;
}

export async function runShell(
  streams: SessionStreams,
  tty: boolean,
  runLine: RunLine,
): Promise<ShellEnd> {
  const shown = tty ? withReturns(streams) : streams;
  let exitCode = 0;
  if (tty) await say(streams, prompt);
  for await (const line of tty ? typedLines(streams) : plainLines(streams.stdin)) {
    const [word, code] = line.trim().split(/\s+/u);
    if (word === 'exit') {
      return { exitCode: code === undefined ? exitCode : Number(code) || 0, wasTold: true };
    }
    if (word !== '' && word !== undefined) exitCode = await runLine(line, shown);
    if (tty) await say(streams, prompt);
  }
  return { exitCode, wasTold: false };
}

function say({ stdout }: SessionStreams, text: string): Promise<void> {
  return stdout(new TextEncoder().encode(text));
}

/** A terminal that is told of a new line does not go back to its beginning by itself. */
function withReturns(streams: SessionStreams): SessionStreams {
  const wrapped = (write: SessionStreams['stdout']) => (bytes: Uint8Array) =>
    write(new TextEncoder().encode(new TextDecoder().decode(bytes).replaceAll('\n', '\r\n')));
  return { ...streams, stdout: wrapped(streams.stdout), stderr: wrapped(streams.stderr) };
}

async function* plainLines(input: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of input) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = (lines.pop() ?? '').slice(0, lineMaxChars);
    yield* lines;
  }
  if (rest !== '') yield rest;
}

async function* typedLines(streams: SessionStreams): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let line = '';
  for await (const chunk of streams.stdin) {
    for (const character of decoder.decode(chunk, { stream: true })) {
      const key = character.charCodeAt(0);
      if (key === keys.endOfInput && line === '') return;
      if (key === keys.enter || key === keys.newLine) {
        await say(streams, '\r\n');
        yield line;
        line = '';
      } else if (key === keys.interrupt) {
        line = '';
        await say(streams, `^C\r\n${prompt}`);
      } else if (key === keys.erase || key === keys.backspace) {
        if (line !== '') await say(streams, '\b \b');
        line = line.slice(0, -1);
      } else if (key >= 32 && line.length < lineMaxChars) {
        line += character;
        await say(streams, character);
      }
    }
  }
}
