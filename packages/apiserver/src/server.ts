/**
 * An API server, put together: resources over a store, everything else that is served beside them, the stages that a request
 * passes, and the two ways in: HTTP, and calls from the same process.
 *
 * Without `http` there are no sockets and no cryptography: so runs a simulation.
 */
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import type { ObjectReader, ObjectWriter, UserInfo } from '@navarch/api/extension/context';
import type { LocalServer } from '@navarch/api/extension/local-server';
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { genericServerResponse } from '@navarch/api/status';
import { limits } from '@navarch/runtime/limits';
import type { Store } from '@navarch/store/store';
import type { HttpServer, HttpServerOptions } from '@navarch/wire/http/http';
import { delegate, type Delegation } from './aggregation/delegation.ts';
import { Auditor, type AuditOptions } from './audit/auditor.ts';
import { Discovery } from './discovery/discovery.ts';
import type { Priorities } from './discovery/groups.ts';
import type { ServedVersion } from './discovery/version.ts';
import type { Connector } from './endpoints/call.ts';
import type { FlowControl, FlowControlLimits } from './flow-control/flow-control.ts';
import { MaxInFlight } from './flow-control/max-in-flight.ts';
import { PriorityAndFairness } from './flow-control/priority-and-fairness.ts';
import { httpHandler } from './http/serve.ts';
import { createLocalServer } from './local/local-server.ts';
import { OpenTunnels } from './metrics/open-tunnels.ts';
import { RequestMetrics } from './metrics/request-metrics.ts';
import { OpenApi, type OpenApiSource } from './openapi/openapi.ts';
import { createResources, type Resources } from './registry/resources.ts';
import { createChain } from './request/chain.ts';
import type { RequestHandler } from './request/request.ts';
import { createChecks } from './server/checks.ts';
import { Deadlines } from './server/deadlines.ts';
import { createIdentity, type Identity, type IdentityOptions } from './server/identity.ts';
import { observeServer } from './server/observe.ts';
import { createPaths } from './server/paths.ts';
import { createServices, type ServicesOptions } from './server/services.ts';
import { createStages, type StageParts } from './server/stages.ts';

export interface ApiServerOptions extends ServicesOptions, IdentityOptions {
  readonly store: Store;
  readonly definitions: readonly ResourceDefinition[];
  /** The places of groups and versions in discovery. */
  readonly discoveryPriorities: Priorities;
  /** In their order. */
  readonly admissionPlugins: readonly AdmissionPlugin[];
  readonly version: ServedVersion;
  /** Carries out connect subresources; without one they answer 503. */
  readonly connector?: Connector;
  readonly openApi?: OpenApiSource;
  /** Groups and versions that other servers serve. */
  readonly delegation?: Delegation;
  /** Without it no request is remembered. */
  readonly audit?: AuditOptions;
  readonly flowControl?: FlowControlLimits;
  /** Brings about what every cluster has. Until it resolves, /readyz fails. */
  readonly bootstrap?: (access: BootstrapAccess) => Promise<unknown>;
  readonly http?: HttpOptions;
}

export interface BootstrapAccess {
  readonly read: ObjectReader;
  readonly write: ObjectWriter;
  /** What is served, and may be changed. */
  readonly resources: Resources;
  /** Where the server listens; 0 without HTTP. */
  readonly port: number;
}

export interface HttpOptions extends Omit<
  HttpServerOptions,
  'clock' | 'handler' | 'unknownMethod'
> {
  /** Under which name or address others reach this server; `host` when omitted. */
  readonly advertise?: string;
}

export interface ApiServer {
  /** 0 without HTTP. */
  readonly port: number;
  /** For components in the same process. */
  readonly localServer: LocalServer;
  readonly resources: Resources;
  /** The server as a function, for whoever brings another transport. */
  readonly handle: RequestHandler;
  /** Resolves when /readyz says ok; rejects when the bootstrap failed. */
  readonly ready: Promise<void>;
  /** Replaces the serving certificate for new connections. PEM. */
  useCertificate(certificate: string, key: string): void;
  /** Fails /readyz, ends watches, lets requests finish, closes the connections. The store stays open: it is not ours. */
  stop(): Promise<void>;
}

/** What the health checks look at. */
interface State {
  phase: 'starting' | 'running' | 'stopping';
  bootstrapped: boolean;
  port: number;
}

/** Resolves when the caches are filled and the server listens; `ready` tells of the rest. */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const state: State = { phase: 'starting', bootstrapped: false, port: 0 };
  const { resources, identity } = createCore(options);
  const handle = createHandler(options, resources, identity, state);
  await resources.ready();
  const http = await listen(options, handle);
  state.port = http?.port ?? 0;
  state.phase = 'running';
  const ready = bootstrap(options, resources, state);
  ready.catch(() => {}); // Whoever started us waits for it, and is told.
  let stopped: Promise<void> | undefined;
  return {
    port: state.port,
    localServer: createLocalServer(handle),
    resources,
    handle,
    ready,
    useCertificate: (certificate, key) => http?.useCertificate(certificate, key),
    stop: () => (stopped ??= stop(resources, http, state)),
  };
}

