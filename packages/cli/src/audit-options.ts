/** From the audit flags to what the server takes. What does it is only loaded when the flags ask for it. */
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import type { AuditOptions } from '@navarch/apiserver/audit/auditor';
import type { AuditLosses } from '@navarch/apiserver/audit/backend/losses';
import type { LogFormat } from '@navarch/apiserver/audit/log-sink';
import type { Policy } from '@navarch/apiserver/audit/policy';
import type { AuditSink } from '@navarch/apiserver/audit/request-audit';
import { version } from '@navarch/cluster/version';
import type { Lifetime } from '@navarch/runtime/lifetime';
import type { Runtime } from '@navarch/runtime/runtime';
import { type PlaceSettings, placeSettings, sinkOf, truncated } from './audit-backends.ts';
import { reasonOf, UsageError } from './failure.ts';
import { duration, type FlagValues, oneOf, wholeNumber } from './flags.ts';

const dayMs = 24 * 60 * 60 * 1000;
const megabyte = 1024 * 1024;
const countMax = 1_000_000;

interface Parts {
  readonly runtime: Runtime;
  readonly lifetime: Lifetime;
  readonly losses: AuditLosses;
}

/** Undefined when nothing is to be remembered. What waits is written, and the log closed, with the lifetime. */
export async function auditOptions(
  values: FlagValues,
  runtime: Runtime,
  lifetime: Lifetime,
): Promise<AuditOptions | undefined> {
  const log = logSettings(values);
  const webhook = webhookSettings(values);
  const policyFile = values['audit-policy-file'];
  if (!policyFile) {
    if (log || webhook) {
      runtime.log.warn('no audit policy file is given: no requests are audited');
    }
    return undefined;
  }
  const policy = await loadPolicy(policyFile, (text) => runtime.log.warn(text));
  if (!log && !webhook) return undefined;
  const { AuditLosses } = await import('@navarch/apiserver/audit/backend/losses');
  const { sinkForAll } = await import('@navarch/apiserver/audit/backend/sinks');
  const losses = new AuditLosses(runtime);
  lifetime.onStop(() => losses.end());
  const parts = { runtime, lifetime, losses };
  const sinks: AuditSink[] = [];
  if (log) sinks.push(await truncated(await logSink(log, parts), log.place, parts.losses));
  if (webhook) {
    sinks.push(await truncated(await webhookSink(webhook, parts), webhook.place, parts.losses));
  }
  return { policy, sink: sinkForAll(sinks) };
}

interface LogSettings {
  readonly path: string;
  readonly place: PlaceSettings;
  readonly format: LogFormat;
  readonly file: {
    readonly maxSizeBytes: number;
    readonly maxBackups: number;
    readonly maxAgeMs: number;
  };
}

/** Wrong flags are refused also where there is no log. */
function logSettings(values: FlagValues): LogSettings | undefined {
  const bounds = { min: 0, max: countMax };
  const settings = {
    path: values['audit-log-path'] ?? '',
    place: placeSettings(values, 'log'),
    format: oneOf(values, 'audit-log-format', ['json', 'legacy']),
    file: {
      maxSizeBytes: wholeNumber(values, 'audit-log-maxsize', bounds) * megabyte,
      maxBackups: wholeNumber(values, 'audit-log-maxbackup', bounds),
      maxAgeMs: wholeNumber(values, 'audit-log-maxage', bounds) * dayMs,
    },
  };
  return settings.path === '' ? undefined : settings;
}

async function logSink(
  { path, place, format, file }: LogSettings,
  { runtime, lifetime, losses }: Parts,
): Promise<AuditSink> {
  const { createLogSink, createLogWriter } = await import('@navarch/apiserver/audit/log-sink');
  const opened = path === '-' ? standardOutput : await openLog(path, file, runtime, lifetime);
  // The lines of a turn are written at its end: before the client can know of the answer.
  if (place.mode === 'blocking') return createLogSink(format, opened.write);
  const { clock } = runtime;
  const giveUp = (): void => undefined;
  const write = createLogWriter(format, opened.writeAll);
  return sinkOf(place, write, { clock, losses, lifetime, giveUp });
}

const standardOutput = {
  write: (line: string): void => void process.stdout.write(line),
  writeAll: (lines: readonly string[]): Promise<boolean> => {
    for (const line of lines) process.stdout.write(line);
    return Promise.resolve(true);
  },
};

async function openLog(
  path: string,
  file: LogSettings['file'],
  runtime: Runtime,
  lifetime: Lifetime,
) {
  const { openAuditLogFile } = await import('@navarch/apiserver/audit/log-file/node');
  const opened = opening(path, () => openAuditLogFile({ file: path, ...runtime, ...file }));
  lifetime.onStop(() => opened.close());
  return opened;
}

interface WebhookSettings {
  readonly kubeconfig: string;
  readonly place: PlaceSettings;
  readonly initialBackoffMs: number;
}

const webhookFlag = 'audit-webhook-config-file';

function webhookSettings(values: FlagValues): WebhookSettings | undefined {
  const settings = {
    kubeconfig: values[webhookFlag] ?? '',
    place: placeSettings(values, 'webhook'),
    initialBackoffMs: duration(values, 'audit-webhook-initial-backoff'),
  };
  return settings.kubeconfig === '' ? undefined : settings;
}

async function webhookSink(
  { kubeconfig, place, initialBackoffMs }: WebhookSettings,
  { runtime, lifetime, losses }: Parts,
): Promise<AuditSink> {
  const { connectPlainly, loadKubeconfig } = await import('@navarch/client/node');
  const { createWebhookWriter } = await import('@navarch/apiserver/audit/backend/webhook');
  const { goErrorText } = await import('@navarch/cluster/connect/go-errors');
  const failing = (error: unknown): never => {
    throw new Error(`--${webhookFlag}: ${reasonOf(error)}`, { cause: error });
  };
  const access = await loadKubeconfig(kubeconfig).catch(failing);
  const connection = await connectPlainly(access, runtime).catch(failing);
  const late = new AbortController();
  const giveUp = (): void => late.abort(new Error('audit backend shut down'));
  lifetime.onStop(() => {
    giveUp(); // Nobody waits any more, in whatever mode.
    connection.http.close();
  });
  const { host, hostname } = new URL(access.server);
  const write = createWebhookWriter({
    ...runtime,
    ...connection,
    url: access.server,
    userAgent: `kube-apiserver/${version}`,
    initialBackoffMs,
    losses,
    describe: (error) => goErrorText(error, { host, name: access.serverName ?? hostname }),
    signal: late.signal,
  });
  return sinkOf(place, write, { clock: runtime.clock, losses, lifetime, giveUp });
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
