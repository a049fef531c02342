/**
 * As what a patched document is read. Upstream asks for its internal type, which has no defaults of its own: a document that names no
 * version is read as that type, whose members are those of the metadata and Go's names. So all that the served version has is
 * unknown then, and what stands for metadata is found beside it.
 */
import { structOf } from '@navarch/api/schema/registry';
import { goTypeMeta, goKindOf, kindProblem } from './body.ts';
import type { ObjectForm } from '../registry/object-form.ts';

type Members = Readonly<Record<string, unknown>>;

export type PatchedType =
  /** Of the version that is said, or of the one that was patched. */
  | { readonly kind: 'served'; readonly apiVersion?: string }
  /** `value` is what the served version would say for it. */
  | { readonly kind: 'internal'; readonly value: Members; readonly problems: readonly string[] }
  | { readonly kind: 'refused'; readonly message: string };

/** For built-in kinds and patches that know nothing of types: upstream keeps the type when it patches by type. */
export function typeOfPatched(patched: unknown, form: ObjectForm): PatchedType {
  const wrong = unreadable(patched);
  if (wrong !== undefined) return refused(`couldn't get version/kind; json parse error: ${wrong}`);
  const members = (patched ?? {}) as Members;
  const apiVersion = (members['apiVersion'] ?? '') as string;
  const kind = ((members['kind'] ?? '') as string) || form.kind;
  if (apiVersion.split('/').length > 2) {
    return refused(`unexpected GroupVersion string: ${apiVersion}`);
  }
  const problem = kindProblem({ apiVersion, kind }, form);
  if (problem) return refused(problem.message);
  return apiVersion === '' ? internal(members) : { kind: 'served', apiVersion };
}

function refused(message: string): PatchedType {
  return { kind: 'refused', message };
}

/** Why Go cannot even read the type. */
function unreadable(patched: unknown): string | undefined {
  const cannot = 'json: cannot unmarshal';
  if (patched === null || patched === undefined) return undefined;
  if (typeof patched !== 'object' || Array.isArray(patched)) {
    return `${cannot} ${goKindOf(patched)} into Go value of type ${goTypeMeta}`;
  }
  const odd = ['apiVersion', 'kind'].find((name) => {
    const member = (patched as Members)[name] ?? '';
    return typeof member !== 'string';
  });
  if (odd === undefined) return undefined;
  const given = goKindOf((patched as Members)[odd]);
  return `${cannot} ${given} into Go struct field .${odd} of type string`;
}

function internal(members: Members): PatchedType {
  const metadata: Record<string, unknown> = {};
  const problems: string[] = [];
  const { byName } = structOf('meta/v1.ObjectMeta');
  for (const name of Object.keys(members).sort()) {
    if (name === 'kind' || name === 'apiVersion') continue;
    if (byName.has(name)) metadata[name] = members[name];
    else problems.push(`unknown field ${JSON.stringify(name)}`);
  }
  return { kind: 'internal', value: { metadata }, problems };
}
