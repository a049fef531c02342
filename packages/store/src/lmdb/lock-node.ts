/**
 * Keeps a second process out of a store's directory, and lets the next one in when the first was killed.
 *
 * A process announces itself with an empty file whose name no other process ever has: its pid, when it started, in which boot and
 * which pid namespace. Then it looks for others, and holds the lock if nobody else lives. Invariants: D1 announcing comes before
 * looking, so of two that start at once at least one sees the other: they never both win. D2 a name belongs to one life of one
 * process, so removing the files of the dead can never remove those of the living. D3 a file is there from the announcement to the
 * end: holding adds a second file rather than rename the first, since listing a directory may miss a file that is being renamed.
 * D4 of two that announced and do not hold, the one whose name sorts first waits and the other leaves, so one of them wins.
 *
 * Processes of another pid namespace cannot be looked up; openers also ask lmdb, whose own locks the kernel keeps (journal-node.ts).
 */
import { linkSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Clock } from '@navarch/runtime/clock';
import { limits } from '@navarch/runtime/limits';
import { StoreLocked } from '../store.ts';

export interface DirectoryLock {
  release(): void;
}

interface Announcement {
  readonly name: string;
  readonly pid: number;
  readonly holds: boolean;
}

const announced = '.starting';
const held = '.held';

/** Throws `StoreLocked` when a living process holds the lock, or is about to. */
export async function lockDirectory(directory: string, clock: Clock): Promise<DirectoryLock> {
  const name = `lock-${identityOf(process.pid)}`;
  const file = path.join(directory, name);
  const release = (): void => removeFiles(directory, name);
  announce(file);
  try {
    await waitForTurn(directory, name, clock);
    linkSync(file + announced, file + held); // D3
    return { release };
  } catch (error) {
    rmSync(file + announced, { force: true });
    throw error;
  }
}

/** Fails when this very process is there already. */
function announce(file: string): void {
  try {
    writeFileSync(file + announced, '', { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new StoreLocked(file + announced, process.pid);
  }
}

/** Between looking and holding nobody pauses, so whoever has to wait does so for a few turns. */
async function waitForTurn(directory: string, name: string, clock: Clock): Promise<void> {
  for (let looks = 1; ; looks++) {
    const others = livingOthers(directory, name); // D1
    const first = others[0];
    if (!first) return;
    const isLast = looks === limits.storeLockLooksMax;
    const blocker = others.find((other) => other.holds || other.name < name) ?? (isLast && first);
    if (blocker) throw new StoreLocked(path.join(directory, blocker.name), blocker.pid); // D4
    await new Promise<void>((resolve) => clock.soon(resolve));
  }
}

function livingOthers(directory: string, name: string): readonly Announcement[] {
  const files = new Set(readdirSync(directory));
  const others: Announcement[] = [];
  for (const file of files) {
    if (!file.startsWith('lock-') || !file.endsWith(announced)) continue;
    const other = file.slice(0, -announced.length);
    if (other === name) continue;
    if (isAlive(other))
      others.push({ name: other, pid: pidOf(other), holds: files.has(other + held) });
    else removeFiles(directory, other); // D2
  }
  return others;
}

function removeFiles(directory: string, name: string): void {
  for (const suffix of [held, announced])
    rmSync(path.join(directory, name + suffix), { force: true });
}

function pidOf(name: string): number {
  return Number(name.split('-')[1]);
}

/** Whether the process that has this name still lives; one of another boot or pid namespace does not, as far as can be seen here. */
function isAlive(name: string): boolean {
  const pid = pidOf(name);
  return Number.isSafeInteger(pid) && pid > 0 && `lock-${identityOf(pid)}` === name && exists(pid);
}

/** What sets one life of a process apart from all others. Without /proc it is the pid alone. */
function identityOf(pid: number): string {
  const boot = readOr('', () =>
    readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8),
  );
  const namespace = readOr('', () => readlinkSync('/proc/self/ns/pid').replace(/\D/g, ''));
  return [pid, startOf(pid), boot, namespace].join('-');
}

/** When the process started, in clock ticks since the boot; 'gone' when it does not run. */
function startOf(pid: number): string {
  const stat = readOr('', () => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The name in parentheses may hold anything; what follows is the state, and the start as the 20th field.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const isRunning = fields[0] !== 'Z' && fields[0] !== 'X';
  return isRunning ? (fields[19] ?? '') : 'gone';
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readOr(otherwise: string, read: () => string): string {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
