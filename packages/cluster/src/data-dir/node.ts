/**
 * The data dir: everything a control plane keeps.
 *
 *     <data-dir>/store/             the objects
 *     <data-dir>/pki/               certificates and keys
 *     <data-dir>/admin.kubeconfig   how to reach the API server as an administrator
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import type { HttpClient, HttpClientOptions } from '@navarch/wire/http/client';
import { errorText } from '@navarch/runtime/log';
import type { Runtime } from '@navarch/runtime/runtime';
import type { Store } from '@navarch/store/store';
import { kubeconfig } from '../pki/kubeconfig.ts';
import { openPki, type Pki, type PkiOptions, writePrivateFile } from '../pki/node.ts';
import { firstServiceIp } from '../service-range.ts';
import type { ControlPlaneNetwork } from '../start-control-plane.ts';

export interface DataDirOptions {
  readonly directory: string;
  readonly storage: 'lmdb' | 'memory';
  readonly bindAddress: string;
  readonly port: number;
  readonly advertiseAddress: string | undefined;
  readonly serviceClusterIpRange: string;
}

export interface DataDir {
  readonly store: Store;
  readonly pki: Pki;
  readonly network: ControlPlaneNetwork;
  /** Writes the administrator's kubeconfig, also to `copy`; gives the path of the first. */
  writeAdminKubeconfig(port: number, copy: string | undefined): string;
}

/** Opens or makes everything. The store comes first: its lock keeps a second process out of all of it. */
export async function openDataDir(options: DataDirOptions, runtime: Runtime): Promise<DataDir> {
  const { directory } = options;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const store = await openStore(options, runtime);
  try {
    const hosts = [options.bindAddress, options.advertiseAddress, endpointIp(options)].filter(
      (host) => host !== undefined,
    );
    const pkiOptions = {
      hosts,
      serviceIp: firstServiceIp(options.serviceClusterIpRange),
      clusterDomain: 'cluster.local',
    };
    const pki = await openReadablePki(
      path.join(directory, 'pki'),
      pkiOptions,
      runtime.clock.wallMs(),
    );
    for (const made of pki.made) runtime.log.debug('made a certificate', made);
    return {
      store,
      pki,
      network: networkOf(options, pki),
      writeAdminKubeconfig: (port, copy) => writeAdminKubeconfig(options, pki, port, copy),
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** A file that is no key or certificate is said to be one of ours; what OpenSSL says of it names nothing. */
async function openReadablePki(folder: string, options: PkiOptions, nowMs: number): Promise<Pki> {
  try {
    return await openPki(folder, options, nowMs);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('ERR_OSSL')) throw error;
    const message = `a key or certificate in ${folder} cannot be used: ${errorText(error)}`;
    throw new Error(message, { cause: error });
  }
}

async function openStore({ directory, storage }: DataDirOptions, runtime: Runtime): Promise<Store> {
  if (storage === 'memory')
    return (await import('@navarch/store/memory')).createMemoryStore(runtime);
  const folder = path.join(directory, 'store');
  mkdirSync(folder, { recursive: true, mode: 0o700 }); // Secrets are in it; the data dir may be somebody else's.
  return (await import('@navarch/store/lmdb/node')).openLmdbStore(folder, runtime);
}

function networkOf(options: DataDirOptions, pki: Pki): ControlPlaneNetwork {
  return {
    http: {
      host: options.bindAddress,
      port: options.port,
      certificate: pki.serving.certificate,
      key: pki.serving.key,
      clientAuthorities: pki.authority,
      advertise: reachableAddress(options),
    },
    endpointIp: endpointIp(options),
    authorities: { client: pki.authority, frontProxy: pki.frontProxyAuthority },
    serviceAccountKeys: pki.serviceAccountKeys,
    kubeletClient: pki.kubeletClient,
    frontProxyClient: pki.frontProxyClient,
    dial,
    platform: `${process.platform}/${process.arch === 'x64' ? 'amd64' : process.arch}`,
  };
}

async function dial(options: HttpClientOptions): Promise<HttpClient> {
  return (await import('@navarch/wire/http/client/node')).createHttpClient(options);
}

/** Where clients on this machine and others find the server. */
function reachableAddress({ advertiseAddress, bindAddress }: DataDirOptions): string {
  if (advertiseAddress !== undefined) return advertiseAddress;
  return bindAddress === '0.0.0.0' || bindAddress === '::' ? '127.0.0.1' : bindAddress;
}

/** As upstream: pods are told an address of this machine, since the loopback one would be their own. */
function endpointIp({ advertiseAddress, bindAddress }: DataDirOptions): string | undefined {
  if (advertiseAddress !== undefined) return advertiseAddress;
  const local = /^(127\.|0\.0\.0\.0$|::1?$|localhost$)/;
  if (!local.test(bindAddress)) return bindAddress;
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ internal, family }) => !internal && family === 'IPv4')?.address;
}

function writeAdminKubeconfig(
  options: DataDirOptions,
  pki: Pki,
  port: number,
  copy: string | undefined,
): string {
  const address = reachableAddress(options);
  const text = kubeconfig({
    server: `https://${address.includes(':') ? `[${address}]` : address}:${port}`,
    certificateAuthority: pki.authority,
    clusterName: 'navarch',
    userName: 'kubernetes-admin',
    user: pki.admin,
  });
  const file = path.join(options.directory, 'admin.kubeconfig');
  writeWhenChanged(file, text);
  if (copy === undefined) return file;
  mkdirSync(path.dirname(path.resolve(copy)), { recursive: true, mode: 0o700 }); // As kubectl makes ~/.kube.
  writeWhenChanged(path.resolve(copy), text);
  return file;
}

/** What is there already needs no room: on a full disk a server can start all the same, to be read from. */
function writeWhenChanged(file: string, text: string): void {
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writePrivateFile(file, text);
}
