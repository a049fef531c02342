/** What `up` and `apiserver` share: open the data dir, start, say where things are, run until told to stop. */
import process from 'node:process';
import { type DataDir, openDataDir } from '@navarch/cluster/data-dir/node';
import { startControlPlane } from '@navarch/cluster/start-control-plane';
import { createNodeRuntime } from '@navarch/runtime/node';
import type { FlagValues } from '../flags.ts';
import type { Invocation } from '../program.ts';
import { dataDirOptions, logOptions, settings } from '../server-options.ts';
import { untilSignal } from '../until-signal.ts';

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
  const chosen = settings(values);
  const dataDir = await openDataDir(where, runtime);
  try {
    const { store, network } = dataDir;
    const controlPlane = await startControlPlane({
      runtime,
      store,
      settings: chosen,
      network,
      ...options,
    });
    try {
      const kubeconfig = dataDir.writeAdminKubeconfig(
        controlPlane.port,
        values['write-kubeconfig'],
      );
      const url = urlOf(network.http, controlPlane.port);
      announce({ url, kubeconfig, readyInMs: runtime.clock.wallMs() - invocation.startedAtMs });
      await untilSignal(runtime.clock);
      process.stdout.write('stopping\n');
    } finally {
      await controlPlane.stop(); // Also when nobody could be told where it is: it must not go on unseen.
    }
  } finally {
    await dataDir.store.close();
  }
}

function urlOf({ advertise, host }: DataDir['network']['http'], port: number): string {
  const address = advertise ?? host;
  return `https://${address.includes(':') ? `[${address}]` : address}:${port}`;
}