/** Resources ask who may do what, and knowing that takes resources: the one is made first, the other found when used. */
function createCore(options: ApiServerOptions): { resources: Resources; identity: Identity } {
  const { definitions, store, runtime, admissionPlugins, connector } = options;
  let identity: Identity | undefined;
  const late = (): Identity => {
    if (!identity) throw new Error('nobody can be asked for before the server is put together');
    return identity;
  };
  const resources = createResources({
    definitions,
    store,
    runtime,
    admission: admissionPlugins,
    services: createServices(runtime.random, options, late),
    ...(connector && { connector }),
  });
  identity = createIdentity(options, resources.reader);
  return { resources, identity };
}

function createHandler(
  options: ApiServerOptions,
  resources: Resources,
  identity: Identity,
  state: State,
): RequestHandler {
  const { runtime, store, audit } = options;
  const { clock, random } = runtime;
  const flowControl = createFlowControl(options, resources);
  const metrics = new RequestMetrics();
  const openTunnels = new OpenTunnels();
  observeServer(runtime.metrics, { resources, flowControl, openTunnels, store });
  return createChain(
    createStages({
      clock,
      authenticator: identity.authenticator,
      authorization: identity.authorization,
      flowControl,
      deadlines: new Deadlines(clock),
      metrics,
      openTunnels,
      auditor: audit && new Auditor({ ...audit, clock, random, metrics: runtime.metrics }),
      serves: ({ group, version, resource }) =>
        resources.find(group, version, resource) !== undefined,
      dispatch: createDispatch(options, { resources, identity, metrics, state }),
    }),
  );
}

const defaultFlowControl: FlowControlLimits = {
  mutatingMax: limits.requestsMutatingInFlightMax,
  readingMax: limits.requestsReadingInFlightMax,
  isFair: true,
};

function createFlowControl(
  { runtime: { clock, metrics }, flowControl = defaultFlowControl }: ApiServerOptions,
  resources: Resources,
): FlowControl {
  if (!flowControl.isFair) return new MaxInFlight(flowControl);
  return new PriorityAndFairness({
    read: resources.reader,
    clock,
    metrics,
    seats: flowControl.mutatingMax + flowControl.readingMax,
    countOf: (group, resource) => resources.objectCount({ group, resource }),
  });
}

interface DispatchParts {
  readonly resources: Resources;
  readonly identity: Identity;
  readonly metrics: RequestMetrics;
  readonly state: State;
}

/** The innermost stage: a resource, or one of the paths that are none. */
function createDispatch(options: ApiServerOptions, parts: DispatchParts): StageParts['dispatch'] {
  const { resources, identity, metrics, state } = parts;
  const { runtime, http, issuer, version, openApi, delegation } = options;
  const serverAddress = (): string =>
    `${http?.advertise ?? http?.host ?? 'localhost'}:${state.port}`;
  const discovery = new Discovery({
    definitions: () => resources.definitions,
    priorities: options.discoveryPriorities,
    serverAddress,
    ...(delegation && { delegated: () => delegation.versions() }),
  });
  const paths = createPaths({
    discovery,
    openApi: openApi
      ? new OpenApi(openApi, delegation && (() => delegation.schemas()), runtime.log).routes()
      : [],
    checks: createChecks({
      storeProblem: () => options.store.problem(),
      synced: () => state.phase !== 'starting',
      bootstrapped: () => state.bootstrapped,
      stopping: () => state.phase === 'stopping',
    }),
    metricsText: async () => `${await runtime.metrics.text()}${metrics.text()}`,
    issuer,
    signer: identity.signer,
    serverAddress,
    version,
    log: runtime.log,
  });
  return ({ request, info, audit }, user: UserInfo) => {
    const delegated = delegation && delegate(delegation, { request, info }, user);
    if (delegated) return delegated;
    if (!info.isResource) return paths.answer({ request, path: info.path });
    if (resources.serves(info.group, info.version))
      return resources.handle(request, info, user, audit);
    return discovery.unknownResource(info.group);
  };
}

async function listen(
  { http, runtime }: ApiServerOptions,
  handle: RequestHandler,
): Promise<HttpServer | undefined> {
  if (!http) return undefined;
  // Loaded only now: a server without HTTP needs none of it.
  const [{ startHttpServer }, { gzipPieces }] = await Promise.all([
    import('@navarch/wire/http/node'),
    import('@navarch/wire/http/gzip/node'),
  ]);
  const { status } = genericServerResponse({ code: 405 });
  return startHttpServer({
    ...http,
    clock: runtime.clock,
    handler: httpHandler({ handle, gzipPieces, random: runtime.random, log: runtime.log }),
    unknownMethod: { contentType: 'application/json', body: JSON.stringify(status) },
  });
}

async function bootstrap(
  options: ApiServerOptions,
  resources: Resources,
  state: State,
): Promise<void> {
  const { reader: read, writer: write } = resources;
  await options.bootstrap?.({ read, write, resources, port: state.port });
  state.bootstrapped = true;
}

async function stop(
  resources: Resources,
  http: HttpServer | undefined,
  state: State,
): Promise<void> {
  state.phase = 'stopping';
  resources.endWatches();
  await http?.stop(limits.shutdownGraceMs);
  await resources.stop();
}
