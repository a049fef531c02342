/** Every file in scenarios/ is a test: its commands run on a fresh cluster, and what is seen must be what it says. `REWRITE=1` records. */
import assert from 'node:assert/strict';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { Session } from './scenario/commands.ts';
import { formatScenario, parseScenario, type Step } from './scenario/scenario.ts';
import { startWorld } from './world.ts';

const folder = path.join(import.meta.dirname, '..', 'scenarios');

for (const file of globSync('*.txt', { cwd: folder }).toSorted()) {
  test(file, async () => {
    const text = readFileSync(path.join(folder, file), 'utf8');
    const world = await startWorld({ seed: 1, nodes: 3 });
    const session = new Session(world);
    const seen: Step[] = [];
    for (const step of parseScenario(text)) {
      seen.push(
        step.command === '' ? step : { ...step, expected: await session.run(step.command) },
      );
    }
    await world.stop();
    if (process.env['REWRITE'] === '1')
      writeFileSync(path.join(folder, file), formatScenario(seen));
    else assert.equal(formatScenario(seen), text);
  });
}
