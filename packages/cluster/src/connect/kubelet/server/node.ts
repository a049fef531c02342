/** The port of kubelets that run in a process of their own: one listener for all simulated nodes in it. */
import type {
  KubeletHandler,
  KubeletRequest,
  KubeletResponse,
} from '@navarch/kubelet/http/handler';
import type { Runtime } from '@navarch/runtime/runtime';
import type {
  HttpBodyWriter,
  HttpHandler,
  HttpRequest,
  HttpResponder,
  HttpServer,
} from '@navarch/wire/http/http';
import { startHttpServer } from '@navarch/wire/http/node';
import { selfSigned } from '../../../pki/self-signed/node.ts';
import { protocolsIn } from '../../upgrade.ts';

export interface KubeletServer {
  readonly server: HttpServer;
  readonly address: string;
}

const address = '127.0.0.1';

/** `handler` is looked up per request: the listener's port must be known before the nodes register. */
export async function startKubeletServer(
  runtime: Runtime,
  handler: () => KubeletHandler,
): Promise<KubeletServer> {
  const pair = selfSigned({ commonName: 'navarch-kubelet' }, address, runtime.clock.wallMs());
  const server = await startHttpServer({
    clock: runtime.clock,
    host: address,
    port: 0,
    ...pair,
    handler: answerWith(handler),
  });
  return { server, address };
}

function answerWith(handler: () => KubeletHandler): HttpHandler {
  return (request, responder) => {
    const { pathname, searchParams } = new URL(request.url, 'https://kubelet');
    const answer = handler()({
      method: request.method,
      path: pathname,
      query: searchParams,
      signal: request.signal,
      ...upgradeOf(request),
    });
    if (answer.session) {
      void serve(answer.session, responder);
      return;
    }
    const headers = { 'content-type': answer.contentType };
    if (typeof answer.body === 'string') responder.send(answer.status, headers, answer.body);
    else void copy(answer.body, responder.stream(answer.status, headers));
  };
}

function upgradeOf({ upgrade, headers }: HttpRequest): Pick<KubeletRequest, 'upgrade'> {
  return upgrade === undefined ? {} : { upgrade: { to: upgrade, protocols: protocolsIn(headers) } };
}

async function serve(
  session: NonNullable<KubeletResponse['session']>,
  { upgrade, webSocket }: HttpResponder,
): Promise<void> {
  if (session.kind === 'tunnel' && upgrade) await session.run(upgrade(session.headers));
  if (session.kind === 'webSocket' && webSocket)
    await session.run(await webSocket(session.protocol));
}

async function copy(
  chunks: Exclude<KubeletResponse['body'], string>,
  to: HttpBodyWriter,
): Promise<void> {
  try {
    for await (const chunk of chunks) {
      to.write(chunk);
      await to.drained();
    }
  } catch {
    // The reader is gone; nobody is left to be told.
  }
  to.end();
}
