/** A component that runs alone and reaches its API server over the network, as upstream's components do. */
import { type Client, createClient } from '@navarch/client/client';
import { createInformers } from '@navarch/client/informer';
import { runLeaderElection } from '@navarch/client/leader-election';
import { connect, loadKubeconfig } from '@navarch/client/node';
import { startControllers } from '@navarch/controllers/start';
import { startPolicyStatus } from '@navarch/extensions/policy-status/start';
import { builtinResources } from '@navarch/kinds/index';
import { startSimulatedNodes } from '@navarch/kubelet/simulated/start';
import { Lifetime } from '@navarch/runtime/lifetime';
import type { Runtime } from '@navarch/runtime/runtime';
import { startScheduler } from '@navarch/scheduler/start';
import { startKubeletServer } from '../connect/kubelet/server/node.ts';
import { version } from '../version.ts';

export type RemoteComponent =
  | { readonly kind: 'scheduler' | 'controller-manager'; readonly leaderElect: boolean }
  | { readonly kind: 'kubelet'; readonly names: readonly string[] };

export interface RunningComponent {
  /** The API server's URL. */
  readonly server: string;
  /** Resolves when it ended by itself, with the reason: a lease that was lost. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** Rejects when the API server cannot be reached. */
export async function startRemoteComponent(
  component: RemoteComponent,
  kubeconfigFile: string,
  runtime: Runtime,
): Promise<RunningComponent> {
  const access = await loadKubeconfig(kubeconfigFile);
  const transport = await connect(access, runtime);
  const lifetime = new Lifetime(runtime.log);
  lifetime.onStop(() => transport.close());
  const client = createClient(transport, { userAgent: `navarch-${component.kind}` });
  const ended = Promise.withResolvers<string>();
  const world: World = { client, runtime, lifetime };
  try {
    await client.raw({ method: 'GET', path: '/version' });
    if (component.kind === 'kubelet') await startKubelets(component.names, world);
    else startWorker(component, world, ended.resolve);
  } catch (error) {
    await lifetime.stop();
    throw error;
  }
  return { server: access.server, ended: ended.promise, stop: () => lifetime.stop() };
}

interface World {
  readonly client: Client;
  readonly runtime: Runtime;
  readonly lifetime: Lifetime;
}

type Worker = Exclude<RemoteComponent, { kind: 'kubelet' }>;

function startWorker(
  { kind, leaderElect }: Worker,
  world: World,
  onEnd: (reason: string) => void,
): void {
  const { client, runtime, lifetime } = world;
  lifetime.run(kind, async (signal) => {
    if (!leaderElect) {
      await work(kind, world, signal);
      return;
    }
    const outcome = await runLeaderElection(client, {
      runtime,
      namespace: 'kube-system',
      name: `kube-${kind}`,
      identity: `navarch_${runtime.random.uuid()}`,
      signal,
      lead: (leading) => work(kind, world, leading),
    });
    if (outcome === 'lost') onEnd('the leader election was lost: another instance works now');
  });
}

/** Works until `signal` says stop. */
async function work(
  kind: Worker['kind'],
  { client, runtime }: World,
  signal: AbortSignal,
): Promise<void> {
  const lifetime = new Lifetime(runtime.log);
  const informers = createInformers(client, runtime, lifetime);
  if (kind === 'scheduler') startScheduler({ runtime, lifetime, client, informers });
  else {
    startControllers({ runtime, lifetime, informers, clientFor: () => client });
    // With informers of its own: whoever may not see definitions loses this controller and no other.
    const own = createInformers(client, runtime, lifetime);
    startPolicyStatus({ runtime, lifetime, client, informers: own, builtIn: builtinResources });
  }
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await lifetime.stop();
}

async function startKubelets(
  names: readonly string[],
  { client, runtime, lifetime }: World,
): Promise<void> {
  const informers = createInformers(client, runtime, lifetime);
  const { server, address } = await startKubeletServer(runtime, () => simulated.handler);
  lifetime.onStop(() => server.stop(0));
  const endpoint = { address, port: server.port };
  const simulated = await startSimulatedNodes({
    runtime,
    lifetime,
    client,
    informers,
    names,
    kubeletVersion: version,
    endpoint,
  });
}
