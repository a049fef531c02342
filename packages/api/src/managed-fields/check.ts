/** Whether entries of metadata.managedFields can be worked with. */
import type { ManagedFieldsEntry } from '../managed-fields.ts';
import { parseFieldSet } from './parse.ts';

/** What is wrong with the first entry that says nothing usable, in upstream's words where clients see them; undefined when none does. */
export function managedFieldsProblem(entries: readonly ManagedFieldsEntry[]): string | undefined {
  for (const [index, entry] of entries.entries()) {
    const problem = entryProblem(entry, index);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function entryProblem(entry: ManagedFieldsEntry, index: number): string | undefined {
  const { operation = '', apiVersion = '', fieldsType = '', fieldsV1 } = entry;
  if (operation !== 'Apply' && operation !== 'Update') {
    return 'operation must be `Apply` or `Update`';
  }
  if (apiVersion === '') return 'apiVersion must not be empty';
  if (fieldsType === '') return `missing fieldsType in managed fields entry ${index}`;
  if (fieldsType !== 'FieldsV1') {
    return `invalid fieldsType ${JSON.stringify(fieldsType)} in managed fields entry ${index}`;
  }
  if (parseFieldSet(fieldsV1)) return undefined;
  return `error decoding fields in managed fields entry ${index}`;
}
