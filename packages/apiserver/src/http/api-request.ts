/** An HTTP request as the server's own, each part made when it is first asked for. */
import { tooLarge } from '@navarch/api/status';
import type { Random } from '@navarch/runtime/random';
import { limits } from '@navarch/runtime/limits';
import { BodyTooLarge, type HttpRequest } from '@navarch/wire/http/http';
import { auditIdOf } from '../audit/audit.ts';
import type { ApiRequest } from '../request/request.ts';

type Headers = Readonly<Record<string, string | undefined>>;

export class HttpApiRequest implements ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Headers;
  readonly auditId: string;
  readonly #http: HttpRequest;

  constructor(http: HttpRequest, random: Random) {
    const { url } = http;
    const question = url.indexOf('?');
    this.method = http.method;
    this.path = question < 0 ? url : url.slice(0, question);
    this.query = question < 0 ? '' : url.slice(question + 1);
    this.headers = withRepeats(http);
    this.auditId = auditIdOf(http.headers, random);
    this.#http = http;
  }

  get body(): ApiRequest['body'] {
    return { bytes: () => this.#bytes(), chunks: () => this.#http.chunks() };
  }

  get identity(): ApiRequest['identity'] {
    return { certificate: this.#http.peer() };
  }

  get remoteAddress(): string {
    return this.#http.remoteAddress;
  }

  get signal(): AbortSignal {
    return this.#http.signal;
  }

  get upgrade(): string | undefined {
    return this.#http.upgrade;
  }

  async #bytes(): Promise<Uint8Array> {
    try {
      return await this.#http.body(limits.requestBodyMaxBytes);
    } catch (error) {
      throw error instanceof BodyTooLarge ? tooLarge(error.maxBytes) : error;
    }
  }
}

const repeatedPrefix = 'impersonate-';

/** Joins repeats of impersonation headers by newlines, which no value can contain. */
function withRepeats(http: HttpRequest): Headers {
  const { headers } = http;
  let copy: Record<string, string | undefined> | undefined;
  for (const name in headers) {
    if (!name.startsWith(repeatedPrefix)) continue;
    copy ??= { ...headers };
    copy[name] = http.headerValues(name).join('\n');
  }
  return copy ?? headers;
}
