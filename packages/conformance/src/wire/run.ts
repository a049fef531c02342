/** Replays whole files of recordings, several cases at a time, and knows which steps may differ. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Product, startProduct } from '../product.ts';
import { goldenFolder, type Case, readRecordings } from './recording.ts';
import { replayCase } from './replay.ts';

/** The users of the recorded server. */
const tokens = [
  'admintoken,admin,admin,"system:masters"',
  'alicetoken,alice,alice-uid,"dev"',
  'kubelettoken,system:node:n1,n1,"system:nodes"',
];

export function startWireServer(): Promise<Product> {
  const folder = mkdtempSync(path.join(tmpdir(), 'navarch-wire-'));
  const tokenFile = path.join(folder, 'tokens.csv');
  writeFileSync(tokenFile, `${tokens.join('\n')}\n`);
  return startProduct({
    args: [
      'apiserver',
      '--token-auth-file',
      tokenFile,
      '--enable-admission-plugins',
      'NodeRestriction',
    ],
  });
}

export interface RecordingResult {
  readonly recording: string;
  readonly steps: readonly { readonly name: string; readonly differences: readonly string[] }[];
}

/** Cases share one server. Those that name cluster-wide objects could meet, so only cases of different files run together. */
const filesAtOnce = 4;

export async function replayAll(
  url: string,
  wanted: (name: string) => boolean,
): Promise<readonly RecordingResult[]> {
  const recordings = readRecordings(goldenFolder());
  const results: RecordingResult[] = [];
  const queue = [...recordings];
  const worker = async (): Promise<void> => {
    for (let recording = queue.shift(); recording; recording = queue.shift()) {
      const { name, cases } = recording;
      const steps = await replayFile(
        url,
        name,
        cases.filter((one) => wanted(`${name}/${one.name}`)),
      );
      if (steps.length > 0) results.push({ recording: name, steps });
    }
  };
  await Promise.all(Array.from({ length: filesAtOnce }, worker));
  return results.toSorted((a, b) => a.recording.localeCompare(b.recording));
}

async function replayFile(
  url: string,
  file: string,
  cases: readonly Case[],
): Promise<RecordingResult['steps']> {
  const steps: { name: string; differences: readonly string[] }[] = [];
  for (const [index, one] of cases.entries()) {
    const namespace = `wire-${file}-${index}`;
    for (const { id, differences } of await replayCase(
      one,
      { url, token: 'admintoken' },
      namespace,
    )) {
      steps.push({ name: `${file}/${one.name}/${id}`, differences });
    }
  }
  return steps;
}

const knownFile = path.join(import.meta.dirname, '..', '..', 'wire-differences.txt');

/** Steps whose answers may differ for now: work of later issues, listed so that nothing else can slip. */
export function readKnownDifferences(): ReadonlySet<string> {
  if (!existsSync(knownFile)) return new Set();
  return new Set(
    readFileSync(knownFile, 'utf8')
      .split('\n')
      .filter((line) => line && !line.startsWith('#')),
  );
}

export function writeKnownDifferences(results: readonly RecordingResult[]): void {
  const names = results.flatMap(({ steps }) =>
    steps.filter((step) => step.differences.length > 0).map((step) => step.name),
  );
  const head =
    '# Steps that do not match the recordings yet. Written by `npm run wire -- --write`; may only get shorter.';
  writeFileSync(knownFile, `${[head, ...names.toSorted()].join('\n')}\n`);
}
