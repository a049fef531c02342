/** Unmodified clients run commands in containers and forward ports: by SPDY, by WebSocket, and by WebSocket to kubelets that speak SPDY. */
import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { createHttpClient } from '@navarch/wire/http/client/node';
import { eventually, within } from '../eventually.ts';
import { kubectl, kubectlMissing, words } from '../kubectl/kubectl.ts';
import { credentialsOf } from '../operability/raw.ts';
import { outsideAddress } from '../webhooks/webhook-server.ts';
import { type Setting, startSetting } from './setting.ts';

const skip = kubectlMissing();
const noAddress = outsideAddress() === undefined ? 'no address that is not the loopback' : false;
const limitMs = 30_000;
/** Well below the grace that requests are given. */
const promptMs = 8_000;

let setting: Setting;
before(async () => {
  setting = await startSetting();
});
after(() => setting.stop());

const spdyOnly = {
  KUBECTL_REMOTE_COMMAND_WEBSOCKETS: 'false',
  KUBECTL_PORT_FORWARD_WEBSOCKETS: 'false',
};

/** How a client reaches a kubelet, and what the kubelet sees of it. */
const ways: {
  name: string;
  node: 'old' | 'new';
  env: Readonly<Record<string, string>>;
  sees: string;
}[] = [
  { name: 'SPDY', node: 'old', env: spdyOnly, sees: 'POST spdy/3.1' },
  { name: 'WebSocket to a kubelet of 1.36', node: 'new', env: {}, sees: 'GET websocket' },
  { name: 'WebSocket to an older kubelet', node: 'old', env: {}, sees: 'POST spdy/3.1' },
];

const runs: {
  name: string;
  args: string;
  input?: string;
  stdout: string;
  stderr?: RegExp;
  code?: number;
}[] = [
  { name: 'output', args: 'exec POD -- echo hello world', stdout: 'hello world\n' },
  { name: 'input', args: 'exec -i POD -- cat', input: 'some input', stdout: 'some input' },
  {
    name: 'an exit code',
    args: 'exec POD -- exit 3',
    stdout: '',
    stderr: /leaving with 3\n.*command terminated with exit code 3/s,
    code: 3,
  },
  {
    name: 'a command that is not there',
    args: 'exec POD -- nothing',
    stdout: '',
    stderr: /no command nothing/,
    code: 1,
  },
  { name: 'much output', args: 'exec POD -- flood 2000', stdout: 'x'.repeat(2000 * 1024) },
  {
    name: 'much input, which comes back',
    args: 'exec -i POD -- cat',
    input: 'some input\n'.repeat(300_000),
    stdout: 'some input\n'.repeat(300_000),
  },
  { name: 'attach', args: 'attach -i POD -c main', input: 'typed\n', stdout: 'typed\n' },
];

for (const { name: way, node, env, sees } of ways) {
  describe(`kubectl by ${way}`, { skip }, () => {
    for (const {
      name,
      args,
      input,
      stdout,
      stderr = /^(If you don't see.*\n)?$/,
      code = 0,
    } of runs) {
      test(name, async () => {
        const { asked } = setting.kubelets[node];
        const before = asked.length;
        const result = await kubectl(
          setting.product.kubeconfig,
          ['-v=6', ...words(args).map((word) => (word === 'POD' ? node : word))],
          { env, ...(input !== undefined && { input }) },
        );
        assert.equal(result.stdout, stdout, result.stderr);
        assert.doesNotMatch(result.stderr, /fallback/);
        assert.match(result.stderr.replaceAll(/^[EI]\d{4} .*\n/gm, ''), stderr);
        assert.equal(result.code, code);
        const how = asked
          .slice(before)
          .map(({ method, headers }) => `${method} ${headers.upgrade}`);
        assert.deepEqual(
          how.map((each) => each.toLowerCase()),
          [sees.toLowerCase()],
        );
      });
    }

    test('port-forward', async () => {
      const args = ['-v=6', 'port-forward', `pod/${node}`, ':8080', '--address=127.0.0.1'];
      const child = spawn('kubectl', args, {
        env: { ...process.env, KUBECONFIG: setting.product.kubeconfig, ...env },
      });
      let said = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk: Buffer) => void (said += chunk.toString()));
      }
      const gone = new Promise((resolve) => child.once('exit', resolve));
      try {
        const port = await eventually(
          `a port (${said})`,
          limitMs,
          () => Number(/Forwarding from 127.0.0.1:(\d+)/.exec(said)?.[1] ?? 0) || undefined,
        );
        const [first, second] = await Promise.all([
          talk(port, 'one'),
          talk(port, 'x'.repeat(300_000)),
        ]);
        assert.equal(first, 'port 8080: one', said);
        assert.equal(second.length, 'port 8080: '.length + 300_000);
        assert.doesNotMatch(said, /fallback/);
      } finally {
        child.kill();
        await gone;
      }
    });
  });
}

