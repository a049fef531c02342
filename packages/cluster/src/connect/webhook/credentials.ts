/** How the API server proves itself to webhooks: the users of a kubeconfig whose names are those of the webhooks. */
import type { HttpClientOptions } from '@navarch/wire/http/client';

export interface Credentials extends Pick<HttpClientOptions, 'certificate' | 'key'> {
  readonly token?: string;
}

/** Of one kubeconfig. */
export interface KnownUsers {
  readonly users: ReadonlyMap<string, Credentials>;
  /** The user of the current context. */
  readonly current: string | undefined;
}

const defaultPort = '443';

/**
 * `host:port` of the webhook; a service goes by `name.namespace.svc`. From the most particular name to the least: the whole,
 * `*.` and what follows a dot, the same without the usual port, `*`, and whoever the current context means.
 */
export function credentialsFor(
  { users, current }: KnownUsers,
  hostPort: string,
): Credentials | undefined {
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(hostPort) ?? [];
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  const names = [
    ...namesOf(hostPort),
    ...(port === defaultPort ? namesOf(bare) : []),
    '*',
    ...(current === undefined ? [] : [current]),
  ];
  const known = names.find((name) => users.has(name));
  return known === undefined ? undefined : users.get(known);
}

function namesOf(target: string): readonly string[] {
  const steps = target.split('.');
  return [target, ...steps.slice(1).map((_, index) => `*.${steps.slice(index + 1).join('.')}`)];
}
