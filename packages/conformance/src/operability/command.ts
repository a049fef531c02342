/** Runs the command to its end, as a person in a shell does. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';

const file = path.join(import.meta.dirname, '..', '..', '..', 'cli', 'bin', 'navarch.js');
const limitMs = 30_000;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function navarch(args: readonly string[]): Promise<Ended> {
  return ended(spawn(process.execPath, [file, ...args], { timeout: limitMs }));
}

/** With standard output closed after its first bytes, as by `| head -1`. */
export function navarchUnread(args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [file, ...args], { timeout: limitMs });
  child.stdout.destroy();
  return ended(child);
}

function ended(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => void (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => void (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
