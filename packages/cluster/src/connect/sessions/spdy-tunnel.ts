/**
 * Port forwarding by WebSocket to kubelets that speak SPDY only (KEP-4006): the client's messages carry the bytes of a SPDY connection,
 * which is opened to the kubelet.
 */
import { unknownReason } from '@navarch/api/status';
import { textResponse } from '@navarch/apiserver/http/answers';
import type { ApiResponse } from '@navarch/apiserver/request/request';
import type { Tunnel, WebSocketPeer } from '@navarch/wire/http/http';
import { askToUpgrade, type Dial, onAbort, refusalOf, type TunnelRequest } from '../upgrade.ts';

const prefix = 'SPDY/3.1+';
const suffix = '.k8s.io';
const spdy = 'SPDY/3.1';

/** The SPDY protocols that a client is ready to speak inside of a WebSocket. */
export function tunnelledProtocols(offered: readonly string[]): readonly string[] {
  return offered
    .filter((protocol) => protocol.startsWith(prefix) && protocol.endsWith(suffix))
    .map((protocol) => protocol.slice(prefix.length));
}

/** `request` is the client's, as it would be passed on; `protocols` what the kubelet may choose from. */
export async function tunnelSpdy(
  dial: Dial,
  request: TunnelRequest,
  protocols: readonly string[],
): Promise<ApiResponse> {
  const answer = await askToUpgrade(dial, spdyRequest(request, protocols));
  if (answer.kind === 'answered') return refusalOf(answer.response);
  const { headers, tunnel } = answer;
  if (!headers['upgrade']?.toLowerCase().includes(spdy.toLowerCase())) {
    tunnel.close();
    return textResponse(500, 'unable to upgrade: missing upgrade headers in response\n');
  }
  const chosen = headers['x-stream-protocol-version']?.trim();
  if (chosen === undefined || !protocols.includes(chosen)) {
    tunnel.close();
    throw unknownReason('the kubelet chose none of the offered protocols');
  }
  return {
    status: 101,
    headers: {},
    body: {
      kind: 'webSocket',
      protocol: prefix + chosen,
      run: (client) => {
        onAbort(request.signal, () => tunnel.end());
        return carry(client, tunnel);
      },
    },
  };
}

/** The same request, as one that asks for SPDY. */
export function spdyRequest(request: TunnelRequest, protocols: readonly string[]): TunnelRequest {
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => !name.startsWith('sec-websocket-')),
  );
  return {
    ...request,
    method: 'POST',
    headers: { ...headers, upgrade: spdy, 'x-stream-protocol-version': protocols },
  };
}

/** Resolves when both directions have ended. What ends one, ends the other. */
async function carry(client: WebSocketPeer, kubelet: Tunnel): Promise<void> {
  const end = (): void => {
    client.end();
    kubelet.end();
  };
  await Promise.all([unpack(client, kubelet).then(end, end), pack(kubelet, client).then(end, end)]);
}

async function unpack(client: WebSocketPeer, kubelet: Tunnel): Promise<void> {
  for await (const message of client.messages) {
    if (typeof message === 'string') return; // SPDY is no text: the client speaks something else.
    await kubelet.write(message);
  }
}

async function pack(kubelet: Tunnel, client: WebSocketPeer): Promise<void> {
  for await (const chunk of kubelet.chunks) await client.send(chunk);
}
