/** What runs in simulated containers, what a terminal shows, and which sessions there are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { pods } from '@navarch/api/resources';
import { startTestClient } from '@navarch/client/testing';
import { ByteQueue } from '@navarch/wire/spdy/byte-queue';
import { openSession, type SessionRequest } from './open.ts';
import { attachProgram, execProgram, type Place } from './programs.ts';
import { type Outcome, type Program, type SessionStreams, statusText } from './session.ts';

const pod = {
  kind: 'Pod',
  apiVersion: 'v1',
  metadata: { name: 'web', namespace: 'd', uid: 'u' },
  spec: {
    containers: [{ name: 'main', image: 'x', env: [{ name: 'A', value: 'b' }, { name: 'C' }] }],
  },
} as unknown as Pod;
const [main] = pod.spec.containers;

/** What `program` says to `input`, and how it ends. */
async function play(
  program: Program,
  input = '',
  signal = new AbortController().signal,
): Promise<{ said: string; outcome: Outcome }> {
  const stdin = new ByteQueue();
  await stdin.put(Buffer.from(input));
  stdin.end();
  let said = '';
  const write = async (bytes: Uint8Array): Promise<void> =>
    void (said += Buffer.from(bytes).toString());
  const streams: SessionStreams = { stdin, stdout: write, stderr: write };
  return { outcome: await program(streams, signal), said };
}

function place(more: Partial<Place> = {}): Place {
  assert.ok(main);
  return { pod, container: main, clock: startTestClient().runtime.clock, tty: false, ...more };
}

const commands: {
  name: string;
  words: readonly string[];
  input?: string;
  said: string;
  exitCode: number;
}[] = [
  { name: 'echo', words: ['echo', 'a', 'b'], said: 'a b\n', exitCode: 0 },
  { name: 'false', words: ['/bin/false'], said: '', exitCode: 1 },
  { name: 'cat', words: ['cat'], input: 'x\ny', said: 'x\ny', exitCode: 0 },
  {
    name: 'cat of a file',
    words: ['cat', '/etc/passwd'],
    said: "cat: can't open '/etc/passwd': simulated containers have no files\n",
    exitCode: 1,
  },
  { name: 'env', words: ['env'], said: 'HOSTNAME=web\nA=b\n', exitCode: 0 },
  {
    name: 'a script with quotes',
    words: ['sh', '-c', `echo "a;  b" 'c'; hostname`],
    said: 'a;  b c\nweb\n',
    exitCode: 0,
  },
  {
    name: 'what comes after a failure',
    words: ['sh', '-c', 'false && echo a; echo b'],
    said: 'b\n',
    exitCode: 0,
  },
  { name: 'the end of a script', words: ['bash', '-ec', 'exit 3; echo a'], said: '', exitCode: 3 },
  { name: 'nothing known', words: ['sh', '-c', 'vi'], said: 'sh: vi: not found\n', exitCode: 127 },
  {
    name: 'what looks like a pipe',
    words: ['sh', '-c', "echo 'a | b'"],
    said: 'a | b\n',
    exitCode: 0,
  },
  {
    name: 'a pipe',
    words: ['sh', '-c', 'echo a | cat'],
    said: 'sh: simulated shells know no pipes, redirections or loops\n',
    exitCode: 2,
  },
  { name: 'a shell with input', words: ['sh'], input: 'echo a\nexit', said: 'a\n', exitCode: 0 },
  { name: 'a shell in a shell', words: ['sh', '-c', 'sh -c "echo a"'], said: 'a\n', exitCode: 0 },
];
for (const { name, words, input, said, exitCode } of commands) {
  test(`exec: ${name}`, async () => {
    const played = await play(execProgram(words, place()), input);
    assert.equal(played.said, said);
    assert.deepEqual(played.outcome, { exitCode });
  });
}

test('exec: a program that is not there is a problem, not an exit code', async () => {
  const { outcome } = await play(execProgram(['vi'], place()));
  assert.match(statusText(outcome), /exec: \\"vi\\": executable file not found/);
});

test('exec: what takes long ends when the client leaves', async () => {
  const leaving = new AbortController();
  const playing = play(execProgram(['sleep', '1h'], place()), '', leaving.signal);
  leaving.abort(new Error('gone'));
  await assert.rejects(playing, /gone/);
});

