/**
 * A kubelet's port for exec, attach and port-forward, by SPDY and by WebSocket, with commands instead of containers: `echo`, `cat`, `exit`
 * and `size`. What it is asked is remembered. With it real clients and the server's tunnels are tried, not kubelets.
 */
import { createServer } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { selfSigned } from '@navarch/cluster/pki/self-signed/node';
import { tunnelOn } from '@navarch/wire/http/tunnel/node';
import { acceptWebSocket } from '@navarch/wire/http/websocket/node';
import { tunnelOver } from '@navarch/wire/http/websocket/tunnel';
import { runInWebSocket } from './channels.ts';
import { type Asked, readAsked } from './commands.ts';
import { serveSpdy } from './spdy-server.ts';

export interface FakeKubelet {
  readonly port: number;
  /** Oldest first. */
  readonly asked: readonly Asked[];
  /** How many commands have been begun. */
  readonly begun: () => number;
  readonly openConnections: () => number;
  stop(): Promise<void>;
}

/** What it speaks besides SPDY. */
export type Speaks = readonly ('v4.channel.k8s.io' | 'v5.channel.k8s.io')[];

export async function startFakeKubelet(speaks: Speaks): Promise<FakeKubelet> {
  const pair = selfSigned({ commonName: 'kubelet' }, '127.0.0.1', Date.now());
  const asked: Asked[] = [];
  const sockets = new Set<Socket>();
  let begun = 0;
  // Whoever shows no certificate is turned away; whose it is, is for the other tests.
  const server = createServer(
    { cert: pair.certificate, key: pair.key, requestCert: true, rejectUnauthorized: false },
    ({ url = '' }, response) => {
      const isLog = url.startsWith('/containerLogs/');
      response.writeHead(isLog ? 200 : 400).end(isLog ? `${url}\n` : 'Upgrade request required');
    },
  );
  server.on('secureConnection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request: IncomingMessage, socket: TLSSocket, head: Buffer) => {
    socket.on('error', () => {});
    if (!socket.getPeerX509Certificate()) return refuse(socket, '401 Unauthorized');
    const what = readAsked(request, () => void begun++);
    asked.push(what);
    void answer({ request, socket, head, what, speaks });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    begun: () => begun,
    openConnections: () => sockets.size,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

interface Arrived {
  readonly request: IncomingMessage;
  readonly socket: TLSSocket;
  readonly head: Buffer;
  readonly what: Asked;
  readonly speaks: Speaks;
}

async function answer({ request, socket, head, what, speaks }: Arrived): Promise<void> {
  const { upgrade = '' } = request.headers;
  if (upgrade.toLowerCase() === 'spdy/3.1') {
    const protocol = what.protocols.find((each) => /^(v4\.channel|portforward)\./u.test(each));
    if (protocol === undefined) return refuse(socket, '403 Forbidden');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: ${protocol}\r\n\r\n`,
    );
    return serveSpdy(tunnelOn(socket, head), what);
  }
  const isPorts = what.action === 'portForward';
  const spoken: readonly string[] = isPorts ? tunnelledBy(speaks) : speaks;
  const protocol = what.protocols.find((each) => spoken.includes(each));
  const accepted =
    protocol === undefined ? undefined : acceptWebSocket(request, socket, head, protocol);
  if (!accepted) return refuse(socket, '403 Forbidden');
  return isPorts ? serveSpdy(tunnelOver(accepted.peer), what) : runInWebSocket(accepted.peer, what);
}

/** Kubelets that speak the new protocol for sessions forward ports inside of WebSockets, too. */
function tunnelledBy(speaks: Speaks): readonly string[] {
  return speaks.includes('v5.channel.k8s.io') ? ['SPDY/3.1+portforward.k8s.io'] : [];
}

function refuse(socket: Socket, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 3\r\n\r\nno\n`);
}
