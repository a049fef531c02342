/**
 * The only place where the parts meet: store, API server, controllers, scheduler and simulated nodes in one process.
 *
 * What runs is decided by what is asked for; where it runs (sockets or none, real or virtual time) by `runtime`, `store` and `http`.
 * Stopping is the reverse of starting; the store belongs to whoever opened it.
 */
import type { UserInfo } from '@navarch/api/extension/context';
import { openApiSource } from './openapi-source.ts';
import { type ApiServer, type HttpOptions, startApiServer } from '@navarch/apiserver/server';
import { type Client, createClient } from '@navarch/client/client';
import { createInProcessTransport } from '@navarch/client/in-process';
import { createInformers } from '@navarch/client/informer';
import { startControllers } from '@navarch/controllers/start';
import { startAutoRegister } from '@navarch/extensions/aggregation/auto-register';
import { type SchemasOptions, startSchemas } from '@navarch/extensions/aggregation/schemas';
import { startAvailability } from '@navarch/extensions/aggregation/start';
import { serveEstablished, startCustomResources } from '@navarch/extensions/crd/start';
import type { ServedDefinitions } from '@navarch/extensions/crd/served';
import { startFlowSchemaStatus } from '@navarch/extensions/flow-schema-status/start';
import { policyStatusController, startPolicyStatus } from '@navarch/extensions/policy-status/start';
import { apiServicePriorities } from '@navarch/kinds/bootstrap/api-services';
import { applyBootstrap } from '@navarch/kinds/bootstrap/apply';
import { builtinResources } from '@navarch/kinds/index';
import { type SimulatedNodes, startSimulatedNodes } from '@navarch/kubelet/simulated/start';
import { Lifetime } from '@navarch/runtime/lifetime';
import type { Runtime } from '@navarch/runtime/runtime';
import { startScheduler } from '@navarch/scheduler/start';
import type { Store } from '@navarch/store/store';
import { startCompaction } from './compaction.ts';
import { type ConnectorOptions, createConnector } from './connect/kubelet/connector.ts';
import {
  type Aggregation,
  createDelegation,
  type DelegationOptions,
} from './connect/delegation/delegation.ts';
import { createWebhookCaller, type WebhookCredentials } from './connect/webhook/caller.ts';
import {
  apiServerIdentity,
  controllerIdentity,
  controllerManagerIdentity,
  schedulerIdentity,
  simulatedNodesIdentity,
} from './identities.ts';
import { firstServiceIp } from './service-range.ts';
import { admissionOf, authorizersOf, serviceNodePortRange, type Settings } from './settings.ts';
import { kubernetesVersion, version } from './version.ts';

export interface ControlPlaneOptions {
  readonly runtime: Runtime;
  readonly store: Store;
  readonly settings: Settings;
  /** 'apiserver': nothing but the API server. */
  readonly parts: 'all' | 'apiserver';
  /** Which requests are remembered, and where; none without it. */
  readonly audit?: Parameters<typeof startApiServer>[0]['audit'];
  /** How admission plugins prove themselves to webhooks. */
  readonly webhookCredentials?: WebhookCredentials;
  /** Names of the simulated nodes to run. */
  readonly nodes: readonly string[];
  /** Without it there are no sockets: everything meets in the process. */
  readonly network?: ControlPlaneNetwork;
  /** Called once the port is known, before /readyz says ok: who waits for that finds what this writes. */
  readonly onListening?: (port: number) => void;
}

export interface ControlPlaneNetwork {
  readonly http: HttpOptions;
  /** Where pods and nodes reach the server: the endpoint of the `kubernetes` service. Undefined when only this machine can. */
  readonly endpointIp: string | undefined;
  /** PEM of the authorities that `kube-root-ca.crt` and clients are given. */
  readonly authorities: { readonly client: string; readonly frontProxy: string };
  readonly serviceAccountKeys: NonNullable<
    Parameters<typeof startApiServer>[0]['serviceAccountKeys']
  >;
  readonly kubeletClient: NonNullable<ConnectorOptions['kubeletClient']>;
  /** How the API server proves to others that it may speak for users. PEM. */
  readonly frontProxyClient: DelegationOptions['frontProxyClient'];
  readonly dial: NonNullable<ConnectorOptions['dial']>;
  readonly platform: string;
}

export interface ControlPlane {
  readonly server: ApiServer;
  /** 0 without a network. */
  readonly port: number;
  /** A client in the process, with an identity of its own. */
  clientFor(user: UserInfo, userAgent: string): Client;
  /** Undefined when there are none. */
  readonly simulatedNodes: SimulatedNodes | undefined;
  stop(): Promise<void>;
}

/** Resolves when the API server is ready and the components have been started. */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const { runtime, store, nodes, parts } = options;
  const lifetime = new Lifetime(runtime.log);
  const simulated: { nodes?: SimulatedNodes } = {};
  const late: Late = {};
  const server = await startServer(options, late, lifetime, (node) =>
    nodes.includes(node) ? simulated.nodes?.handler : undefined,
  );
  lifetime.onStop(() => server.stop());
  const clientFor = (user: UserInfo, userAgent: string): Client =>
    createClient(createInProcessTransport(server.localServer, user), { userAgent });
  try {
    await server.ready;
    startCompaction(store, runtime, lifetime);
    startExtensions(options, late, lifetime, clientFor);
    if (parts === 'all') startComponents(options, lifetime, clientFor);
    if (nodes.length > 0) simulated.nodes = await startNodes(nodes, runtime, lifetime, clientFor);
  } catch (error) {
    await lifetime.stop();
    throw error;
  }
  return {
    server,
    port: server.port,
    clientFor,
    simulatedNodes: simulated.nodes,
    stop: () => lifetime.stop(),
  };
}

