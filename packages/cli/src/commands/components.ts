/** Components alone, against any API server that a kubeconfig leads to. */
import process from 'node:process';
import { startRemoteComponent, type RemoteComponent } from '@navarch/cluster/start-components/node';
import { Lifetime } from '@navarch/runtime/lifetime';
import { createNodeRuntime } from '@navarch/runtime/node';
import { UsageError } from '../failure.ts';
import { boolean, type FlagValues, wholeNumber } from '../flags.ts';
import type { Invocation } from '../program.ts';
import { logOptions } from '../server-options.ts';
import { listenForStop } from '../stop-signal.ts';
import { nodeNames } from './up.ts';

const nodesMax = 10_000;

export async function scheduler(values: FlagValues, invocation: Invocation): Promise<void> {
  await runComponent(values, invocation, {
    kind: 'scheduler',
    leaderElect: boolean(values, 'leader-elect'),
  });
}

export async function controllerManager(values: FlagValues, invocation: Invocation): Promise<void> {
  await runComponent(values, invocation, {
    kind: 'controller-manager',
    leaderElect: boolean(values, 'leader-elect'),
  });
}

export async function kubelet(values: FlagValues, invocation: Invocation): Promise<void> {
  const names = nodeNames(wholeNumber(values, 'nodes', { min: 1, max: nodesMax }));
  await runComponent(values, invocation, { kind: 'kubelet', names });
}

async function runComponent(
  values: FlagValues,
  invocation: Invocation,
  component: RemoteComponent,
): Promise<void> {
  const file = values['kubeconfig'] ?? invocation.environment['KUBECONFIG'];
  if (!file) throw new UsageError('say how to reach the API server: --kubeconfig FILE');
  const runtime = createNodeRuntime(logOptions(values));
  const lifetime = new Lifetime(runtime.log);
  try {
    const stop = listenForStop(runtime.clock);
    lifetime.onStop(() => stop.release());
    const running = await startRemoteComponent(component, file, runtime);
    lifetime.onStop(() => running.stop());
    process.stdout.write(`${component.kind} runs against ${running.server}\n`);
    const lost = await Promise.race([stop.told.then(() => undefined), running.ended]);
    if (lost !== undefined) throw new Error(lost);
  } finally {
    await lifetime.stop();
  }
}
