/** The parts of versions. What all versions have in common is reported as if it were said once, for the whole definition. */
import type { FieldError, Path } from '@navarch/api/field-error';
import type { CustomResourceDefinitionVersion } from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import { listOf } from '../../nil.ts';
import { jsonEqual } from '../json-equal.ts';
import { schemaErrors } from './schema-errors.ts';
import { columnErrors, selectableFieldErrors, subresourceErrors } from './version-parts.ts';

/** A version that was accepted before. */
export type CheckedVersion = Pick<
  CustomResourceDefinitionVersion,
  'name' | 'schema' | 'subresources'
>;

export interface VersionPartErrors {
  readonly ofAll: readonly FieldError[];
  readonly ofVersion: (index: number) => readonly FieldError[];
}

type Check = (version: CustomResourceDefinitionVersion, path: Path) => readonly FieldError[];

interface VersionPart {
  readonly member: 'schema' | 'subresources' | 'additionalPrinterColumns' | 'selectableFields';
  /** Its name for the whole definition. */
  readonly common: string;
  readonly check: Check;
}

/** A schema that was accepted is not looked at again. */
export function versionPartErrors(
  versions: readonly CustomResourceDefinitionVersion[],
  stored: readonly CheckedVersion[],
  path: Path,
): VersionPartErrors {
  const parts = partsFor(stored);
  const [first] = versions;
  const isCommon = ({ member }: VersionPart): boolean =>
    versions.every((version) => jsonEqual(version[member], first?.[member]));
  const common = parts.filter(isCommon);
  const own = parts.filter((part) => !common.includes(part));
  return {
    ofAll: first ? common.flatMap((part) => part.check(first, path.child(part.common))) : [],
    ofVersion(index) {
      const version = versions[index];
      if (!version) return [];
      const at = path.child('versions').index(index);
      return own.flatMap(({ member, check }) => check(version, at.child(member)));
    },
  };
}

function partsFor(stored: readonly CheckedVersion[]): readonly VersionPart[] {
  return [
    {
      member: 'schema',
      common: 'validation',
      check: (version, path) =>
        wasChecked(version, stored) ? [] : versionSchemaErrors(version, path),
    },
    {
      member: 'subresources',
      common: 'subresources',
      check: ({ subresources }, path) => subresourceErrors(subresources, path),
    },
    {
      member: 'additionalPrinterColumns',
      common: 'additionalPrinterColumns',
      check: (version, path) => columnErrors(listOf(version.additionalPrinterColumns), path),
    },
    {
      member: 'selectableFields',
      common: 'selectableFields',
      check: ({ selectableFields, schema }, path) =>
        selectableFieldErrors(listOf(selectableFields), schema?.openAPIV3Schema ?? {}, path),
    },
  ];
}

function wasChecked(
  version: CustomResourceDefinitionVersion,
  stored: readonly CheckedVersion[],
): boolean {
  return stored.some(
    (old) =>
      old.name === version.name &&
      (old.subresources?.status === undefined) === (version.subresources?.status === undefined) &&
      jsonEqual(old.schema, version.schema),
  );
}

function versionSchemaErrors(
  { schema, subresources }: CustomResourceDefinitionVersion,
  path: Path,
): readonly FieldError[] {
  const { openAPIV3Schema } = schema ?? {};
  if (!openAPIV3Schema) return [];
  const hasStatus = subresources?.status !== undefined;
  return schemaErrors(openAPIV3Schema, path.child('openAPIV3Schema'), { hasStatus });
}
