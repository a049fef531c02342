/** From flag values to what the cluster package takes. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DataDirOptions } from '@navarch/cluster/data-dir/node';
import type { Settings } from '@navarch/cluster/settings';
import type { LogOptions } from '@navarch/runtime/node';
import { UsageError } from './failure.ts';
import { type FlagValues, gates, list, oneOf, wholeNumber } from './flags.ts';
import type { Invocation } from './program.ts';

export function dataDirOptions(values: FlagValues, { environment }: Invocation): DataDirOptions {
  return {
    directory: path.resolve(values['data-dir'] ?? defaultDataDir(environment)),
    storage: oneOf(values, 'storage', ['lmdb', 'memory']),
    bindAddress: values['bind-address'] ?? '',
    port: wholeNumber(values, 'secure-port', { min: 0, max: 65_535 }),
    advertiseAddress: values['advertise-address'],
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

export function settings(values: FlagValues): Settings {
  gates(values, 'feature-gates'); // Read for their form: no gate changes anything yet.
  const tokenFile = values['token-auth-file'];
  return {
    serviceAccountIssuer: values['service-account-issuer'] ?? '',
    serviceClusterIpRange: values['service-cluster-ip-range'] ?? '',
    authorizationModes: list(values, 'authorization-mode'),
    enabledAdmissionPlugins: list(values, 'enable-admission-plugins'),
    disabledAdmissionPlugins: list(values, 'disable-admission-plugins'),
    ...(tokenFile !== undefined && { tokenAuthFile: readFileSync(tokenFile, 'utf8') }),
  };
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
