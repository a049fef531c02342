/** What cannot be done is said in one line that helps, with an exit code, and nothing is left behind. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { type Product, startProduct } from '../product.ts';
import { navarch } from './command.ts';

/** What the cases meet. */
interface Scene {
  /** A server that runs. */
  readonly product: Product;
  /** A folder with a file, a token file and a corrupt store; the rest of it is free to use. */
  readonly folder: string;
}

interface Refusal {
  readonly name: string;
  readonly args: (scene: Scene) => readonly string[];
  readonly code: 1 | 2;
  readonly says: RegExp | ((scene: Scene) => RegExp);
}

/** Usage: nothing was tried. */
const usage: readonly Refusal[] = [
  ['an unknown flag', 'up --wrong', /unknown option '--wrong'/],
  ['an unknown command', 'ip', /unknown command 'ip'.*Did you mean up/],
  ['help about an unknown command', 'help nothing', /unknown command 'nothing'/],
  ['an argument too many', 'up cluster', /too many arguments for 'up'/],
  ['a flag without its value', 'up --secure-port', /'--secure-port <PORT>' argument missing/],
  ['no number of nodes', 'up --nodes x', /--nodes must be a whole number from 0 to \d+, not "x"/],
  ['no address', 'up --bind-address here', /--bind-address must be an IP address, not "here"/],
  ['an unknown engine', 'up --storage disk', /--storage must be one of lmdb, memory, not "disk"/],
  ['an unknown plugin', 'up --enable-admission-plugins No', /"No" is not an admission plugin/],
  ['an unknown authorizer', 'up --authorization-mode No', /"No" is not an authorization mode; /],
  ['no authorizer', 'up --authorization-mode=', /there must be an authorization mode/],
  ['no range', 'up --service-cluster-ip-range 10.0.0.0', /"10\.0\.0\.0" is not a service range/],
  ['a gate without a value', 'up --feature-gates A', /--feature-gates takes .*, not "A"/],
  ['no log level', 'up -v 11', /--v must be a whole number from 0 to 10/],
  ['no server to go to', 'kubelet --kubeconfig=', /--kubeconfig FILE/],
].map(([name, line, says]) => ({
  name: String(name),
  args: ({ folder }) => {
    const [verb = '', ...rest] = String(line).split(' ');
    const where = verb === 'up' ? ['--data-dir', path.join(folder, 'never-made')] : [];
    return [verb, ...where, ...rest];
  },
  code: 2,
  says: says as RegExp,
}));

/** `DIR` stands for the scene's folder, `PORT` for the running server's. */
const failures: readonly Refusal[] = [
  [
    'a port that is in use',
    'apiserver --data-dir DIR/1 --secure-port PORT',
    /port \d+ on 127\.0\.0\.1 is in use; choose another/,
  ],
  [
    'an address of another machine',
    'apiserver --data-dir DIR/2 --bind-address 192.0.2.1',
    /192\.0\.2\.1 is not an address of this machine/,
  ],
  [
    'a corrupt store',
    'apiserver --data-dir DIR/corrupt --secure-port 0',
    /corrupt\/store\/data\.mdb cannot be used: /,
  ],
  [
    'a certificate that is none',
    'apiserver --data-dir DIR/garbled --secure-port 0',
    /a key or certificate in \S+garbled\/pki cannot be used: /,
  ],
  [
    'a file where the data dir should be',
    'up --data-dir DIR/a-file',
    /a-file is no directory: there is a file in the way/,
  ],
  [
    'a file above where the data dir should be',
    'up --data-dir DIR/a-file/data',
    /a-file\/data is no directory: there is a file in the way/,
  ],
  [
    'a token file that is not there',
    'up --data-dir DIR/never-made --token-auth-file DIR/nothing',
    /--token-auth-file: there is no \S+nothing/,
  ],
  [
    'a token file that is a folder',
    'up --data-dir DIR/never-made --token-auth-file DIR',
    /--token-auth-file: \S+ is a directory/,
  ],
  [
    'a token file with too few columns',
    'up --data-dir DIR/3 --secure-port 0 --token-auth-file DIR/two-columns',
    /line 1 of the token file has fewer than the 3 columns/,
  ],
  [
    'a kubeconfig that cannot be written',
    'apiserver --data-dir DIR/4 --secure-port 0 --write-kubeconfig DIR/a-file/config',
    /a-file is no directory: there is a file in the way/,
  ],
  [
    'a kubeconfig that is not there',
    'scheduler --kubeconfig DIR/nothing',
    /there is no \S+nothing/,
  ],
].map(([name, line, says]) => ({
  name: String(name),
  args: ({ folder, product }) =>
    String(line).replaceAll('DIR', folder).replace('PORT', portOf(product)).split(' '),
  code: 1,
  says: says as RegExp,
}));

