/** Fields that an applied configuration would change, and that belong to somebody else. */
import type { Owner } from '../../managed-fields/entries.ts';
import { isEmptySet, type FieldSet } from '../../managed-fields/field-set.ts';
import { applyConflict, type StatusCause, type StatusError } from '../../status.ts';
import { pathText } from './path-text.ts';

export interface Conflict {
  readonly owner: Owner;
  readonly fields: FieldSet;
}

/** The 409 with everything that is in the way, by owner. */
export function conflictError(conflicts: readonly Conflict[]): StatusError {
  const paths = new Map<string, string[]>();
  for (const { owner, fields } of conflicts) {
    const name = describeOwner(owner);
    paths.set(name, [...(paths.get(name) ?? []), ...pathTexts(fields)]);
  }
  const owners = [...paths].sort(([a], [b]) => (a < b ? -1 : 1));
  const causes: StatusCause[] = owners.flatMap(([name, fields]) =>
    fields.map((field) => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${name}`,
      field,
    })),
  );
  const what = causes.length === 1 ? '1 conflict' : `${causes.length} conflicts`;
  const lines = owners.map(([name, fields]) =>
    fields.length === 1
      ? `conflict with ${name}: ${fields.join('')}`
      : `conflicts with ${name}:\n${fields.map((field) => `- ${field}`).join('\n')}`,
  );
  return applyConflict(causes, `Apply failed with ${what}: ${lines.join('\n')}`);
}

/** Who only ever applies is known by name; an updater may be there in several versions. */
function describeOwner({ manager, operation, apiVersion, subresource }: Owner): string {
  const who = JSON.stringify(manager);
  const through =
    subresource === '' ? who : `${who} with subresource ${JSON.stringify(subresource)}`;
  return operation === 'Apply' ? through : `${through} using ${apiVersion}`;
}

/** At each level the fields themselves come before what is inside others. */
function pathTexts(set: FieldSet, above: readonly string[] = []): readonly string[] {
  const own: string[] = [];
  const inside: string[] = [];
  for (const step in set) {
    const node = set[step];
    if (step === '.' || !node) continue;
    const path = [...above, step];
    if (node['.'] !== undefined || isEmptySet(node)) own.push(pathText(path));
    inside.push(...pathTexts(node, path));
  }
  return [...own, ...inside];
}
