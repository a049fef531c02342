/** From flag values to what the cluster package takes. */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import path from 'node:path';
import type { DataDirOptions } from '@navarch/cluster/data-dir/node';
import { checkSettings, type Settings } from '@navarch/cluster/settings';
import type { LogOptions } from '@navarch/runtime/node';
import { admissionConfigurationOf } from './admission-options.ts';
import { reasonOf, UsageError } from './failure.ts';
import { boolean, type FlagValues, gates, list, oneOf, wholeNumber } from './flags.ts';
import type { Invocation } from './program.ts';

export function dataDirOptions(values: FlagValues, { environment }: Invocation): DataDirOptions {
  return {
    directory: path.resolve(values['data-dir'] ?? defaultDataDir(environment)),
    storage: oneOf(values, 'storage', ['lmdb', 'memory']),
    bindAddress: address(values, 'bind-address') ?? '',
    port: wholeNumber(values, 'secure-port', { min: 0, max: 65_535 }),
    advertiseAddress: address(values, 'advertise-address'),
    serviceClusterIpRange: values['service-cluster-ip-range'] ?? '',
  };
}

function defaultDataDir(environment: Invocation['environment']): string {
  const { XDG_DATA_HOME: dataHome, HOME: home } = environment;
  if (dataHome) return path.join(dataHome, 'navarch', 'default');
  if (home) return path.join(home, '.local', 'share', 'navarch', 'default');
  throw new UsageError(
    'neither XDG_DATA_HOME nor HOME is set; say where to keep data with --data-dir',
  );
}

/** Before anything is opened or made. */
export async function settings(values: FlagValues): Promise<Settings> {
  gates(values, 'feature-gates'); // Read for their form: no gate changes anything yet.
  const tokenFile = values['token-auth-file'];
  const admissionConfiguration = await admissionConfigurationOf(values);
  return checked({
    serviceAccountIssuer: values['service-account-issuer'] ?? '',
    serviceClusterIpRange: values['service-cluster-ip-range'] ?? '',
    authorizationModes: list(values, 'authorization-mode'),
    enabledAdmissionPlugins: list(values, 'enable-admission-plugins'),
    disabledAdmissionPlugins: list(values, 'disable-admission-plugins'),
    flowControl: {
      readingMax: wholeNumber(values, 'max-requests-inflight', requestCounts),
      mutatingMax: wholeNumber(values, 'max-mutating-requests-inflight', requestCounts),
      isFair: boolean(values, 'enable-priority-and-fairness'),
    },
    ...(admissionConfiguration && { admissionConfiguration }),
    ...(tokenFile !== undefined && { tokenAuthFile: readTokenFile(tokenFile) }),
  });
}

const requestCounts = { min: 0, max: 1_000_000 };

function checked(settings: Settings): Settings {
  try {
    checkSettings(settings);
    return settings;
  } catch (error) {
    throw new UsageError(reasonOf(error), { cause: error });
  }
}

function readTokenFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = reasonOf(Object.assign(error as Error, { path: file })); // Not every refusal says which file.
    throw new Error(`--token-auth-file: ${reason}`, { cause: error });
  }
}

function address(values: FlagValues, name: string): string | undefined {
  const text = values[name];
  if (text !== undefined && isIP(text) === 0)
    throw new UsageError(`--${name} must be an IP address, not "${text}"`);
  return text;
}

/** Everything that is worth a line goes to standard error; standard output is for the answers of commands. */
export function logOptions(values: FlagValues): LogOptions {
  const verbosity = wholeNumber(values, 'v', { min: 0, max: 10 });
  return {
    format: oneOf(values, 'log-format', ['text', 'json']),
    level: verbosity >= 4 ? 'debug' : verbosity >= 1 ? 'info' : 'warn',
    write: (line) => process.stderr.write(line),
  };
}
