/** The flags, as data: one place for names, defaults and help. Upstream's names where upstream has one. */
import { durationMs } from '@navarch/api/duration';
import { UsageError } from './failure.ts';

export interface Flag {
  readonly name: string;
  /** What stands for the value in the help; undefined for a switch. */
  readonly value?: string;
  readonly help: string;
  readonly default?: string;
}

/** Where state and the API are. */
export const serverFlags: readonly Flag[] = [
  {
    name: 'data-dir',
    value: 'DIR',
    help: 'all state, certificates and kubeconfigs (default: $XDG_DATA_HOME/navarch/default)',
  },
  { name: 'bind-address', value: 'IP', help: 'the address to listen on', default: '127.0.0.1' },
  {
    name: 'secure-port',
    value: 'PORT',
    help: 'the port to listen on; 0 takes a free one',
    default: '6443',
  },
  {
    name: 'advertise-address',
    value: 'IP',
    help: 'the address others reach this server at (default: the bind address)',
  },
  { name: 'write-kubeconfig', value: 'FILE', help: 'also write the admin kubeconfig here' },
  {
    name: 'token-auth-file',
    value: 'FILE',
    help: 'static bearer tokens, CSV: token,user,uid,"group,..."',
  },
  {
    name: 'service-account-issuer',
    value: 'URL',
    help: 'the issuer of service-account tokens',
    default: 'https://kubernetes.default.svc',
  },
  {
    name: 'service-cluster-ip-range',
    value: 'CIDR',
    help: 'the addresses of services',
    default: '10.96.0.0/16',
  },
  { name: 'storage', value: 'ENGINE', help: 'memory or lmdb', default: 'lmdb' },
  {
    name: 'authorization-mode',
    value: 'LIST',
    help: 'authorizers in order: Node, RBAC, AlwaysAllow, AlwaysDeny',
    default: 'Node,RBAC',
  },
  {
    name: 'enable-admission-plugins',
    value: 'LIST',
    help: 'admission plugins to add to the default ones',
  },
  {
    name: 'disable-admission-plugins',
    value: 'LIST',
    help: 'default admission plugins to leave out',
  },
  {
    name: 'admission-control-config-file',
    value: 'FILE',
    help: 'configuration of admission plugins (AdmissionConfiguration)',
  },
  {
    name: 'max-requests-inflight',
    value: 'N',
    help: 'requests that read and are served at a time, part of what priority levels share; 0: no limit',
    default: '400',
  },
  {
    name: 'max-mutating-requests-inflight',
    value: 'N',
    help: 'the same for requests that change something',
    default: '200',
  },
  {
    name: 'enable-priority-and-fairness',
    value: 'BOOL',
    help: 'share the server by flow schemas and priority levels',
    default: 'true',
  },
  { name: 'feature-gates', value: 'LIST', help: 'Name=true|false, separated by commas' },
];

export const logFlags: readonly Flag[] = [
  { name: 'log-format', value: 'FORMAT', help: 'text or json', default: 'text' },
  { name: 'v', value: 'LEVEL', help: 'how much to log: 0 (default) to 10', default: '0' },
];

export const nodeFlags: readonly Flag[] = [
  { name: 'nodes', value: 'N', help: 'how many simulated nodes to run', default: '1' },
];

/** For components that run alone and talk to an API server over the network. */
export const componentFlags: readonly Flag[] = [
  { name: 'kubeconfig', value: 'FILE', help: 'how to reach the API server' },
  {
    name: 'leader-elect',
    value: 'BOOL',
    help: 'work only while holding the lease',
    default: 'true',
  },
];

export type FlagValues = Readonly<Record<string, string | undefined>>;

/** A whole number within bounds, or a usage error that names the flag. */
export function wholeNumber(
  values: FlagValues,
  name: string,
  bounds: { min: number; max: number },
): number {
  const text = values[name] ?? '';
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < bounds.min || number > bounds.max) {
    throw new UsageError(
      `--${name} must be a whole number from ${bounds.min} to ${bounds.max}, not "${text}"`,
    );
  }
  return number;
}

export function oneOf<T extends string>(
  values: FlagValues,
  name: string,
  choices: readonly T[],
): T {
  const text = values[name] ?? '';
  const found = choices.find((choice) => choice === text);
  if (found === undefined) {
    throw new UsageError(`--${name} must be one of ${choices.join(', ')}, not "${text}"`);
  }
  return found;
}

export function list(values: FlagValues, name: string): readonly string[] {
  return (values[name] ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** `A=true,B=false`. */
export function gates(values: FlagValues, name: string): Readonly<Record<string, boolean>> {
  return Object.fromEntries(
    list(values, name).map((item) => {
      const [, gate, setting] = /^(\w+)=(true|false)$/.exec(item) ?? [];
      if (!gate) throw new UsageError(`--${name} takes Name=true or Name=false, not "${item}"`);
      return [gate, setting === 'true'];
    }),
  );
}

/** In milliseconds, of `1m30s` and the like; at least 0. */
export function duration(values: FlagValues, name: string): number {
  const text = values[name] ?? '';
  try {
    const ms = durationMs(text);
    if (ms >= 0) return ms;
  } catch {
    // Said below, as for one that is negative.
  }
  throw new UsageError(`--${name} must be a duration such as 30s or 1m30s, not "${text}"`);
}

/** A number above 0, which need not be whole. */
export function rate(values: FlagValues, name: string): number {
  const text = values[name] ?? '';
  const number = Number(text);
  if (/^\d*\.?\d+$/.test(text) && number > 0) return number;
  throw new UsageError(`--${name} must be a positive number, not "${text}"`);
}

export function boolean(values: FlagValues, name: string): boolean {
  return oneOf(values, name, ['true', 'false']) === 'true';
}