interface EchoServer {
  readonly port: number;
  readonly asked: readonly IncomingMessage[];
  stop(): Promise<void>;
}

/** Says back whatever comes on a connection that has left HTTP. */
async function startEchoServer(): Promise<EchoServer> {
  const asked: IncomingMessage[] = [];
  const server = createServer();
  server.on('upgrade', (request, socket) => {
    asked.push(request);
    socket.on('error', () => {});
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n',
    );
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Sends a text and reads until as much has come back. */
function talk(port: number, text: string): Promise<string> {
  const wanted = text.length + 'port 8080: '.length;
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  return within(
    'the echo',
    limitMs,
    (async () => {
      let seen = '';
      for await (const chunk of socket) {
        seen += String(chunk);
        if (seen.length >= wanted) break;
      }
      return seen;
    })(),
  );
}

test('who may only get runs nothing', { skip }, async () => {
  for (const env of [{}, spdyOnly]) {
    const result = await kubectl(setting.reader, ['exec', 'new', '--', 'echo', 'x'], { env });
    assert.match(result.stderr, /pods "new" is forbidden/);
    assert.equal(result.code, 1);
  }
});

test('without an upgrade there is nothing to run', { skip }, async () => {
  const where = '/api/v1/namespaces/default/pods/new/exec?command=echo';
  const result = await kubectl(setting.product.kubeconfig, ['get', '--raw', where]);
  assert.match(result.stderr, /Upgrade request required/);
});

test('a log', { skip }, async () => {
  const result = await kubectl(setting.product.kubeconfig, ['logs', 'new', '--tail=3']);
  assert.equal(result.stdout, '/containerLogs/default/new/main?tailLines=3\n', result.stderr);
});

const python = '/usr/bin/python3';
const hasPython = spawnSync(python, ['-c', 'import kubernetes']).status === 0;

test('python3-kubernetes', { skip: hasPython ? false : 'not installed' }, async () => {
  const script = path.join(import.meta.dirname, 'session.py');
  const { stdout } = await promisify(execFile)(
    python,
    ['-W', 'ignore', script, setting.product.kubeconfig],
    { timeout: 90_000 },
  );
  assert.match(stdout, /^4 steps$/m);
});

test('a WebSocket of a pod, through its proxy', { skip: noAddress }, async () => {
  const echo = await startEchoServer();
  try {
    const { product } = setting;
    const { ca, cert, key } = await credentialsOf(product);
    const client = createHttpClient({ url: product.url, authorities: ca, certificate: cert, key });
    const answer = await client.upgrade({
      method: 'GET',
      path: `/api/v1/namespaces/default/pods/new:${echo.port}/proxy/chat?room=1`,
      headers: { connection: 'upgrade', upgrade: 'echo', authorization: 'Bearer secret', x: 'y' },
      signal: new AbortController().signal,
    });
    if (answer.kind === 'answered') {
      const { response } = answer;
      assert.fail(`${response.status} ${Buffer.from(await response.bytes()).toString()}`);
    }
    await answer.tunnel.write(Buffer.from('ping'));
    for await (const chunk of answer.tunnel.chunks) {
      assert.equal(Buffer.from(chunk).toString(), 'ping');
      break;
    }
    answer.tunnel.end();
    const [asked] = echo.asked;
    assert.equal(asked?.url, '/chat?room=1');
    assert.deepEqual([asked?.headers['x'], asked?.headers['authorization']], ['y', undefined]);
  } finally {
    await echo.stop();
  }
});

test('what has ended is not counted as open', { skip }, async () => {
  await eventually('no open tunnels', limitMs, async () => {
    const { stdout } = await kubectl(setting.product.kubeconfig, ['get', '--raw', '/metrics']);
    return stdout.includes('longrunning_requests') && !/verb="CONNECT",group=""/.test(stdout);
  });
});

test('a server that stops ends what is open, and does not wait for it', { skip }, async () => {
  const { product, kubelets } = setting;
  const before = kubelets.old.begun();
  const [bySocket, bySpdy] = [{}, spdyOnly].map((env) =>
    kubectl(product.kubeconfig, ['exec', '-i', 'old', '--', 'wait'], { env }),
  );
  await eventually('sessions', limitMs, () => kubelets.old.begun() === before + 2);
  assert.equal(await within('the exit', promptMs, product.stop()), 0);
  assert.match((await bySocket)?.stderr ?? '', /going away/);
  await bySpdy; // To kubectl the end of a SPDY connection is the end of the command.
});

test('nothing is left open', async () => {
  const { kubelets } = setting;
  await eventually('closed connections', limitMs, () =>
    Object.values(kubelets).every((kubelet) => kubelet.openConnections() === 0),
  );
});
