/** Which connections have left HTTP and last still: exec, attach, port-forward, proxied WebSockets. */
import type { Tunnel, WebSocketPeer } from '@navarch/wire/http/http';
import type { ApiResponse } from '../request/request.ts';
import type { RequestInfo } from '../request/route.ts';

/** Upstream's labels. */
export interface TunnelLabels {
  readonly verb: string;
  readonly group: string;
  readonly version: string;
  readonly resource: string;
}

export class OpenTunnels {
  readonly #open = new Map<string, { readonly labels: TunnelLabels; count: number }>();

  /** The same answer; if it is a tunnel, one that is counted for as long as it lasts. */
  counted(response: ApiResponse, info: RequestInfo): ApiResponse {
    const { body } = response;
    switch (body.kind) {
      case 'tunnel':
        return {
          ...response,
          body: { ...body, run: (client: Tunnel) => this.#count(info, body.run(client)) },
        };
      case 'webSocket':
        return {
          ...response,
          body: { ...body, run: (client: WebSocketPeer) => this.#count(info, body.run(client)) },
        };
      default:
        return response;
    }
  }

  each(act: (labels: TunnelLabels, count: number) => void): void {
    for (const { labels, count } of this.#open.values()) act(labels, count);
  }

  /** Groups and resources that others serve come from their API services: there are only so many. */
  async #count(info: RequestInfo, lasts: Promise<void>): Promise<void> {
    const { group, version, resource, subresource } = info;
    const named = subresource === '' ? resource : `${resource}/${subresource}`;
    const key = `${group}/${version}/${named}`;
    const labels = { verb: 'CONNECT', group, version, resource: named };
    const entry = this.#open.get(key) ?? { labels, count: 0 };
    this.#open.set(key, entry);
    entry.count++;
    try {
      await lasts;
    } finally {
      entry.count--;
      if (entry.count === 0) this.#open.delete(key);
    }
  }
}
