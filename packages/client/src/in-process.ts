/**
 * The transport to a server in the same process: the whole request chain, no sockets, no encoding, no copies. Each component has its own
 * identity, to which the server's authorization applies as it does to anybody.
 */
import type { UserInfo } from '@navarch/api/extension/context';
import type { LocalRequest, LocalServer } from '@navarch/api/extension/local-server';
import type { Transport, TransportRequest } from './transport.ts';

/** `user`: who makes the requests, such as `{ username: 'system:kube-scheduler', groups: ['system:authenticated'] }`. */
export function createInProcessTransport(server: LocalServer, user: UserInfo): Transport {
  const withUser = (request: TransportRequest): LocalRequest => ({ ...request, user });
  return {
    decodes: false,
    request: (request) => server.request(withUser(request)),
    watch: (request, listener) => server.watch(withUser(request), listener),
    close: () => Promise.resolve(),
  };
}