const inUse: Refusal = {
  name: 'a data dir that is in use',
  args: ({ product }) => ['up', '--data-dir', product.dataDir, '--secure-port', '0'],
  code: 1,
  says: ({ product }) => new RegExp(`the store is in use by process ${product.pid} `),
};

test('refusals', { concurrency: 3 }, async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'navarch-refusals-'));
  writeFileSync(path.join(folder, 'a-file'), 'not a directory\n');
  writeFileSync(path.join(folder, 'two-columns'), 'token,user\n');
  mkdirSync(path.join(folder, 'garbled', 'pki'), { recursive: true });
  writeFileSync(path.join(folder, 'garbled', 'pki', 'ca.crt'), 'no certificate\n');
  const corrupt = writeCorruptStore(path.join(folder, 'corrupt'));
  const product = await startProduct({ args: ['apiserver'] });
  try {
    const run = (refusal: Refusal): Promise<void> =>
      t.test(`${refusal.name}: one line, exit ${refusal.code}`, () =>
        assertRefused(refusal, { product, folder }),
      );
    await Promise.all([...usage, ...failures, inUse].map(run));
    await t.test('what was refused before it began has made nothing', () =>
      assert.equal(existsSync(path.join(folder, 'never-made')), false),
    );
    await t.test('a corrupt store is left as it was', () =>
      assert.equal(digestOf(path.join(folder, 'corrupt', 'store')), corrupt),
    );
    await t.test('who holds the data dir did not notice', () => assertUndisturbed(product));
  } finally {
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

async function assertRefused({ args, code, says }: Refusal, scene: Scene): Promise<void> {
  const ended = await navarch(args(scene));
  assert.equal(ended.stdout, '');
  assert.match(ended.stderr, /^navarch: [^\n]+\n$/);
  assert.match(ended.stderr, typeof says === 'function' ? says(scene) : says);
  assert.equal(ended.code, code);
}

function assertUndisturbed(product: Product): void {
  assert.doesNotMatch(product.output(), /^[WEF]\d{4} /m);
  const locks = readdirSync(path.join(product.dataDir, 'store')).filter(
    (file) => file.startsWith('lock-') && !file.startsWith(`lock-${product.pid}-`),
  );
  assert.deepEqual(locks, []);
}

/** What a disk might give back: the right size, none of the right bytes. Gives the digest. */
function writeCorruptStore(directory: string): string {
  const store = path.join(directory, 'store');
  mkdirSync(store, { recursive: true });
  writeFileSync(path.join(store, 'data.mdb'), Buffer.alloc(64 * 1024, 'navarch'));
  return digestOf(store);
}

/** Of every file that is there, but for what keeps others out. */
function digestOf(folder: string): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(folder).toSorted()) {
    if (!file.startsWith('lock')) hash.update(file).update(readFileSync(path.join(folder, file)));
  }
  return hash.digest('hex');
}

function portOf({ url }: Product): string {
  return new URL(url).port;
}
