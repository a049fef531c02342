/** Runs the product as users do, for tests: the real command, on a data dir of its own, on a free port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

const command = path.join(import.meta.dirname, '..', '..', 'cli', 'bin', 'navarch.js');
const startLimitMs = 30_000;

export interface Product {
  readonly url: string;
  readonly kubeconfig: string;
  readonly dataDir: string;
  readonly pid: number;
  /** What it has printed so far, both streams. */
  output(): string;
  /** Resolves with the exit code when it has ended; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface ProductOptions {
  readonly args: readonly string[];
  /** Kept after `stop` when given; else a temporary one, removed. */
  readonly dataDir?: string;
  /** A free one when omitted. */
  readonly port?: number;
}

export async function startProduct(options: ProductOptions): Promise<Product> {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'navarch-test-'));
  const child = spawn(
    process.execPath,
    [command, ...options.args, '--data-dir', dataDir, '--secure-port', String(options.port ?? 0)],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  const collect = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const cleanUp = (): void => {
    if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const url = await listening(child, () => output);
    return {
      url,
      dataDir,
      kubeconfig: path.join(dataDir, 'admin.kubeconfig'),
      pid: child.pid ?? 0,
      output: () => output,
      ended: gone,
      stop: async (signal = 'SIGTERM') => {
        child.kill(signal);
        const code = await gone;
        cleanUp();
        return code;
      },
    };
  } catch (error) {
    child.kill('SIGKILL');
    await gone;
    cleanUp();
    throw error;
  }
}

/** Resolves with the URL once the product says that it is ready. */
function listening(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`not ready in time:\n${output()}`)),
      startLimitMs,
    );
    const finish = (act: () => void): void => {
      clearTimeout(late);
      act();
    };
    const look = (): void => {
      const url = /(https:\/\/\S+:\d+)/.exec(output())?.[1];
      if (url && /ready in \d+ ms/.test(output())) finish(() => resolve(url));
    };
    child.stdout?.on('data', look);
    child.once('exit', (code) =>
      finish(() => reject(new Error(`ended with ${code}:\n${output()}`))),
    );
  });
}
