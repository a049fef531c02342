/**
 * Kubeconfig files: which server, trusted how, and who we are there. Pure: `node.ts` reads the files.
 *
 * Not taken: `exec` and `auth-provider` credentials, `proxy-url`; a user who needs one is refused with a message that says so.
 */
import type { JsonValue } from '@navarch/api/types/scalars';

/** A PEM text or a token, given in the file itself or by the path of another file. */
export type Source =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string };

export interface ClusterAccess {
  /** `https://host:port`, perhaps with a path. */
  readonly server: string;
  readonly authorities?: Source;
  readonly insecure: boolean;
  readonly serverName?: string;
  readonly certificate?: Source;
  readonly key?: Source;
  readonly token?: Source;
  readonly impersonate?: Impersonation;
  /** What is meant when nobody names a namespace. */
  readonly namespace: string;
}

export interface Impersonation {
  readonly user: string;
  readonly uid?: string;
  readonly groups: readonly string[];
}

/** A kubeconfig that cannot be used; the message names what is wrong with it. */
export class KubeconfigError extends Error {
  override readonly name = 'KubeconfigError';
}

type Fields = Readonly<Record<string, JsonValue>>;

/** `config` is the parsed file. `context` names the one to use instead of the current one. */
export function parseKubeconfig(config: unknown, context?: string): ClusterAccess {
  if (!isFields(config)) throw new KubeconfigError('a kubeconfig must be a map');
  const name = context ?? text(config, 'current-context');
  if (!name) throw new KubeconfigError('the kubeconfig has no current-context');
  const chosen = named(config, 'contexts', 'context', name);
  const cluster = named(config, 'clusters', 'cluster', text(chosen, 'cluster') ?? '');
  const userName = text(chosen, 'user');
  const user = userName ? named(config, 'users', 'user', userName) : {};
  return {
    ...clusterAccess(cluster),
    ...userAccess(user),
    namespace: text(chosen, 'namespace') || 'default',
  };
}

/** Who a kubeconfig knows, for those who look for a user by the name of a server. */
export interface KubeconfigUsers {
  readonly users: ReadonlyMap<string, UserAccess>;
  /** The user of the current context. */
  readonly current: string | undefined;
}

export type UserAccess = Pick<ClusterAccess, 'certificate' | 'key' | 'token'>;

/** `config` is the parsed file; it needs no context. */
export function parseKubeconfigUsers(config: unknown): KubeconfigUsers {
  if (!isFields(config)) throw new KubeconfigError('a kubeconfig must be a map');
  const entries = Array.isArray(config['users']) ? config['users'].filter(isFields) : [];
  const users = entries.map((entry): [string, UserAccess] => {
    const { user = {} } = entry;
    return [text(entry, 'name') ?? '', userAccess(isFields(user) ? user : {})];
  });
  const context = text(config, 'current-context');
  const current = context && text(named(config, 'contexts', 'context', context), 'user');
  return { users: new Map(users), current: current || undefined };
}

function clusterAccess(cluster: Fields): Pick<ClusterAccess, 'server' | 'insecure'> {
  const server = text(cluster, 'server');
  if (!server) throw new KubeconfigError('the cluster has no server');
  if (!URL.canParse(server)) throw new KubeconfigError(`the server is no URL: ${server}`);
  refuse(cluster, ['proxy-url']);
  const authorities = pem(cluster, 'certificate-authority');
  const serverName = text(cluster, 'tls-server-name');
  return {
    server,
    insecure: cluster['insecure-skip-tls-verify'] === true,
    ...(authorities && { authorities }),
    ...(serverName && { serverName }),
  };
}

function userAccess(user: Fields): Partial<ClusterAccess> {
  refuse(user, ['exec', 'auth-provider', 'username']);
  const certificate = pem(user, 'client-certificate');
  const key = pem(user, 'client-key');
  const token = tokenOf(user);
  const impersonated = text(user, 'as');
  if (Boolean(certificate) !== Boolean(key)) {
    throw new KubeconfigError('a client certificate and its key must be given together');
  }
  return {
    ...(certificate && { certificate }),
    ...(key && { key }),
    ...(token && { token }),
    ...(impersonated && { impersonate: impersonation(user, impersonated) }),
  };
}

function impersonation(user: Fields, name: string): Impersonation {
  const uid = text(user, 'as-uid');
  const groups = user['as-groups'];
  const names = Array.isArray(groups) ? groups.filter((group) => typeof group === 'string') : [];
  return { user: name, groups: names, ...(uid && { uid }) };
}

/** A file wins over a text, as in client-go: it may be renewed. */
function tokenOf(user: Fields): Source | undefined {
  const path = text(user, 'tokenFile');
  if (path) return { kind: 'file', path };
  const token = text(user, 'token');
  return token ? { kind: 'text', text: token } : undefined;
}

/** `name-data` in base64, which wins, or the path `name`. */
function pem(fields: Fields, name: string): Source | undefined {
  const data = text(fields, `${name}-data`);
  if (data) return { kind: 'text', text: decodeBase64(data, `${name}-data`) };
  const path = text(fields, name);
  return path ? { kind: 'file', path } : undefined;
}

function decodeBase64(data: string, name: string): string {
  try {
    return atob(data);
  } catch {
    throw new KubeconfigError(`${name} is not in base64`);
  }
}

function named(config: Fields, list: string, member: string, name: string): Fields {
  const entries = config[list];
  const found = Array.isArray(entries)
    ? entries.find((entry) => isFields(entry) && entry['name'] === name)
    : undefined;
  if (!isFields(found))
    throw new KubeconfigError(`the kubeconfig has no ${member} named "${name}"`);
  const value = found[member];
  return isFields(value) ? value : {};
}

function refuse(fields: Fields, names: readonly string[]): void {
  for (const name of names) {
    if (fields[name]) throw new KubeconfigError(`${name} in a kubeconfig is not supported`);
  }
}

function text(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
