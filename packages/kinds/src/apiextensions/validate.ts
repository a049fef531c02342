/** What holds for a custom resource definition. */
import { type FieldError, invalid, Path, required } from '@navarch/api/field-error';
import { isDns1035Label, isDns1123Subdomain } from '@navarch/api/names';
import type {
  CustomResourceDefinition,
  CustomResourceDefinitionNames,
  CustomResourceDefinitionSpec,
  CustomResourceDefinitionVersion,
} from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import type { ObjectMeta } from '@navarch/api/types/meta/v1/object';
import { requiredOneOf, unchanged } from '../checks.ts';
import { listOf } from '../nil.ts';
import { approvalErrors } from './definition/approval.ts';
import { bundleProblem } from './definition/ca-bundle.ts';
import { type CheckedVersion, versionPartErrors } from './definition/versions.ts';
import { validateConversion } from './validate-conversion.ts';

const scopes = ['Cluster', 'Namespaced'];
const path = Path.of('spec');
const versionsPath = path.child('versions');
const namesPath = path.child('names');
const storedPath = Path.of('status', 'storedVersions');

const cannotPreserve = invalid(
  path.child('preserveUnknownFields'),
  true,
  'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead',
);

export function validateDefinition(object: CustomResourceDefinition): FieldError[] {
  const { metadata, spec } = object;
  return [
    ...nameErrors(metadata, spec),
    ...specErrors(spec, [], false),
    ...validateDefinitionStatus(object),
    ...storedVersionErrors(object),
    ...approvalErrors(object, undefined),
    ...(spec.preserveUnknownFields === true ? [cannotPreserve] : []),
  ];
}

/** What it is called stays once it is served; its name and its place in the store always stay. */
export function validateDefinitionUpdate(
  object: CustomResourceDefinition,
  stored: CustomResourceDefinition,
): FieldError[] {
  const { spec } = object;
  const checksBundle = isEstablished(stored) && hasUsableBundle(stored.spec);
  const errors = specErrors(spec, listOf(stored.spec.versions), checksBundle);
  if (isEstablished(stored)) {
    errors.push(
      ...unchanged(spec.scope, stored.spec.scope, path.child('scope')),
      ...unchanged(spec.names.kind, stored.spec.names.kind, namesPath.child('kind')),
    );
  }
  return [
    ...errors,
    ...unchanged(spec.group, stored.spec.group, path.child('group')),
    ...unchanged(spec.names.plural, stored.spec.names.plural, namesPath.child('plural')),
    ...validateDefinitionStatus(object),
    ...storedVersionErrors(object),
    ...approvalErrors(object, stored),
    ...(spec.preserveUnknownFields === true && stored.spec.preserveUnknownFields !== true
      ? [cannotPreserve]
      : []),
  ];
}

/** Names in use have the form of names; some may be missing. */
export function validateDefinitionStatus({ status }: CustomResourceDefinition): FieldError[] {
  const path = Path.of('status', 'acceptedNames');
  return status?.acceptedNames ? nameFormErrors(status.acceptedNames, path) : [];
}

function isEstablished({ status }: CustomResourceDefinition): boolean {
  return listOf(status?.conditions).some(
    (condition) => condition.type === 'Established' && condition.status === 'True',
  );
}

function nameErrors(metadata: ObjectMeta, spec: CustomResourceDefinitionSpec): FieldError[] {
  const wanted = `${spec.names.plural}.${spec.group}`;
  const { name = '', generateName = '' } = metadata;
  return [['generateName', generateName] as const, ['name', name] as const].flatMap(
    ([member, text]) =>
      text === '' || text === wanted
        ? []
        : [invalid(Path.of('metadata', member), text, 'must be spec.names.plural+"."+spec.group')],
  );
}

/** What was wrong before may stay so. */
function hasUsableBundle({ conversion }: CustomResourceDefinitionSpec): boolean {
  const bundle = conversion?.webhook?.clientConfig?.caBundle ?? '';
  return bundle === '' || bundleProblem(bundle) === undefined;
}

/** What is everywhere the same is checked once, at the places it had in earlier versions of the API. */
function specErrors(
  spec: CustomResourceDefinitionSpec,
  stored: readonly CheckedVersion[],
  checksBundle: boolean,
): FieldError[] {
  const parts = versionPartErrors(listOf(spec.versions), stored, path);
  return [
    ...groupErrors(spec.group),
    ...requiredOneOf(spec.scope, scopes, path.child('scope')),
    ...versionErrors(listOf(spec.versions), spec, parts.ofVersion),
    ...missingNames(spec.names),
    ...nameFormErrors(spec.names, namesPath),
    ...parts.ofAll,
    ...(spec.conversion
      ? validateConversion(spec.conversion, path.child('conversion'), { checksBundle })
      : []),
  ];
}