/** What the server's own parts need of it, which is there when they are asked. */
interface Late {
  server?: ApiServer;
  served?: ServedDefinitions;
  delegation?: Aggregation;
}

function startServer(
  options: ControlPlaneOptions,
  late: Late,
  lifetime: Lifetime,
  simulated: ConnectorOptions['simulated'],
): Promise<ApiServer> {
  const { runtime, store, settings, network, audit } = options;
  const serviceIp = firstServiceIp(settings.serviceClusterIpRange);
  const serviceClusterIpRanges = [settings.serviceClusterIpRange];
  const { clock, random } = runtime;
  const read = (): ApiServer['resources']['reader'] => readerOf(late.server);
  const delegation = network && createDelegation({ read, random, clock, ...network });
  if (delegation) late.delegation = delegation;
  lifetime.onStop(() => delegation?.close());
  const { webhookCredentials: credentials } = options;
  const proof = credentials && { credentials };
  const webhooks =
    network &&
    createWebhookCaller({ clock, random, log: runtime.log, read, dial: network.dial, ...proof });
  lifetime.onStop(() => webhooks?.close());
  const starting = startApiServer({
    runtime,
    store,
    definitions: builtinResources,
    discoveryPriorities: apiServicePriorities,
    admissionPlugins: admissionOf(settings),
    authorizers: authorizersOf(settings),
    ...(settings.tokenAuthFile !== undefined && { tokenAuthFile: settings.tokenAuthFile }),
    ...(settings.flowControl && { flowControl: settings.flowControl }),
    ...(network && { serviceAccountKeys: network.serviceAccountKeys, http: network.http }),
    ...(audit && { audit }),
    issuer: settings.serviceAccountIssuer,
    version: { ...kubernetesVersion, text: version, platform: network?.platform ?? 'linux/amd64' },
    openApi: openApiSource(() => late.server?.resources.definitions ?? builtinResources),
    serviceClusterIpRanges,
    serviceNodePortRange,
    ...(delegation && { delegation }),
    ...(webhooks && { callWebhook: webhooks.call }),
    connector: createConnector({
      read,
      simulated,
      ...(network && { dial: network.dial, kubeletClient: network.kubeletClient }),
    }),
    bootstrap: async (access) => {
      late.served = await serveEstablished(access.resources);
      options.onListening?.(access.port);
      await applyBootstrap(access, {
        serviceClusterIpRanges,
        ...(network && { address: { ip: network.endpointIp, port: access.port, serviceIp } }),
        ...(network && { authorities: network.authorities }),
        nowMs: runtime.clock.wallMs(),
      });
    },
  });
  return starting.then((server) => (late.server = server));
}

function readerOf(server: ApiServer | undefined): ApiServer['resources']['reader'] {
  if (!server) throw new Error('the API server is still starting');
  return server.resources.reader;
}

type ClientFor = ControlPlane['clientFor'];

/** What upstream runs inside the API server, and what needs to know the types of all kinds. */
function startExtensions(
  { runtime, parts }: ControlPlaneOptions,
  { server, served, delegation }: Late,
  lifetime: Lifetime,
  clientFor: ClientFor,
): void {
  if (!server || !served) throw new Error('the API server is still starting');
  const client = clientFor(apiServerIdentity, 'kube-apiserver');
  const informers = createInformers(client, runtime, lifetime);
  startCustomResources({
    runtime,
    lifetime,
    client,
    informers,
    resources: server.resources,
    served,
  });
  startAutoRegister({ runtime, lifetime, client, informers });
  startFlowSchemaStatus({ runtime, lifetime, client, informers });
  startAvailability({
    runtime,
    lifetime,
    client,
    informers,
    ...(delegation && { check: (service, signal) => delegation.check(service, signal) }),
  });
  if (parts === 'all') {
    // Upstream's controller manager runs it: without one, nobody does.
    const account = controllerIdentity(policyStatusController);
    const manager = clientFor(account, 'kube-controller-manager');
    startPolicyStatus({
      runtime,
      lifetime,
      client: manager,
      informers,
      builtIn: builtinResources,
    });
  }
  if (!delegation) return;
  const refresh: SchemasOptions['refresh'] = (service, signal) =>
    delegation.refreshSchemas(service, signal);
  startSchemas({ runtime, lifetime, informers, refresh });
}

function startComponents(
  { runtime, network }: ControlPlaneOptions,
  lifetime: Lifetime,
  clientFor: ClientFor,
): void {
  const manager = clientFor(controllerManagerIdentity, 'kube-controller-manager');
  startControllers({
    runtime,
    lifetime,
    informers: createInformers(manager, runtime, lifetime),
    clientFor: (account) => clientFor(controllerIdentity(account), 'kube-controller-manager'),
    ...(network && { rootCertificates: network.authorities.client }),
  });
  const scheduler = clientFor(schedulerIdentity, 'kube-scheduler');
  const informers = createInformers(scheduler, runtime, lifetime);
  startScheduler({ runtime, lifetime, client: scheduler, informers });
}

function startNodes(
  names: readonly string[],
  runtime: Runtime,
  lifetime: Lifetime,
  clientFor: ClientFor,
): Promise<SimulatedNodes> {
  const client = clientFor(simulatedNodesIdentity, 'kubelet');
  const informers = createInformers(client, runtime, lifetime);
  return startSimulatedNodes({
    runtime,
    lifetime,
    client,
    informers,
    names,
    kubeletVersion: version,
  });
}
