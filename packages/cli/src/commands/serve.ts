/** What `up` and `apiserver` share: open the data dir, start, say where things are, run until told to stop. */
import process from 'node:process';
import { openDataDir } from '@navarch/cluster/data-dir/node';
import { type ControlPlane, startControlPlane } from '@navarch/cluster/start-control-plane';
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
  let controlPlane: ControlPlane;
  try {
    controlPlane = await startControlPlane({
      runtime,
      store: dataDir.store,
      settings: chosen,
      network: dataDir.network,
      ...options,
    });
  } catch (error) {
    await dataDir.store.close();
    throw error;
  }
  const kubeconfig = dataDir.writeAdminKubeconfig(controlPlane.port, values['write-kubeconfig']);
  const { advertise, host } = dataDir.network.http;
  const url = `https://${advertise ?? host}:${controlPlane.port}`;
  announce({ url, kubeconfig, readyInMs: runtime.clock.wallMs() - invocation.startedAtMs });
  await untilSignal();
  process.stdout.write('stopping\n');
  await controlPlane.stop();
  await dataDir.store.close();
}
