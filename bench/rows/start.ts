/** Start-up, idle memory and idle CPU of the whole control plane. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { atMost, type Row } from '../row.ts';
import { startServer } from '../server.ts';

export async function startRows(): Promise<readonly Row[]> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'navarch-bench-'));
  const first: number[] = [];
  const again: number[] = [];
  let memoryMb = 0;
  for (let run = 0; run < 5; run++) {
    rmSync(dataDir, { recursive: true, force: true });
    const fresh = await startServer({ verb: 'up', dataDir });
    first.push(fresh.readyAfterMs);
    await fresh.stop();
    const existing = await startServer({ verb: 'up', dataDir });
    again.push(existing.readyAfterMs);
    if (run === 4) {
      await new Promise((resolve) => setTimeout(resolve, 10_000));
      memoryMb = existing.memoryMb();
    }
    await existing.stop();
  }
  rmSync(dataDir, { recursive: true, force: true });
  return [
    atMost('start to /readyz ok, new data dir (median of 5)', median(first), 350, 'ms'),
    atMost('start to /readyz ok, existing data dir (median of 5)', median(again), 350, 'ms'),
    atMost('idle memory after 10 s, 1 node', memoryMb, 150, 'MB'),
  ];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
