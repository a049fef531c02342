/** Starts the product as its users do: as a process of its own, on a data dir of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Kubeconfig, readKubeconfig, requestOnce } from './http.ts';

const root = path.join(import.meta.dirname, '..');

export interface RunningServer {
  readonly kubeconfig: Kubeconfig;
  readonly dataDir: string;
  /** From the process's start to the first /readyz that says ok. */
  readonly readyAfterMs: number;
  /** Resident memory in MB. */
  memoryMb(): number;
  /** CPU time used so far, user and system, in milliseconds. */
  cpuMs(): number;
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly verb: 'up' | 'apiserver';
  readonly flags?: readonly string[];
  /** Kept after `stop` when given; else a temporary one, removed. */
  readonly dataDir?: string;
}

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'navarch-bench-'));
  const port = await freePort();
  const profile = process.env['NAVARCH_CPU_PROFILE'];
  const startedMs = performance.now();
  const child = spawn(
    process.execPath,
    [
      '--max-semi-space-size=8', // As the command's first line has it.
      ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []),
      path.join(root, 'packages/cli/bin/navarch.js'),
      options.verb,
      `--data-dir=${dataDir}`,
      `--secure-port=${port}`,
      ...(options.flags ?? []),
    ],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, MALLOC_ARENA_MAX: '1' }, // As well.
    },
  );
  const url = `https://127.0.0.1:${port}`;
  await untilReady(url, child);
  const readyAfterMs = performance.now() - startedMs;
  return {
    kubeconfig: readKubeconfig(path.join(dataDir, 'admin.kubeconfig')),
    dataDir,
    readyAfterMs,
    memoryMb: () => memoryMb(child.pid),
    cpuMs: () => cpuMs(child.pid),
    stop: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const deadlineMs = performance.now() + 30_000;
  while (performance.now() < deadlineMs) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    const status = await requestOnce(`${url}/readyz`).catch(() => 0);
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('the server was not ready within 30 s');
}

function memoryMb(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

function cpuMs(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10; // Clock ticks of 10 ms.
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address
          ? resolve(address.port)
          : reject(new Error('no port')),
      );
    });
  });
}
