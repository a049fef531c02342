/** exec, attach and port-forward of simulated nodes: which protocol is spoken, and what is behind it. */
import type { Container } from '@navarch/api/types/core/v1/container';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Informer } from '@navarch/client/informer';
import type { Clock } from '@navarch/runtime/clock';
import type { Tunnel, WebSocketPeer } from '@navarch/wire/http/http';
import { tunnelOver } from '@navarch/wire/http/websocket/tunnel';
import { channelProtocols, serveChannels } from './channel-server.ts';
import { portChannelsProtocol, portsIn, servePortChannels } from './port-channels.ts';
import { attachProgram, execProgram, type Place } from './programs.ts';
import { type Outcome, type Program, wantedStreams } from './session.ts';
import {
  servePorts,
  serveSpdySession,
  spdyPortsProtocol,
  spdySessionProtocol,
} from './spdy-server.ts';

export interface SessionRequest {
  readonly action: 'exec' | 'attach' | 'portForward';
  readonly namespace: string;
  readonly name: string;
  readonly container: string;
  readonly query: URLSearchParams;
  /** The protocol that the connection is to change to; undefined when none was asked for. */
  readonly upgrade: string | undefined;
  /** What the client is ready to speak inside of it, the preferred first. */
  readonly protocols: readonly string[];
}

export type SessionAnswer =
  /** The connection leaves HTTP, with just these headers. */
  | {
      readonly kind: 'tunnel';
      readonly headers: Readonly<Record<string, string>>;
      run(client: Tunnel): Promise<void>;
    }
  | {
      readonly kind: 'webSocket';
      readonly protocol: string;
      run(client: WebSocketPeer): Promise<void>;
    }
  | { readonly kind: 'refused'; readonly status: number; readonly text: string };

export interface SessionDependencies {
  readonly pods: Informer<Pod>;
  readonly clock: Clock;
  /** Somebody who was attached to a container has told it to leave. */
  readonly endContainer: (pod: Pod, container: string, exitCode: number) => void;
}

export function openSession(deps: SessionDependencies, request: SessionRequest): SessionAnswer {
  if (request.upgrade === undefined) return refused(400, 'Upgrade request required');
  const pod = deps.pods.get(request.namespace, request.name);
  if (!pod) return refused(404, 'pod does not exist');
  if (request.action === 'portForward') return openPorts(pod, request);
  const container = containerOf(pod, request.container);
  if (!container || !isRunning(pod, request.container)) {
    return refused(500, `container not found (${JSON.stringify(request.container)})`);
  }
  const wanted = wantedStreams(request.query);
  const place = { pod, container, clock: deps.clock, tty: wanted.tty };
  const leave = (exitCode: number): void => deps.endContainer(pod, container.name, exitCode);
  const program =
    request.action === 'attach'
      ? whileRunning(deps, place, { exitCode: 0 }, attachProgram(place, leave))
      : whileRunning(deps, place, killed, execProgram(request.query.getAll('command'), place));
  if (isWebSocket(request)) {
    const protocol = channelProtocols.find((each) => request.protocols.includes(each));
    return protocol === undefined
      ? noProtocol(request, channelProtocols)
      : { kind: 'webSocket', protocol, run: (client) => serveChannels(client, wanted, program) };
  }
  if (!request.protocols.includes(spdySessionProtocol)) {
    return noProtocol(request, [spdySessionProtocol]);
  }
  return spdy(spdySessionProtocol, (client) => serveSpdySession(client, wanted, program));
}

/** How often is looked whether the container still runs. */
const lookIntervalMs = 500;
/** Of a process that was killed. */
const killed: Outcome = { exitCode: 137 };

/** A program ends with its container, whatever it waits for. */
function whileRunning(
  { pods, clock }: SessionDependencies,
  { pod: { metadata }, container }: Place,
  afterwards: Outcome,
  program: Program,
): Program {
  const { namespace = '', name = '', uid } = metadata;
  return async (streams, signal) => {
    const over = new AbortController();
    const both = AbortSignal.any([signal, over.signal]);
    const isThere = (): boolean => {
      const pod = pods.get(namespace, name);
      return pod?.metadata.uid === uid && pod !== undefined && isRunning(pod, container.name);
    };
    const stopped = async (): Promise<Outcome> => {
      while (isThere()) await clock.sleep(lookIntervalMs, both);
      return afterwards;
    };
    try {
      return await Promise.race([program(streams, both), stopped()]);
    } finally {
      over.abort();
    }
  };
}

function openPorts({ metadata }: Pod, request: SessionRequest): SessionAnswer {
  const whyNobody = (port: string): string =>
    `error forwarding port ${port} to pod ${metadata.uid}: containers of simulated nodes listen on no ports`;
  const serve = (client: Tunnel): Promise<void> => servePorts(client, whyNobody);
  const inside = `SPDY/3.1+${spdyPortsProtocol}`;
  if (isWebSocket(request)) {
    const { protocols } = request;
    if (protocols.includes(inside)) {
      return { kind: 'webSocket', protocol: inside, run: (client) => serve(tunnelOver(client)) };
    }
    const protocol = portChannelsProtocol;
    if (!protocols.includes(protocol)) return noProtocol(request, [inside, protocol]);
    const ports = portsIn(request.query);
    return ports === undefined
      ? refused(400, 'query parameter "port" is required')
      : { kind: 'webSocket', protocol, run: (it) => servePortChannels(it, ports, whyNobody) };
  }
  return request.protocols.includes(spdyPortsProtocol)
    ? spdy(spdyPortsProtocol, serve)
    : noProtocol(request, [spdyPortsProtocol]);
}

function isWebSocket({ upgrade }: SessionRequest): boolean {
  return upgrade?.toLowerCase() === 'websocket';
}

function spdy(protocol: string, run: (client: Tunnel) => Promise<void>): SessionAnswer {
  const headers = {
    connection: 'Upgrade',
    upgrade: 'SPDY/3.1',
    'x-stream-protocol-version': protocol,
  };
  return { kind: 'tunnel', headers, run };
}

function refused(status: number, text: string): SessionAnswer {
  return { kind: 'refused', status, text: `${text}\n` };
}

/** Clients try another one then. */
function noProtocol({ protocols }: SessionRequest, served: readonly string[]): SessionAnswer {
  return refused(
    403,
    `unable to upgrade: unable to negotiate protocol: client supports [${protocols.join(' ')}], server accepts [${served.join(' ')}]`,
  );
}

function containerOf({ spec }: Pod, name: string): Container | undefined {
  const all = [
    ...spec.containers,
    ...(spec.initContainers ?? []),
    ...(spec.ephemeralContainers ?? []),
  ];
  return all.find((each) => each.name === name);
}

function isRunning({ status }: Pod, name: string): boolean {
  return [
    ...(status?.containerStatuses ?? []),
    ...(status?.initContainerStatuses ?? []),
    ...(status?.ephemeralContainerStatuses ?? []),
  ].some((each) => each.name === name && each.state?.running !== undefined);
}