const terminals: { name: string; typed: string; shown: string }[] = [
  { name: 'a line', typed: 'echo a\r', shown: '/ # echo a\r\na\r\n/ # ' },
  { name: 'a mistake', typed: 'echo ab\x7f\r', shown: '/ # echo ab\b \b\r\na\r\n/ # ' },
  { name: 'nothing to erase', typed: '\x7f\r', shown: '/ # \r\n/ # ' },
  { name: 'another thought', typed: 'ec\x03exit\r', shown: '/ # ec^C\r\n/ # exit\r\n' },
  { name: 'the end of the input', typed: '\x04echo a\r', shown: '/ # ' },
];
for (const { name, typed, shown } of terminals) {
  test(`a terminal shows ${name}`, async () => {
    const { said } = await play(execProgram(['sh'], place({ tty: true })), typed);
    assert.equal(said, shown);
  });
}

test('who is attached to a shell talks to it, and it leaves when it is told to', async () => {
  const container = { name: 'main', image: 'busybox', stdin: true };
  const left: number[] = [];
  const program = attachProgram(place({ container }), (exitCode) => void left.push(exitCode));
  const { said, outcome } = await play(program, 'echo a\nexit 3\n');
  assert.equal(said, 'a\n');
  assert.deepEqual([outcome, left], [{ exitCode: 0 }, [3]]);
});

const asked: { name: string; request: Partial<SessionRequest>; answer: string }[] = [
  { name: 'exec by WebSocket', request: {}, answer: 'webSocket v5.channel.k8s.io' },
  {
    name: 'exec by the older protocol',
    request: { protocols: ['v4.channel.k8s.io'] },
    answer: 'webSocket v4.channel.k8s.io',
  },
  {
    name: 'exec by SPDY',
    request: { upgrade: 'SPDY/3.1', protocols: ['v5.channel.k8s.io', 'v4.channel.k8s.io'] },
    answer: 'tunnel v4.channel.k8s.io',
  },
  {
    name: 'ports by SPDY',
    request: { action: 'portForward', upgrade: 'SPDY/3.1', protocols: ['portforward.k8s.io'] },
    answer: 'tunnel portforward.k8s.io',
  },
  {
    name: 'ports by WebSocket',
    request: { action: 'portForward', protocols: ['SPDY/3.1+portforward.k8s.io'] },
    answer: 'webSocket SPDY/3.1+portforward.k8s.io',
  },
  {
    name: 'ports by channels',
    request: {
      action: 'portForward',
      protocols: ['v4.channel.k8s.io'],
      query: new URLSearchParams('port=80,81'),
    },
    answer: 'webSocket v4.channel.k8s.io',
  },
  {
    name: 'channels for no ports',
    request: { action: 'portForward', protocols: ['v4.channel.k8s.io'] },
    answer: 'refused 400',
  },
  { name: 'no protocol in common', request: { protocols: ['x'] }, answer: 'refused 403' },
  { name: 'no upgrade', request: { upgrade: undefined }, answer: 'refused 400' },
  { name: 'no such pod', request: { name: 'none' }, answer: 'refused 404' },
  { name: 'no such container', request: { container: 'none' }, answer: 'refused 500' },
  { name: 'a container that does not run', request: { name: 'ended' }, answer: 'refused 500' },
];

test('which sessions there are', async () => {
  const { client, informers, runtime, sync } = startTestClient();
  const informer = informers.of(pods);
  for (const [name, state] of [
    ['web', { running: {} }],
    ['ended', { terminated: { exitCode: 0 } }],
  ] as const) {
    const metadata = { name, namespace: 'd' };
    const status = { containerStatuses: [{ name: 'main', state }] };
    await client.resource(pods).create({ ...pod, metadata, status } as unknown as Pod);
  }
  await sync();
  for (const { name, request, answer } of asked) {
    const session = openSession(
      { pods: informer, clock: runtime.clock, endContainer: () => undefined },
      {
        action: 'exec',
        namespace: 'd',
        name: 'web',
        container: 'main',
        query: new URLSearchParams('command=echo&output=1'),
        upgrade: 'websocket',
        protocols: ['v5.channel.k8s.io', 'v4.channel.k8s.io'],
        ...request,
      },
    );
    const detail = {
      refused: 'status' in session ? String(session.status) : '',
      tunnel: 'headers' in session ? session.headers['x-stream-protocol-version'] : '',
      webSocket: 'protocol' in session ? session.protocol : '',
    }[session.kind];
    assert.equal(`${session.kind} ${detail}`, answer, name);
  }
});
