/** Compiles a request's selectors for one resource, so that caches can use what they have indexed. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import {
  parseFieldSelector,
  type FieldSelector,
  type FieldTerm,
} from '@navarch/api/field-selectors';
import { parseSelector, type Selector } from '@navarch/api/selectors';
import { SelectorError } from '@navarch/api/selectors/requirement';
import { badRequest } from '@navarch/api/status';
import { goQuote } from '@navarch/codec/go/text';
import type { Entry } from '../watch-cache/entry.ts';
import type { FieldTerm as NumberedTerm, Selection } from '../watch-cache/selection.ts';
import { valueOf, type Resource } from './resource.ts';

export interface SelectorTexts {
  readonly labelSelector: string;
  readonly fieldSelector: string;
}

export interface Selectors {
  readonly labels: Selector;
  readonly fields: FieldSelector;
}

/** Throws 400 for a selector that cannot be read. Undefined when everything is asked for. */
export function parseSelectors(texts: SelectorTexts): Selectors | undefined {
  if (texts.labelSelector === '' && texts.fieldSelector === '') return undefined;
  try {
    const labels = parseSelector(texts.labelSelector);
    return { labels, fields: parseFieldSelector(texts.fieldSelector) };
  } catch (error) {
    if (error instanceof SelectorError) throw badRequest(error.message);
    throw error;
  }
}

/** Throws 400 for a field that the resource does not offer. */
export function compileSelection(
  resource: Resource,
  namespace: string,
  selectors: Selectors | undefined,
): Selection {
  if (!selectors) return { namespace, name: '', fields: [] };
  const { labels, fields } = selectors;
  const compiler = new FieldCompiler(resource, namespace);
  for (const term of fields.terms) compiler.add(term);
  const selection = compiler.selection();
  if (labels.matchesEverything) return selection;
  return { ...selection, matchesLabels: (held) => labels.matches(held) };
}

type Test = (entry: Entry) => boolean;

class FieldCompiler {
  readonly #resource: Resource;
  #namespace: string;
  #name = '';
  readonly #fields: NumberedTerm[] = [];
  readonly #tests: Test[] = [];

  constructor(resource: Resource, namespace: string) {
    this.#resource = resource;
    this.#namespace = namespace;
  }

  add(term: FieldTerm): void {
    const isEqual = term.operator === '=';
    switch (term.field) {
      case 'metadata.name':
        if (isEqual && term.value !== '' && this.#name === '') this.#name = term.value;
        else this.#tests.push((entry) => (entry.name === term.value) === isEqual);
        return;
      case 'metadata.namespace':
        if (isEqual && term.value !== '' && this.#canNarrow()) this.#namespace = term.value;
        else this.#tests.push((entry) => (entry.namespace === term.value) === isEqual);
        return;
      default:
        this.#addOther(term, isEqual);
    }
  }

  #canNarrow(): boolean {
    return this.#namespace === '' && this.#resource.isNamespaced;
  }

  #addOther({ field, value }: FieldTerm, isEqual: boolean): void {
    const resource = this.#resource;
    const read = resource.definition.selectableFields?.[field];
    if (!read) throw badRequest(unknownField(resource, field));
    const number = resource.fieldNumbers.get(field);
    if (resource.stored === resource && number !== undefined) {
      this.#fields.push({ field: number, value, negated: !isEqual });
    } else {
      this.#tests.push((entry) => (read(valueOf(resource, entry)) === value) === isEqual);
    }
  }

  selection(): Selection {
    const tests = this.#tests;
    const selection = { namespace: this.#namespace, name: this.#name, fields: this.#fields };
    if (tests.length === 0) return selection;
    return { ...selection, matches: (entry) => tests.every((test) => test(entry)) };
  }
}

/** Kinds with fields of their own say it in other words than those without. */
function unknownField({ definition }: Resource, field: string): string {
  if (definition.describeUnselectableField) return definition.describeUnselectableField(field);
  if (definition.selectableFields) return `field label not supported: ${field}`;
  return `${goQuote(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`;
}

/** The same choice for objects that are computed rather than cached. */
export function selectsObject(selection: Selection, object: KubernetesObject): boolean {
  const { name = '', namespace = '', labels = {} } = object.metadata;
  if (selection.namespace !== '' && namespace !== selection.namespace) return false;
  if (selection.name !== '' && name !== selection.name) return false;
  return selection.matchesLabels === undefined || selection.matchesLabels(labels);
}
