/** Connecting to an API server from a Node process: kubeconfig files, service-account files, sockets. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseYaml } from '@navarch/codec/yaml';
import { errorText } from '@navarch/runtime/log';
import type { Runtime } from '@navarch/runtime/runtime';
import type { HttpClient } from '@navarch/wire/http/client';
import { createHttpClient } from '@navarch/wire/http/client/node';
import { createHttpTransport } from './http/transport.ts';
import {
  type ClusterAccess,
  KubeconfigError,
  parseKubeconfig,
  parseKubeconfigUsers,
  type Source,
} from './kubeconfig.ts';
import { createRetryingTransport } from './retrying-transport.ts';
import type { Transport } from './transport.ts';

/** How long a token read from a file is used before the file is looked at again. */
const tokenFileCheckMs = 60_000;

export interface LoadOptions {
  /** Instead of the file's current context. */
  readonly context?: string;
}

/** Reads a kubeconfig. Paths in it are relative to its folder. */
export async function loadKubeconfig(
  file: string,
  options: LoadOptions = {},
): Promise<ClusterAccess> {
  const access = parseKubeconfig(
    await parseFile(await readFile(file, 'utf8'), file),
    options.context,
  );
  return withAbsolutePaths(access, path.dirname(path.resolve(file)));
}

/** PEM texts and a token, read. */
export interface UserCredentials {
  readonly certificate?: string;
  readonly key?: string;
  readonly token?: string;
}

/** The users of a kubeconfig with what proves who they are. Files are read once, now. */
export async function loadKubeconfigUsers(file: string): Promise<{
  readonly users: ReadonlyMap<string, UserCredentials>;
  readonly current: string | undefined;
}> {
  const parsed = parseKubeconfigUsers(await parseFile(await readFile(file, 'utf8'), file));
  const directory = path.dirname(path.resolve(file));
  const entries = [...parsed.users].map(async ([name, access]) => {
    const [certificate, key, token] = await Promise.all(
      [access.certificate, access.key, access.token].map((source) =>
        read(absoluteSource(source, directory)),
      ),
    );
    const credentials: UserCredentials = {
      ...(certificate !== undefined && { certificate }),
      ...(key !== undefined && { key }),
      ...(token !== undefined && { token: token.trim() }),
    };
    return [name, credentials] as const;
  });
  return { users: new Map(await Promise.all(entries)), current: parsed.current };
}

export interface InClusterOptions {
  /** KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT. */
  readonly host: string;
  readonly port: string;
  /** Where the pod's service account is mounted. */
  readonly directory?: string;
}

/** What a pod finds mounted. */
export async function loadServiceAccount(options: InClusterOptions): Promise<ClusterAccess> {
  const { host, port, directory = '/var/run/secrets/kubernetes.io/serviceaccount' } = options;
  const namespace = (await readFile(path.join(directory, 'namespace'), 'utf8')).trim();
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    insecure: false,
    authorities: { kind: 'file', path: path.join(directory, 'ca.crt') },
    token: { kind: 'file', path: path.join(directory, 'token') },
    namespace,
  };
}

/** A connection to whatever a kubeconfig means, for who has something else to say there than clients of Kubernetes. */
export interface PlainConnection {
  readonly http: HttpClient;
  /** What the peer is shown, when it is to be shown one. */
  readonly token?: () => Promise<string>;
}

/** Files are read now, a token again when it has changed. Connects when first used; close it at the end. */
export async function connectPlainly(
  access: ClusterAccess,
  runtime: Pick<Runtime, 'clock'>,
): Promise<PlainConnection> {
  const [authorities, certificate, key] = await Promise.all(
    [access.authorities, access.certificate, access.key].map(read),
  );
  const http = createHttpClient({
    url: access.server,
    insecure: access.insecure,
    ...(authorities !== undefined && { authorities }),
    ...(certificate !== undefined && { certificate }),
    ...(key !== undefined && { key }),
    ...(access.serverName !== undefined && { serverName: access.serverName }),
  });
  return { http, ...(access.token && { token: tokenReader(access.token, runtime) }) };
}

/** A transport for `createClient`. Connects when first used; close it at the end. */
export async function connect(access: ClusterAccess, runtime: Runtime): Promise<Transport> {
  const url = new URL(access.server);
  const transport = createHttpTransport({
    ...(await connectPlainly(access, runtime)),
    basePath: url.pathname.replace(/\/+$/, ''),
    headers: impersonationHeaders(access),
    onWarning: (message) => runtime.log.warn(message, { from: access.server }),
  });
  return createRetryingTransport(transport, runtime);
}

function impersonationHeaders({ impersonate }: ClusterAccess): Record<string, string> {
  if (!impersonate) return {};
  const { user, uid, groups } = impersonate;
  const [group, ...others] = groups;
  // Each group is a header of its own, and the HTTP client sends a header once.
  if (others.length > 0) throw new KubeconfigError('more than one as-groups is not supported');
  return {
    'impersonate-user': user,
    ...(uid && { 'impersonate-uid': uid }),
    ...(group !== undefined && { 'impersonate-group': group }),
  };
}

function read(source: Source | undefined): Promise<string | undefined> {
  if (!source) return Promise.resolve(undefined);
  return source.kind === 'text' ? Promise.resolve(source.text) : readFile(source.path, 'utf8');
}

/** A token in a file is renewed by whoever writes it: read again when the file has changed. */
function tokenReader(source: Source, { clock }: Pick<Runtime, 'clock'>): () => Promise<string> {
  if (source.kind === 'text') return () => Promise.resolve(source.text);
  let token = '';
  let changedMs = -1;
  let checkAtMs = 0;
  return async () => {
    if (token !== '' && clock.monotonicMs() < checkAtMs) return token;
    checkAtMs = clock.monotonicMs() + tokenFileCheckMs;
    const { mtimeMs } = await stat(source.path);
    if (mtimeMs !== changedMs) token = (await readFile(source.path, 'utf8')).trim();
    changedMs = mtimeMs;
    return token;
  };
}

function withAbsolutePaths(access: ClusterAccess, directory: string): ClusterAccess {
  const { authorities, certificate, key, token, ...rest } = access;
  const sources = Object.entries({ authorities, certificate, key, token })
    .map(([name, source]) => [name, absoluteSource(source, directory)] as const)
    .filter(([, source]) => source !== undefined);
  return { ...rest, ...Object.fromEntries(sources) };
}

function absoluteSource(source: Source | undefined, directory: string): Source | undefined {
  if (source?.kind !== 'file') return source;
  return { kind: 'file', path: path.resolve(directory, source.path) };
}

/** Files that tools write are often JSON, which needs no YAML parser. */
async function parseFile(text: string, file: string): Promise<unknown> {
  try {
    if (text.trimStart().startsWith('{')) return JSON.parse(text);
    return (await parseYaml(text)).value;
  } catch (error) {
    throw new KubeconfigError(`${file}: ${errorText(error)}`, { cause: error });
  }
}
