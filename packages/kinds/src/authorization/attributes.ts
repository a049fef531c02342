/** From what a review asks to what authorizers are asked. */
import type { AuthorizationAttributes, UserInfo } from '@navarch/api/extension/context';
import { parseFieldSelector } from '@navarch/api/field-selectors';
import { parseSelector } from '@navarch/api/selectors';
import type {
  FieldSelectorAttributes,
  LabelSelectorAttributes,
  NonResourceAttributes,
  ResourceAttributes,
} from '@navarch/api/types/authorization/v1';
import { listOf } from '../nil.ts';

export interface AskedAttributes {
  readonly resourceAttributes?: ResourceAttributes;
  readonly nonResourceAttributes?: NonResourceAttributes;
}

export interface Question {
  readonly attributes?: AuthorizationAttributes;
  /** What could not be taken into account. */
  readonly problem?: string;
}

export function attributesOf(user: UserInfo, asked: AskedAttributes): Question {
  const { resourceAttributes: resource, nonResourceAttributes: path } = asked;
  if (resource) return resourceQuestion(user, resource);
  if (!path) return {};
  return { attributes: { user, verb: path.verb ?? '', path: path.path ?? '' } };
}

function resourceQuestion(user: UserInfo, asked: ResourceAttributes): Question {
  const fields = fieldText(asked.fieldSelector);
  const labels = labelText(asked.labelSelector);
  const problem = problemText(fields === unreadable, labels === unreadable);
  return {
    attributes: {
      user,
      verb: asked.verb ?? '',
      path: '',
      resource: {
        group: asked.group ?? '',
        version: asked.version || '*',
        resource: asked.resource ?? '',
        subresource: asked.subresource ?? '',
        namespace: asked.namespace ?? '',
        name: asked.name ?? '',
        ...(typeof fields === 'string' && { fieldSelector: fields }),
      },
    },
    ...(problem && { problem }),
  };
}

const unreadable: unique symbol = Symbol('unreadable');

function problemText(fields: boolean, labels: boolean): string {
  const texts = [];
  if (fields) texts.push('spec.resourceAttributes.fieldSelector ignored due to parse error');
  if (labels) texts.push('spec.resourceAttributes.labelSelector ignored due to parse error');
  return texts.length > 1 ? `[${texts.join(', ')}]` : texts.join('');
}

/** The selector as text; undefined when there is none. */
function fieldText(
  selector: FieldSelectorAttributes | undefined,
): string | undefined | typeof unreadable {
  if (!selector) return undefined;
  if (selector.rawSelector) {
    return readable(() => parseFieldSelector(selector.rawSelector ?? '').toString());
  }
  const terms = listOf(selector.requirements).map(({ key, operator, values }) => {
    const [value = ''] = listOf(values);
    if (listOf(values).length !== 1) return undefined;
    if (operator === 'In') return `${key}=${value}`;
    return operator === 'NotIn' ? `${key}!=${value}` : undefined;
  });
  return terms.includes(undefined) ? unreadable : terms.join(',');
}

function labelText(
  selector: LabelSelectorAttributes | undefined,
): string | undefined | typeof unreadable {
  if (!selector?.rawSelector) return undefined;
  return readable(() => parseSelector(selector.rawSelector ?? '').toString());
}

function readable(read: () => string): string | typeof unreadable {
  try {
    return read();
  } catch {
    return unreadable;
  }
}