function groupErrors(group: string): FieldError[] {
  const at = path.child('group');
  if (group === '') return [required(at)];
  const details = isDns1123Subdomain(group);
  if (details.length > 0) return [invalid(at, group, details.join(','))];
  return group.includes('.')
    ? []
    : [invalid(at, group, 'should be a domain with at least one dot')];
}

function versionErrors(
  versions: readonly CustomResourceDefinitionVersion[],
  spec: CustomResourceDefinitionSpec,
  partErrors: (index: number) => readonly FieldError[],
): FieldError[] {
  const errors: FieldError[] = [];
  const shown = versions.length === 0 ? null : spec.versions;
  for (const [i, { schema }] of versions.entries()) {
    const at = versionsPath.index(i).child('schema', 'openAPIV3Schema');
    if (!schema?.openAPIV3Schema) errors.push(required(at));
  }
  for (const [i, version] of versions.entries()) {
    const at = versionsPath.index(i);
    errors.push(...labelErrors(version.name, at.child('name')));
    errors.push(...deprecationErrors(version, at.child('deprecationWarning')), ...partErrors(i));
  }
  if (new Set(versions.map(({ name }) => name)).size < versions.length) {
    errors.push(invalid(versionsPath, shown, 'must contain unique version names'));
  }
  if (versions.filter(({ storage }) => storage).length !== 1) {
    const detail = 'must have exactly one version marked as storage version';
    errors.push(invalid(versionsPath, shown, detail));
  }
  return errors;
}

const warningLengthMax = 256;

function deprecationErrors(
  { deprecated, deprecationWarning: text }: CustomResourceDefinitionVersion,
  at: Path,
): FieldError[] {
  if (text === undefined) return [];
  if (!deprecated) return [invalid(at, text, 'can only be set for deprecated versions')];
  const errors: FieldError[] = [];
  if (Array.from(text).length > warningLengthMax) {
    errors.push(invalid(at, text, `must be <= ${warningLengthMax} characters long`));
  }
  const index = text.search(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u);
  if (index >= 0) {
    const detail = `must only contain printable UTF-8 characters; non-printable character found at index ${index}`;
    errors.push(invalid(at, text, detail));
  }
  return errors;
}

function missingNames(names: CustomResourceDefinitionNames): FieldError[] {
  return (['plural', 'singular', 'kind', 'listKind'] as const)
    .filter((member) => !names[member])
    .map((member) => required(namesPath.child(member)));
}

function nameFormErrors(names: CustomResourceDefinitionNames, path: Path): FieldError[] {
  const { plural, singular = '', kind, listKind = '' } = names;
  const at = (member: keyof CustomResourceDefinitionNames): Path => path.child(member);
  const errors: FieldError[] = [];
  if (plural !== '') errors.push(...labelErrors(plural, at('plural')));
  if (singular !== '') errors.push(...labelErrors(singular, at('singular')));
  errors.push(...kindErrors(kind, at('kind')));
  for (const [i, name] of listOf(names.shortNames).entries()) {
    errors.push(...labelErrors(name, at('shortNames').index(i)));
  }
  errors.push(...kindErrors(listKind, at('listKind')));
  if (kind !== '' && kind === listKind) {
    errors.push(invalid(at('listKind'), listKind, 'kind and listKind may not be the same'));
  }
  for (const [i, name] of listOf(names.categories).entries()) {
    errors.push(...labelErrors(name, at('categories').index(i)));
  }
  return errors;
}

function labelErrors(text: string, at: Path): FieldError[] {
  const details = isDns1035Label(text);
  return details.length > 0 ? [invalid(at, text, details.join(','))] : [];
}

function kindErrors(text: string, at: Path): FieldError[] {
  const details = text === '' ? [] : isDns1035Label(text.toLowerCase());
  if (details.length === 0) return [];
  const detail = `may have mixed case, but should otherwise match: ${details.join(',')}`;
  return [invalid(at, text, detail)];
}

/** A version that objects may still be stored in stays, until someone says that there are none. */
function storedVersionErrors({ spec, status }: CustomResourceDefinition): FieldError[] {
  const stored = listOf(status?.storedVersions);
  if (stored.length === 0) {
    return [invalid(storedPath, null, 'must have at least one stored version')];
  }
  const versions = listOf(spec.versions).map(({ name }) => name);
  return stored.flatMap((version, i) => {
    if (versions.includes(version)) return [];
    const detail = `missing from spec.versions; ${version} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in ${version} and removes ${version} from status.storedVersions`;
    return [invalid(storedPath.index(i), version, detail)];
  });
}
