/** A file system that is soon full. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface SmallDisk {
  readonly directory: string;
  /** Takes room, until `free` of the same name. */
  occupy(name: string, bytes: number): void;
  free(name: string): void;
  remove(): void;
}

/** Undefined where this machine does not let us mount. */
export function createSmallDisk(bytes: number): SmallDisk | undefined {
  const directory = mkdtempSync(path.join(tmpdir(), 'navarch-disk-'));
  try {
    const options = `size=${bytes}`;
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', directory], { stdio: 'ignore' });
  } catch {
    rmSync(directory, { recursive: true });
    return undefined;
  }
  return {
    directory,
    occupy: (name, bytes) => writeFileSync(path.join(directory, name), Buffer.alloc(bytes)),
    free: (name) => rmSync(path.join(directory, name)),
    remove: () => {
      execFileSync('umount', [directory]);
      rmSync(directory, { recursive: true });
    },
  };
}
