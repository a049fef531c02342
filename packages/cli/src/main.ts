/** The `navarch` command: finds the verb, runs it, ends with a clear line when something is wrong. */
import process from 'node:process';
import { describeFailure, exitCodeOf } from './failure.ts';
import { createProgram } from './program.ts';

/** Milliseconds since the epoch at which the process began, so that `ready in` counts from there. */
const startedAtMs = Math.round(Date.now() - process.uptime() * 1000);

// Whoever read what we print may leave first (`navarch help | head`); a server goes on without readers.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

try {
  await createProgram({ startedAtMs, environment: process.env }).parseAsync(process.argv);
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`);
  process.exitCode = exitCodeOf(error);
}
