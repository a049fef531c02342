/** Which objects of a resource a request is about: compiled once per request, run on many entries. */
import type { Entry, Labels } from './entry.ts';

export interface FieldTerm {
  /** The field's number in the resource's shape. */
  readonly field: number;
  readonly value: string;
  readonly negated: boolean;
}

export interface Selection {
  /** '' for all namespaces. */
  readonly namespace: string;
  /** '' for all names. */
  readonly name: string;
  /** Undefined when every object matches. */
  readonly matchesLabels?: (labels: Labels) => boolean;
  readonly fields: readonly FieldTerm[];
  /** What cannot be put into the above: names that must differ, terms that contradict each other, fields of views. */
  readonly matches?: (entry: Entry) => boolean;
}

export function everything(namespace: string): Selection {
  return { namespace, name: '', fields: [] };
}

/** Whether it is narrower than its namespace. */
export function isSelective(selection: Selection): boolean {
  return (
    selection.name !== '' ||
    selection.fields.length > 0 ||
    selection.matchesLabels !== undefined ||
    selection.matches !== undefined
  );
}

export function selects(selection: Selection, entry: Entry): boolean {
  if (selection.namespace !== '' && !entry.isIn(selection.namespace)) return false;
  return selectsWithin(selection, entry);
}

/** The same for an entry that is known to be of the namespace. */
export function selectsWithin(selection: Selection, entry: Entry): boolean {
  if (selection.name !== '' && entry.name !== selection.name) return false;
  if (selection.matches && !selection.matches(entry)) return false;
  for (const term of selection.fields) {
    if ((entry.field(term.field) === term.value) === term.negated) return false;
  }
  return selection.matchesLabels === undefined || selection.matchesLabels(entry.labels);
}
