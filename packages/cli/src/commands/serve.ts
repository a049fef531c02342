/** What `up` and `apiserver` share: open the data dir, start, say where things are, run until told to stop. */
import process from 'node:process';
import { type DataDir, openDataDir } from '@navarch/cluster/data-dir/node';
import { startControlPlane } from '@navarch/cluster/start-control-plane';
import { Lifetime } from '@navarch/runtime/lifetime';
import { createNodeRuntime } from '@navarch/runtime/node';
import { webhookCredentialsOf } from '../admission-options.ts';
import { auditOptions } from '../audit-options.ts';
import type { FlagValues } from '../flags.ts';
import type { Invocation } from '../program.ts';
import { dataDirOptions, logOptions, settings } from '../server-options.ts';
import { listenForStop } from '../stop-signal.ts';

export interface ServeOptions {
  readonly parts: 'all' | 'apiserver';
  readonly nodes: readonly string[];
}

export interface Served {
  readonly url: string;
  readonly kubeconfig: string;
  readonly readyInMs: number;
}

/** `announce` prints what people want to know once everything runs. */
export async function serve(
  values: FlagValues,
  invocation: Invocation,
  options: ServeOptions,
  announce: (served: Served) => void,
): Promise<void> {
  const runtime = createNodeRuntime(logOptions(values));
  const where = dataDirOptions(values, invocation);
  const chosen = await settings(values);
  const webhookCredentials = await webhookCredentialsOf(chosen);
  const lifetime = new Lifetime(runtime.log);
  try {
    const stop = listenForStop(runtime.clock); // Who says so while we start is heard: we stop once we have started.
    lifetime.onStop(() => stop.release());
    const audit = await auditOptions(values, runtime, lifetime);
    const dataDir = await openDataDir(where, runtime);
    lifetime.onStop(() => dataDir.store.close());
    const { store, network } = dataDir;
    let kubeconfig = '';
    const controlPlane = await startControlPlane({
      runtime,
      store,
      settings: chosen,
      network,
      ...(audit && { audit }),
      ...(webhookCredentials && { webhookCredentials }),
      ...options,
      onListening: (port) => {
        kubeconfig = dataDir.writeAdminKubeconfig(port, values['write-kubeconfig']);
      },
    });
    lifetime.onStop(() => controlPlane.stop());
    const { port } = controlPlane;
    const readyInMs = runtime.clock.wallMs() - invocation.startedAtMs;
    announce({ url: urlOf(network.http, port), kubeconfig, readyInMs });
    await stop.told;
    process.stdout.write('stopping\n');
  } finally {
    await lifetime.stop(); // Also when something failed on the way: what was started must not go on unseen.
  }
}

function urlOf({ advertise, host }: DataDir['network']['http'], port: number): string {
  const address = advertise ?? host;
  return `https://${address.includes(':') ? `[${address}]` : address}:${port}`;
}
