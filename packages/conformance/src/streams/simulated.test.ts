/** kubectl's sessions with containers of simulated nodes, in the server's process and in one of their own. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import process from 'node:process';
import { after, before, describe, test } from 'node:test';
import { eventually } from '../eventually.ts';
import { kubectl, kubectlMissing, type KubectlResult, words } from '../kubectl/kubectl.ts';
import { type Product, startProduct } from '../product.ts';

const skip = kubectlMissing();
const limitMs = 30_000;

const pods = [
  {
    name: 'web',
    container: { name: 'main', image: 'example/web:1', env: [{ name: 'A', value: 'b' }] },
  },
  { name: 'shell', container: { name: 'main', image: 'busybox', stdin: true } },
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
    name: 'attach',
    args: 'attach -i shell',
    input: 'echo hi\nexit\n',
    stdout: 'hi\n',
    stderr: /./,
  },
];

let product: Product;
before(async () => {
  product = await startProduct({ args: ['up', '--nodes', '1'] });
  const items = pods.map(({ name, container }) => ({
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { name },
    spec: { containers: [container], terminationGracePeriodSeconds: 0 },
  }));
  await eventually('pods', limitMs, async () => {
    const list = JSON.stringify({ kind: 'List', apiVersion: 'v1', items });
    return (await run('apply -f -', { input: list })).code === 0;
  });
  await run('wait --for=condition=Ready --timeout=30s pod/web pod/shell');
});
after(() => product.stop('SIGKILL'));

function run(
  line: string,
  options: { readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<KubectlResult> {
  return kubectl(product.kubeconfig, words(line), options);
}

for (const { name: way, env } of ways) {
  describe(`a simulated container by ${way}`, { skip }, () => {
    for (const { name, args, input, stdout, stderr = /^$/, code = 0 } of runs) {
      test(name, async () => {
        const result = await run(args, { env, ...(input !== undefined && { input }) });
        assert.equal(result.stdout, stdout, result.stderr);
        assert.match(result.stderr, stderr);
        assert.equal(result.code, code);
      });
    }
  });
}

test('a session ends with its pod', { skip }, async () => {
  await run('run short --image=example/x:1 --restart=Never');
  await run('wait --for=condition=Ready --timeout=30s pod/short');
  const session = run('exec short -- sleep 1h');
  await eventually('the session', limitMs, async () => {
    const { stdout } = await run('get --raw /metrics');
    return /longrunning_requests\{verb="CONNECT".*pods\/exec"\} 1/.test(stdout);
  });
  await run('delete pod short --now');
  assert.equal((await session).code, 137);
});

test('a forwarded port has nobody behind it, and kubectl says so', { skip }, async () => {
  const child = spawn(
    'kubectl',
    ['-v=6', 'port-forward', 'pod/web', ':80', '--address=127.0.0.1'],
    {
      env: { ...process.env, KUBECONFIG: product.kubeconfig },
    },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => void (said += chunk.toString()));
  }
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
    await once(child, 'exit');
  }
});
