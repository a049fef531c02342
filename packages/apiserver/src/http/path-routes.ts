/** The paths that are no resources: discovery, health, metrics and the like. A table, looked up by path. */
import { genericServerResponse } from '@navarch/api/status';
import type { ApiRequest, ApiResponse } from '../request/request.ts';
import { notFoundPage } from './answers.ts';

export interface PathRequest {
  readonly request: ApiRequest;
  /** Decoded. */
  readonly path: string;
}

export interface PathRoute {
  /** Without a slash at the end. */
  readonly path: string;
  /** Only this path, or also everything below it. */
  readonly covers: 'exact' | 'tree';
  /** What other methods than GET get: a 405, or the same as GET. */
  readonly methods: 'get' | 'any';
  /** Throws a StatusError, or rejects with one, to answer with it. */
  readonly answer: (asked: PathRequest) => ApiResponse | Promise<ApiResponse>;
}

export class PathRoutes {
  readonly #routes: ReadonlyMap<string, PathRoute>;

  constructor(routes: readonly PathRoute[]) {
    this.#routes = new Map(routes.map((route) => [route.path, route]));
  }

  /** For the index page. */
  get paths(): readonly string[] {
    return [...this.#routes.keys()].map((path) => (path === '' ? '/' : path)).toSorted();
  }

  answer(asked: PathRequest): ApiResponse | Promise<ApiResponse> {
    const route = this.#find(asked.path);
    if (!route) return notFoundPage;
    if (route.methods === 'get' && asked.request.method !== 'GET') {
      throw genericServerResponse({ code: 405 });
    }
    return route.answer(asked);
  }

  /** The route of the path itself, or the nearest one above that covers it. */
  #find(path: string): PathRoute | undefined {
    const trimmed = path.endsWith('/') ? path.slice(0, -1) : path;
    const exact = this.#routes.get(trimmed);
    if (exact) return exact;
    for (let end = trimmed.lastIndexOf('/'); end > 0; end = trimmed.lastIndexOf('/', end - 1)) {
      const above = this.#routes.get(trimmed.slice(0, end));
      if (above) return above.covers === 'tree' ? above : undefined;
    }
    return undefined;
  }
}
