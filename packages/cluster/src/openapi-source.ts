/** The OpenAPI documents of what is served, made when they are first asked for. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import type { OpenApiSource } from '@navarch/apiserver/openapi/openapi';
import { version } from './version.ts';

const info = { title: 'Kubernetes', version };

export function openApiSource(definitions: readonly ResourceDefinition[]): OpenApiSource {
  const path = ({ group, version: of }: ResourceDefinition): string =>
    group === '' ? `api/${of}` : `apis/${group}/${of}`;
  const paths = [...new Set(definitions.map(path))];
  return {
    fingerprint: () => version,
    v3Paths: () => paths,
    v2: async () => (await import('@navarch/api/openapi/v2')).openApiV2(definitions, info),
    v3: async (wanted) => {
      const { openApiV3 } = await import('@navarch/api/openapi/v3');
      return openApiV3(
        definitions.filter((definition) => path(definition) === wanted),
        info,
      );
    },
  };
}
