/** Reads the file that `--audit-policy-file` names. Upstream's messages, in one line. */
import {
  aggregateMessage,
  type FieldError,
  invalid,
  notSupported,
  Path,
  required,
} from '@navarch/api/field-error';
import { isDns1123Subdomain } from '@navarch/api/names';
import { ConfigFileError, readConfigFile } from '@navarch/api/schema/config-file';
import { anything, fileKind, flag, list, named, struct, text } from '@navarch/api/schema/shapes';
import type { StructSchema } from '@navarch/api/schema/schema';
import { type GroupResources, levels, type Policy, type PolicyRule, stages } from './policy.ts';

const groupResources = struct('v1.GroupResources', {
  group: text,
  resources: list(text),
  resourceNames: list(text),
});

const rule = struct('v1.PolicyRule', {
  level: named('v1.Level'),
  users: list(text),
  userGroups: list(text),
  verbs: list(text),
  resources: list(groupResources),
  namespaces: list(text),
  nonResourceURLs: list(text),
  omitStages: list(named('v1.Stage')),
  omitManagedFields: flag,
});

const policyKind: StructSchema = fileKind('audit.k8s.io', 'v1.Policy', {
  metadata: anything,
  rules: list(rule),
  omitStages: list(named('v1.Stage')),
  omitManagedFields: flag,
});

/** `warn` is told what the file has that no policy has. Rejects with a ConfigFileError. */
export async function readPolicy(file: string, warn: (text: string) => void): Promise<Policy> {
  const { value, problems } = await decoded(file);
  if (problems.length > 0) {
    warn(`the audit policy contains errors that are passed over: ${problems.join(', ')}`);
  }
  const policy = { rules: [], ...value } as unknown as Policy;
  const errors = policyErrors(policy);
  if (errors.length > 0) throw new ConfigFileError(aggregateMessage(errors));
  if (policy.rules.length === 0) throw new ConfigFileError('loaded illegal policy with 0 rules');
  return policy;
}

async function decoded(file: string): ReturnType<typeof readConfigFile> {
  try {
    return await readConfigFile(file, [policyKind], 'pkg/audit/scheme.go:30');
  } catch (error) {
    if (!(error instanceof ConfigFileError)) throw error;
    throw new ConfigFileError(`failed decoding: ${error.message}`, { cause: error });
  }
}

function policyErrors({ omitStages, rules }: Policy): readonly FieldError[] {
  const path = Path.of('rules');
  return [
    ...stageErrors(omitStages, Path.of('omitStages')),
    ...rules.flatMap((each, index) => ruleErrors(each, path.index(index))),
  ];
}

function ruleErrors(each: PolicyRule, path: Path): readonly FieldError[] {
  const { nonResourceURLs = [], resources = [], namespaces = [] } = each;
  const urls = path.child('nonResourceURLs');
  const mixed = resources.length > 0 || namespaces.length > 0;
  return [
    ...levelErrors(each.level, path.child('level')),
    ...nonResourceURLs.flatMap((url, index) => urlErrors(url, urls.index(index))),
    ...resources.flatMap((of) => resourceErrors(of, path.child('resources'))),
    ...stageErrors(each.omitStages, path.child('omitStages')),
    ...(nonResourceURLs.length > 0 && mixed
      ? [
          invalid(
            urls,
            nonResourceURLs,
            'rules cannot apply to both regular resources and non-resource URLs',
          ),
        ]
      : []),
  ];
}

function levelErrors(level: string | undefined, path: Path): readonly FieldError[] {
  if (!level) return [required(path)];
  return (levels as readonly string[]).includes(level) ? [] : [notSupported(path, level, levels)];
}

function urlErrors(url: string, path: Path): readonly FieldError[] {
  if (url === '*') return [];
  const errors: FieldError[] = [];
  if (!url.startsWith('/')) {
    errors.push(invalid(path, url, "non-resource URL rules must begin with a '/' character"));
  }
  if (url.slice(0, -1).includes('*')) {
    const detail = "non-resource URL wildcards '*' must be the final character of the rule";
    errors.push(invalid(path, url, detail));
  }
  return errors;
}

function resourceErrors(of: GroupResources, path: Path): readonly FieldError[] {
  const { group = '', resources = [], resourceNames = [] } = of;
  const problems = group === '' || group === '*' ? [] : isDns1123Subdomain(group);
  const errors: FieldError[] = [];
  if (problems.length > 0) errors.push(invalid(path.child('group'), group, problems.join(',')));
  if (resourceNames.length > 0 && resources.length === 0) {
    const detail = 'using resourceNames requires at least one resource';
    errors.push(invalid(path.child('resourceNames'), resourceNames, detail));
  }
  return errors;
}

function stageErrors(given: readonly string[] | undefined, path: Path): readonly FieldError[] {
  return (given ?? []).flatMap((stage, index) =>
    (stages as readonly string[]).includes(stage)
      ? []
      : [invalid(path.index(index), stage, `allowed stages are ${stages.join(',')}`)],
  );
}
