/** The same seed gives the same history, to the byte; another seed another one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Session } from './scenario/commands.ts';
import { startWorld } from './world.ts';

const story = [
  'create deployment web --replicas=4',
  'run until quiet',
  'scale deployment web --replicas=7',
  'run until quiet',
  'scale deployment web --replicas=2',
  'run until quiet',
  'stop node node-2',
  'wait for 7m',
  'delete deployment web',
  'run until quiet',
];

async function play(seed: number): Promise<readonly string[]> {
  const world = await startWorld({ seed, nodes: 3 });
  const session = new Session(world);
  const seen: string[] = [];
  for (const command of story) seen.push(await session.run(command));
  await world.stop();
  return [...world.history, ...seen];
}

test('one seed, one history', async () => {
  const [first, second] = [await play(7), await play(7)];
  assert.ok(first.length > 200, `only ${first.length} changes`);
  assert.deepEqual(first, second);
});

test('another seed, another history', async () => {
  assert.notDeepEqual(await play(7), await play(8));
});
