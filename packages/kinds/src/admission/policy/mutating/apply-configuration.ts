/**
 * A mutation in the form of server-side apply: what the expression constructs is laid over the object. Nobody comes to own the
 * fields. What would replace a whole atomic value is refused, since that drops all that is not mentioned. KEP-3962.
 */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { checkConfiguration } from '@navarch/api/patch/apply/check';
import { mergeValues } from '@navarch/api/patch/apply/merge';
import { memberSchema, type Schema, type StructSchema } from '@navarch/api/schema/schema';
import type { CelObject } from '@navarch/cel/values';
import { toJson } from '../../../cel/json-value.ts';
import { checkTypeNames } from '../../../cel/patch-types.ts';
import { MutationError } from './mutation-error.ts';

/** Not decoded yet. Throws a MutationError, or a CelError, when the value is no configuration of the object. */
export function withConfiguration(
  object: KubernetesObject,
  value: CelObject,
  schema: StructSchema | undefined,
): unknown {
  checkTypeNames(value);
  const { apiVersion, kind } = object;
  const config = { ...(toJson(value) as Readonly<Record<string, unknown>>), apiVersion, kind };
  try {
    if (!schema) {
      const [version = '', group = ''] = (apiVersion ?? '').split('/').toReversed();
      const type = `no corresponding type for ${group}/${version}, Kind=${kind ?? ''}`;
      throw new MutationError(`failed to convert patch object to typed object: ${type}`);
    }
    return merged(object, config, schema);
  } catch (error) {
    if (!(error instanceof MutationError)) throw error;
    throw new MutationError(`error applying patch: ${error.message}`);
  }
}

function merged(object: KubernetesObject, config: unknown, schema: StructSchema): unknown {
  const problems = checkConfiguration(schema, config);
  if (problems.length > 0) {
    throw new MutationError(
      `failed to convert patch object to typed object: ${problemsText(problems)}`,
    );
  }
  const atomic = [...atomicValues(schema, config, '')];
  if (atomic.length > 0) {
    const what = `may not mutate atomic arrays, maps or structs: ${atomic.join(', ')}`;
    throw new MutationError(`invalid ApplyConfiguration: ${what}`);
  }
  return mergeValues(schema, object, config);
}

/** As upstream prints lists of errors. */
function problemsText(problems: readonly string[]): string {
  if (problems.length === 1) return problems[0] ?? '';
  return `errors:\n${problems.map((problem) => `  ${problem}`).join('\n')}`;
}

/** The paths of what has one owner for the whole. Members of maps are not looked into, as upstream. */
function* atomicValues(schema: Schema, value: unknown, path: string): Iterable<string> {
  if (typeof value !== 'object' || value === null) return;
  if (schema.kind === 'list' && Array.isArray(value)) {
    if (schema.type === 'atomic') yield path;
    for (const [index, item] of value.entries()) {
      yield* atomicValues(schema.item, item, `${path}[${index}]`);
    }
  } else if (schema.kind === 'map' && schema.atomic) yield path;
  else if (schema.kind === 'struct') {
    if (schema.atomic) yield path;
    for (const [name, member] of Object.entries(value)) {
      const known = memberSchema(schema, name);
      if (known) yield* atomicValues(known, member, `${path}.${name}`);
    }
  }
}
