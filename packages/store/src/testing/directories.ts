/** Directories that last as long as a test. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Memory where there is some: most tests are about what is written, not about the disk. */
const fastParent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export function makeFastDirectory(): string {
  return mkdtempSync(path.join(fastParent, 'navarch-store-'));
}

export function withFastDirectory(run: (directory: string) => Promise<void>): Promise<void> {
  return runIn(makeFastDirectory(), run);
}

/** A directory on the disk that the system keeps temporary files on. */
export function withDiskDirectory(run: (directory: string) => Promise<void>): Promise<void> {
  return runIn(mkdtempSync(path.join(tmpdir(), 'navarch-store-')), run);
}

async function runIn(directory: string, run: (directory: string) => Promise<void>): Promise<void> {
  try {
    await run(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
