/** What clients of a deprecated version are told. */
import type {
  CustomResourceDefinitionSpec,
  CustomResourceDefinitionVersion,
} from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import { compareVersions } from './version-order.ts';

export function deprecationOf(
  { group, names, versions }: CustomResourceDefinitionSpec,
  version: CustomResourceDefinitionVersion,
): string | undefined {
  if (!version.deprecated) return undefined;
  if (version.deprecationWarning !== undefined) return version.deprecationWarning;
  const text = `${group}/${version.name} ${names.kind} is deprecated`;
  const [newest] = versions
    .filter(
      ({ served, deprecated, name }) =>
        served && !deprecated && compareVersions(name, version.name) < 0,
    )
    .map(({ name }) => name)
    .sort(compareVersions);
  return newest === undefined ? text : `${text}; use ${group}/${newest} ${names.kind}`;
}
