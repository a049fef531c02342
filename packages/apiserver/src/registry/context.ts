/** What kinds and plugins may know of a request. */
import type {
  ObjectReader,
  ObjectWriter,
  RequestContext,
  ServerServices,
  UserInfo,
} from '@navarch/api/extension/context';
import type { Runtime } from '@navarch/runtime/runtime';
import type { RequestAudit } from '../audit/request-audit.ts';
import type { Warnings } from '../endpoints/answer.ts';
import type { ApiRequest } from '../request/request.ts';

export interface ContextParts {
  readonly runtime: Runtime;
  readonly services: ServerServices;
  readonly reader: ObjectReader;
  readonly writer: ObjectWriter;
}

export function createContext(
  parts: ContextParts,
  of: {
    readonly request: ApiRequest;
    readonly user: UserInfo;
    readonly warnings: Warnings;
    readonly audit?: RequestAudit | undefined;
  },
): RequestContext {
  const { request, user, warnings, audit } = of;
  return {
    user,
    userAgent: request.headers['user-agent'] ?? '',
    dryRun: request.query.includes('dryRun='),
    nowMs: parts.runtime.clock.wallMs(),
    read: parts.reader,
    write: parts.writer,
    services: parts.services,
    // Made when somebody looks: most requests are over before anybody does.
    get signal() {
      return request.signal;
    },
    warn: (message) => warnings.add(message),
    annotate: audit && ((key, value, level) => audit.annotate(key, value, level)),
  };
}
