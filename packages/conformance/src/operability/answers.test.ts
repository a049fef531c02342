/** The commands that only say something. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { suite, test } from 'node:test';
import { navarch, navarchUnread } from './command.ts';

const verbs = [
  'up',
  'apiserver',
  'scheduler',
  'controller-manager',
  'kubelet',
  'version',
  'completion',
];

suite('answers', { concurrency: 3 }, () => {
  for (const args of ['version', '--version']) {
    test(`navarch ${args}`, async () => {
      const { code, stdout, stderr } = await navarch([args]);
      assert.match(stdout, /^v1\.\d+\.\d+\+navarch\.\d+\.\d+\.\d+\n$/);
      assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    });
  }

  for (const args of ['help', '--help', '-h']) {
    test(`navarch ${args} lists every verb`, async () => {
      const { code, stdout, stderr } = await navarch([args]);
      for (const verb of verbs) assert.match(stdout, new RegExp(`^  ${verb}\\b`, 'm'));
      assert.match(stdout, /Start here: {2}navarch up/);
      assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    });
  }

  for (const args of ['help up', 'up --help']) {
    test(`navarch ${args} explains the flags`, async () => {
      const { code, stdout, stderr } = await navarch(args.split(' '));
      assert.match(stdout, /^Usage: navarch up \[options\]/);
      for (const flag of ['--nodes <N>', '--data-dir <DIR>', '--secure-port <PORT>', '-v, --v'])
        assert.ok(stdout.includes(flag), flag);
      assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    });
  }

  test('navarch alone says what to do', async () => {
    const { code, stdout, stderr } = await navarch([]);
    assert.match(stderr, /navarch: say what to do, such as: navarch up\n$/);
    assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
  });

  test('a reader who leaves is no failure', async () => {
    assert.deepEqual(await navarchUnread(['help']), { code: 0, stdout: '', stderr: '' });
  });

  test('navarch completion is a script that bash runs', async () => {
    const { code, stdout, stderr } = await navarch(['completion']);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    for (const { typed, offers } of completions) {
      const words = typed.split(' ');
      const script = `${stdout}\nCOMP_WORDS=(${words.map((word) => `"${word}"`).join(' ')})
COMP_CWORD=${words.length - 1}\n_navarch\nprintf '%s ' "\${COMPREPLY[@]}"`;
      const bash = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
      assert.equal(bash.stderr, '');
      assert.equal(bash.stdout.trim(), offers, typed);
    }
  });
});

const completions = [
  { typed: 'navarch ap', offers: 'apiserver' },
  { typed: 'navarch c', offers: 'controller-manager completion' },
  { typed: 'navarch up --secure', offers: '--secure-port' },
  { typed: 'navarch up --no', offers: '--nodes' },
  { typed: 'navarch scheduler --no', offers: '' },
];
