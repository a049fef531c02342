/** Everything that is served besides resources. */
import type { Log } from '@navarch/runtime/log';
import type { TokenSigner } from '../authenticate/service-account/signing.ts';
import type { Discovery } from '../discovery/discovery.ts';
import { issuerRoutes } from '../discovery/issuer.ts';
import { type ServedVersion, versionDocument } from '../discovery/version.ts';
import { checkAccepts } from '../endpoints/acceptable.ts';
import { answerHealth, type HealthCheck, type HealthEndpoint } from '../health/health.ts';
import { HealthSlis } from '../health/slis.ts';
import { jsonResponse, notFoundPage, textResponse } from '../http/answers.ts';
import { type PathRoute, PathRoutes } from '../http/path-routes.ts';

export interface PathsOptions {
  readonly discovery: Discovery;
  readonly openApi: readonly PathRoute[];
  readonly checks: Readonly<Record<HealthEndpoint, readonly HealthCheck[]>>;
  /** All metrics in the Prometheus text format. */
  readonly metricsText: () => Promise<string>;
  readonly issuer: string;
  readonly signer: TokenSigner;
  readonly serverAddress: () => string;
  readonly version: ServedVersion;
  readonly log: Log;
}

export function createPaths(options: PathsOptions): PathRoutes {
  const { discovery, issuer, signer, serverAddress } = options;
  const slis = new HealthSlis();
  const routes: readonly PathRoute[] = [
    ...discovery.routes(),
    ...options.openApi,
    ...healthRoutes(options, slis),
    ...issuerRoutes({ issuer, signer, serverAddress }),
    versionRoute(options),
    metricsRoute('/metrics', options.metricsText),
    metricsRoute('/metrics/slis', () => slis.text()),
    {
      path: '',
      covers: 'exact',
      methods: 'any',
      answer: ({ path }) => (path === '/' ? jsonResponse({ paths: allPaths() }) : notFoundPage),
    },
  ];
  const paths = new PathRoutes(routes);
  const allPaths = (): readonly string[] =>
    [...paths.paths.filter((path) => path !== '/'), ...discovery.paths()].toSorted();
  return paths;
}

function healthRoutes({ checks, log }: PathsOptions, slis: HealthSlis): readonly PathRoute[] {
  const endpoints: readonly HealthEndpoint[] = ['healthz', 'livez', 'readyz'];
  return endpoints.map((endpoint) => ({
    path: `/${endpoint}`,
    covers: 'tree',
    methods: 'any',
    answer: ({ request, path }) => {
      const { query } = request;
      const { response, failures, findings } = answerHealth(
        endpoint,
        checks[endpoint],
        path,
        query,
      );
      slis.count(endpoint, findings);
      for (const failure of failures) log.info(`${endpoint} check failed`, { ...failure });
      return response;
    },
  }));
}

function versionRoute({ version }: PathsOptions): PathRoute {
  const document = versionDocument(version);
  return {
    path: '/version',
    covers: 'exact',
    methods: 'get',
    answer: ({ request }) => {
      checkAccepts(request, ['application/json']);
      return jsonResponse(document);
    },
  };
}

function metricsRoute(path: string, metricsText: () => Promise<string>): PathRoute {
  return {
    path,
    covers: 'exact',
    methods: 'any',
    answer: async () =>
      textResponse(200, await metricsText(), {
        'content-type': 'text/plain; version=0.0.4; charset=utf-8; escaping=underscores',
      }),
  };
}
