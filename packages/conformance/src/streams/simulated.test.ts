/** kubectl's sessions with containers of simulated nodes, in the server's process and in one of their own. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { eventually } from '../eventually.ts';
import {
  kubectl,
  kubectlMissing,
  type KubectlOptions,
  type KubectlResult,
  words,
} from '../kubectl/kubectl.ts';
import { type Product, startProduct } from '../product.ts';

const skip = kubectlMissing();
const limitMs = 30_000;
const command = path.join(import.meta.dirname, '..', '..', '..', 'cli', 'bin', 'navarch.js');

/** Debian's own: another Python on the path does not see Debian's packages. */
const python = '/usr/bin/python3';
const hasPython = spawnSync(python, ['-c', 'import kubernetes']).status === 0;

const pods = [
  {
    name: 'web',
    container: { name: 'main', image: 'example/web:1', env: [{ name: 'A', value: 'b' }] },
  },
  { name: 'shell', container: { name: 'main', image: 'busybox', stdin: true } },
  { name: 'short', container: { name: 'main', image: 'example/short:1' } },
];

const ways: { name: string; env: Readonly<Record<string, string>> }[] = [
  { name: 'WebSocket', env: {} },
  { name: 'SPDY', env: { KUBECTL_REMOTE_COMMAND_WEBSOCKETS: 'false' } },
];

const runs: {
  name: string;
  args: string;
  input?: string;
  stdout: string;
  stderr?: RegExp;
  code?: number;
}[] = [
  { name: 'a command', args: 'exec web -- echo hello world', stdout: 'hello world\n' },
  { name: 'its input', args: 'exec -i web -- cat', input: 'typed', stdout: 'typed' },
  {
    name: 'a script',
    args: `exec web -- sh -c 'hostname; env && false && echo never'`,
    stdout: 'web\nHOSTNAME=web\nA=b\n',
    stderr: /exit code 1/,
    code: 1,
  },
  {
    name: 'a shell that is typed into',
    args: 'exec -i web -- sh',
    input: 'echo one\nnothing\nexit 4\necho never\n',
    stdout: 'one\n',
    stderr: /sh: nothing: not found\n.*exit code 4/s,
    code: 4,
  },
  {
    name: 'what is not there',
    args: 'exec web -- nothing',
    stdout: '',
    stderr: /exec: "nothing": executable file not found/,
    code: 1,
  },
  {
    name: 'a file that is to be copied there',
    args: `cp ${import.meta.filename} web:/tmp/file`,
    stdout: '',
    stderr: /exec: "tar": executable file not found/,
    code: 1,
  },
  {
    name: 'a file that is to be copied from there',
    args: 'cp web:/tmp/file /tmp/navarch-never-written',
    stdout: '',
    stderr: /exec: "tar": executable file not found/,
    code: 1,
  },
  {
    name: 'attach',
    args: 'attach -i shell',
    input: 'echo hi\nexit\n',
    stdout: 'hi\n',
    stderr: /./,
  },
];

for (const place of ['in the process of the server', 'in one of their own'] as const) {
  describe(`simulated nodes ${place}`, { skip }, () => {
    let product: Product;
    let nodes: ChildProcess | undefined;
    const run = (line: string, options: KubectlOptions = {}): Promise<KubectlResult> =>
      kubectl(product.kubeconfig, words(line), options);

    before(async () => {
      const isApart = place === 'in one of their own';
      product = await startProduct({ args: ['up', '--nodes', isApart ? '0' : '1'] });
      const args = [command, 'kubelet', '--nodes', '1', '--kubeconfig', product.kubeconfig];
      if (isApart) nodes = spawn(process.execPath, args, { stdio: 'ignore' });
      const list = JSON.stringify({ kind: 'List', apiVersion: 'v1', items: pods.map(podOf) });
      await eventually('pods', limitMs, async () => {
        return (await run('apply -f -', { input: list })).code === 0;
      });
      await run('wait --for=condition=Ready --timeout=30s pod --all');
    });
    after(async () => {
      nodes?.kill();
      await product.stop('SIGKILL');
    });

    for (const { name: way, env } of ways) {
      for (const { name, args, input, stdout, stderr = /^$/, code = 0 } of runs) {
        test(`${name}, by ${way}`, async () => {
          const result = await run(args, { env, ...(input !== undefined && { input }) });
          assert.equal(result.stdout, stdout, result.stderr);
          assert.match(result.stderr, stderr);
          assert.equal(result.code, code);
        });
      }
    }

    test('a session ends with its pod', async () => {
      const session = run('exec short -- sleep 1h');
      await eventually('the session', limitMs, async () => {
        const metrics = await run('get --raw /metrics');
        return /longrunning_requests\{verb="CONNECT".*pods\/exec"\} 1/.test(metrics.stdout);
      });
      await run('delete pod short --now');
      assert.equal((await session).code, 137);
    });

    test('kubectl run talks to its container until that leaves', async () => {
      const line = 'run box --image=busybox --restart=Never --rm -i --quiet';
      const result = await run(line, { input: 'echo hello\nexit 3\n' });
      assert.equal(result.stdout, 'hello\n', result.stderr);
      assert.equal(result.code, 3);
    });

    test('python3-kubernetes', { skip: hasPython ? false : 'not installed' }, async () => {
      const script = path.join(import.meta.dirname, 'simulated.py');
      const { stdout } = await promisify(execFile)(
        python,
        // This client overlooks messages that arrive together, as they may when they are passed on.
        ['-W', 'ignore', script, product.kubeconfig, ...(nodes ? [] : ['ports'])],
        { timeout: 60_000 },
      );
      assert.match(stdout, nodes ? /^2 steps$/m : /^3 steps$/m);
    });

    test('a forwarded port has nobody behind it, and kubectl says so', async () => {
      const args = ['-v=6', 'port-forward', 'pod/web', ':80', '--address=127.0.0.1'];
      const env = { ...process.env, KUBECONFIG: product.kubeconfig };
      const child = spawn('kubectl', args, { env });
      let said = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk: Buffer) => void (said += chunk.toString()));
      }
      const gone = once(child, 'exit');
      try {
        const port = await eventually(
          'a port',
          limitMs,
          () => Number(/Forwarding from 127.0.0.1:(\d+)/.exec(said)?.[1] ?? 0) || undefined,
        );
        const socket = connect(port, '127.0.0.1');
        socket.on('error', () => undefined);
        await eventually('a word', limitMs, () => /listen on no ports/.test(said));
        socket.destroy();
        assert.doesNotMatch(said, /fallback/);
      } finally {
        child.kill();
        await gone;
      }
    });
  });
}

function podOf({ name, container }: (typeof pods)[number]): object {
  const spec = { containers: [container], terminationGracePeriodSeconds: 0 };
  return { kind: 'Pod', apiVersion: 'v1', metadata: { name }, spec };
}
