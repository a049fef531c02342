/** From the audit flags to what the server takes. What does it is only loaded when the flags ask for it. */
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import type { AuditOptions } from '@navarch/apiserver/audit/auditor';
import type { Policy } from '@navarch/apiserver/audit/policy';
import type { Lifetime } from '@navarch/runtime/lifetime';
import type { Runtime } from '@navarch/runtime/runtime';
import { reasonOf, UsageError } from './failure.ts';
import { type FlagValues, oneOf, wholeNumber } from './flags.ts';

const dayMs = 24 * 60 * 60 * 1000;
const megabyte = 1024 * 1024;
const countMax = 1_000_000;

/** Undefined when nothing is to be remembered. The log is closed with the lifetime. */
export async function auditOptions(
  values: FlagValues,
  { clock, log, metrics }: Pick<Runtime, 'clock' | 'log' | 'metrics'>,
  lifetime: Lifetime,
): Promise<AuditOptions | undefined> {
  const file = logFile(values);
  const format = oneOf(values, 'audit-log-format', ['json', 'legacy']);
  const policyFile = values['audit-policy-file'];
  const logPath = values['audit-log-path'];
  if (!policyFile) {
    if (logPath) log.warn('no audit policy file is given: no requests are audited');
    return undefined;
  }
  const policy = await loadPolicy(policyFile, (text) => log.warn(text));
  if (!logPath) return undefined;
  const { createLogSink } = await import('@navarch/apiserver/audit/log-sink');
  if (logPath === '-') {
    return { policy, sink: createLogSink(format, (line) => process.stdout.write(line)) };
  }
  const { openAuditLogFile } = await import('@navarch/apiserver/audit/log-file/node');
  const opened = opening(logPath, () =>
    openAuditLogFile({ file: logPath, clock, log, metrics, ...file }),
  );
  lifetime.onStop(() => opened.close());
  return { policy, sink: createLogSink(format, opened.write) };
}

function logFile(values: FlagValues) {
  const bounds = { min: 0, max: countMax };
  return {
    maxSizeBytes: wholeNumber(values, 'audit-log-maxsize', bounds) * megabyte,
    maxBackups: wholeNumber(values, 'audit-log-maxbackup', bounds),
    maxAgeMs: wholeNumber(values, 'audit-log-maxage', bounds) * dayMs,
  };
}

async function loadPolicy(file: string, warn: (text: string) => void): Promise<Policy> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Error(`--audit-policy-file: ${reasonOf(error)}`, { cause: error });
  });
  const { readPolicy } = await import('@navarch/apiserver/audit/policy-file');
  try {
    return await readPolicy(text, warn);
  } catch (error) {
    const message = `loading audit policy file: ${reasonOf(error)}: from file ${file}`;
    throw new UsageError(message, { cause: error });
  }
}

function opening<T>(file: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    const reason = reasonOf(Object.assign(error as Error, { path: file }));
    throw new Error(`--audit-log-path: ${reason}`, { cause: error });
  }
}
