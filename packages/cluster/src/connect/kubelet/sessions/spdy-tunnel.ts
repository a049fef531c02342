/**
 * Port forwarding by WebSocket to kubelets that speak SPDY only (KEP-4006): the client's messages carry the bytes of a SPDY connection,
 * which is opened to the kubelet.
 */
import { unknownReason } from '@navarch/api/status';
import { textResponse } from '@navarch/apiserver/http/answers';
import type { ApiResponse } from '@navarch/apiserver/request/request';
import { tunnelOver } from '@navarch/wire/http/websocket/tunnel';
import { askToUpgrade, type Dial, refusalOf, relay, type TunnelRequest } from '../../upgrade.ts';

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
      run: (client) => relay(tunnelOver(client), tunnel, request.signal),
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
