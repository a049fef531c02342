/** The OpenAPI documents of what is served, made when they are first asked for. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import type { OpenApiResource } from '@navarch/api/openapi/resource';
import type { OpenApiSource } from '@navarch/apiserver/openapi/openapi';
import { version } from './version.ts';

const info = { title: 'Kubernetes', version };

/** `served` gives the same array as long as nothing changed. */
export function openApiSource(served: () => readonly ResourceDefinition[]): OpenApiSource {
  const byPath = pathsOf(served);
  const definitionsAt = (path: string): readonly ResourceDefinition[] =>
    path.startsWith('v2') ? served() : (byPath().get(path) ?? []);
  return {
    fingerprint: (path) => [version, ...definitionsAt(path).flatMap(identityOf)].join(' '),
    v3Paths: () => [...byPath().keys()],
    v2: async () =>
      (await import('@navarch/api/openapi/v2')).openApiV2(served().map(published), info),
    v3: async (path) => {
      const { openApiV3 } = await import('@navarch/api/openapi/v3');
      return openApiV3(definitionsAt(path).map(published), info);
    },
  };
}

/** Built-in kinds change with the version only. */
function identityOf({ custom }: ResourceDefinition): readonly string[] {
  return custom ? [custom.identity] : [];
}

function published(definition: ResourceDefinition): OpenApiResource {
  const { custom } = definition;
  return custom ? { ...definition, definition: { ...custom.definition } } : definition;
}

/** By the paths of their documents; arranged again when something changed. */
function pathsOf(
  served: () => readonly ResourceDefinition[],
): () => ReadonlyMap<string, readonly ResourceDefinition[]> {
  let arranged: readonly ResourceDefinition[] | undefined;
  let byPath = new Map<string, ResourceDefinition[]>();
  return () => {
    const definitions = served();
    if (definitions === arranged) return byPath;
    arranged = definitions;
    byPath = Map.groupBy(definitions, ({ group, version: of }) =>
      group === '' ? `api/${of}` : `apis/${group}/${of}`,
    );
    return byPath;
  };
}
