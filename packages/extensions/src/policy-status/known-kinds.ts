/** The kinds that policies may be about: built-in ones by their types, custom ones by their schemas. */
import type { GroupVersionKind } from '@navarch/api/extension/object';
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { structOf } from '@navarch/api/schema/registry';
import type { CustomResourceDefinition } from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import type { KnownKinds } from '@navarch/kinds/admission/policy/validating/type-check';
import { declareStruct } from '@navarch/kinds/cel/declared-struct';
import { type DeclaredType, declareType } from '@navarch/kinds/cel/declared-type';
import { isTrue } from '../crd/conditions.ts';

/** One version of a kind, and what it is called in paths. */
interface Entry {
  readonly kind: GroupVersionKind;
  readonly names: readonly string[];
  declare(): DeclaredType | undefined;
}

/** As they are served now. */
export function createKnownKinds(
  builtIn: readonly ResourceDefinition[],
  definitions: () => readonly CustomResourceDefinition[],
): KnownKinds {
  const types = builtIn.filter(({ isHidden }) => !isHidden).map(builtInEntry);
  const all = (): readonly Entry[] => [...types, ...definitions().flatMap(customEntries)];
  return {
    kindsOf: (group, version, resource) =>
      all()
        .filter(({ kind, names }) => {
          const isOfGroup = group === '' || kind.group === group;
          return isOfGroup && kind.version === version && names.includes(resource.toLowerCase());
        })
        .map(({ kind }) => kind),
    declare: (wanted) =>
      all()
        .find(({ kind }) => isSame(kind, wanted))
        ?.declare(),
  };
}

function isSame(a: GroupVersionKind, b: GroupVersionKind): boolean {
  return a.group === b.group && a.version === b.version && a.kind === b.kind;
}

function builtInEntry(definition: ResourceDefinition): Entry {
  const { group, version, kind, plural, singular, schema } = definition;
  return {
    kind: { group, version, kind },
    names: [plural, singular],
    declare: () => declareStruct(structOf(schema), kind),
  };
}

function customEntries(crd: CustomResourceDefinition): readonly Entry[] {
  if (!isTrue(crd, 'Established')) return [];
  const { group, names, versions } = crd.spec;
  const { kind, plural, singular = '' } = names;
  return versions
    .filter(({ served }) => served)
    .map(({ name: version, schema }) => ({
      kind: { group, version, kind },
      names: [plural, singular],
      declare: () => {
        const { openAPIV3Schema } = schema ?? {};
        const declared =
          openAPIV3Schema && declareType(openAPIV3Schema, { isObject: true, name: kind });
        return declared && withWholeMetadata(declared, kind);
      },
    }));
}

/** Rules of definitions see little of the metadata; what is published has all of it. */
function withWholeMetadata(declared: DeclaredType, kind: string): DeclaredType {
  const metadata = declareStruct(structOf('meta/v1.ObjectMeta'), `${kind}.metadata`);
  return { ...declared, fields: new Map([...(declared.fields ?? []), ['metadata', metadata]]) };
}
