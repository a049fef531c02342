/** Runs the machine's unmodified kubectl against a product. */
import { spawn, spawnSync } from 'node:child_process';
import process from 'node:process';

export interface KubectlResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface KubectlOptions {
  /** Written to standard input. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const limitMs = 90_000;

/** Says why kubectl cannot be used; undefined when it can. */
export function kubectlMissing(): string | undefined {
  return spawnSync('kubectl', ['version', '--client']).status === 0
    ? undefined
    : 'kubectl is not installed';
}

/** `kubeconfig` is a file; `args` as typed, without the word kubectl. */
export function kubectl(
  kubeconfig: string,
  args: readonly string[],
  options: KubectlOptions = {},
): Promise<KubectlResult> {
  return new Promise((resolve, reject) => {
    const child = spawn('kubectl', args, {
      env: { ...process.env, KUBECONFIG: kubeconfig, ...options.env },
      timeout: limitMs,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => void (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => void (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.on('error', () => undefined); // kubectl may leave without reading.
    child.stdin.end(options.input ?? '');
  });
}

/** Splits a command line as a shell does, with single and double quotes only. */
export function words(line: string): readonly string[] {
  return [...line.matchAll(/(?:'[^']*'|"[^"]*"|\S)+/g)].map(([word]) =>
    word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'),
  );
}
