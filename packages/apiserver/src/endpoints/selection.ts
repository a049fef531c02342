/** Which objects a list, a watch or a delete of a collection is about. What is wrong with that is said in upstream's order. */
import { badRequest } from '@navarch/api/status';
import { compileSelection, parseSelectors, type Selectors } from '../registry/select.ts';
import { checkListOptions, type ListOptions } from '../request/list-options.ts';
import type { Selection } from '../watch-cache/selection.ts';
import type { Call } from './call.ts';

/** Throws for selectors that cannot be read, then for options that contradict each other, then for fields that are not offered. */
export function selectionOf(
  { resource, info }: Call,
  options: ListOptions,
  asked: 'list' | 'watch',
): Selection {
  const selectors = parseSelectors(options);
  checkListOptions(options, asked === 'watch');
  const selection = compileSelection(resource, info.namespace, selectors);
  return info.named ? ofOne(selection, info.name, selectors) : selection;
}

/** The old form of a watch names one object in its path. */
function ofOne(selection: Selection, name: string, selectors: Selectors | undefined): Selection {
  const { terms = [] } = selectors?.fields ?? {};
  if (terms.length > 0 && selectors?.fields.exactValue('metadata.name') !== name) {
    throw badRequest(`fieldSelector metadata.name doesn't match requested name`);
  }
  return { ...selection, name };
}
