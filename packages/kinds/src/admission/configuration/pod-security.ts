/** pod-security.admission.config.k8s.io PodSecurityConfiguration: levels for namespaces that do not say, and who is exempt. */
import { duplicate, type FieldError, invalid, Path } from '@navarch/api/field-error';
import { isDns1123Label, isDns1123Subdomain } from '@navarch/api/names';
import { fileKind, list, struct, text } from '@navarch/api/schema/shapes';
import { createPodSecurity } from '../pod-security/pod-security.ts';
import {
  latest,
  levelErrorText,
  type LevelVersion,
  parseLevel,
  parseVersion,
  versionErrorText,
} from '../pod-security/policy.ts';
import { type PluginConfiguration, refuseErrors } from './configured.ts';

const modes = ['enforce', 'warn', 'audit'] as const;
const exemptions = ['namespaces', 'runtimeClasses', 'usernames'] as const;

const defaultsSchema = struct(
  'v1.PodSecurityDefaults',
  Object.fromEntries(
    modes.flatMap((mode) => [mode, `${mode}-version`]).map((name) => [name, text]),
  ),
);
const exemptionsSchema = struct(
  'v1.PodSecurityExemptions',
  Object.fromEntries(exemptions.map((name) => [name, list(text)])),
);

type Texts = Readonly<Record<string, string | undefined>>;
type Lists = Readonly<Record<string, readonly string[] | undefined>>;

export const podSecurityConfiguration: PluginConfiguration = {
  schemas: ['v1', 'v1beta1', 'v1alpha1'].map((version) =>
    fileKind('pod-security.admission.config.k8s.io', `${version}.PodSecurityConfiguration`, {
      defaults: defaultsSchema,
      exemptions: exemptionsSchema,
    }),
  ),
  accept: (value) => {
    const defaults = (value['defaults'] ?? {}) as Texts;
    const exempt = (value['exemptions'] ?? {}) as Lists;
    refuseErrors([
      ...defaultErrors(defaults),
      ...exemptions.flatMap((of) => listErrors(of, exempt)),
    ]);
    const configuration = {
      defaults: {
        enforce: levelOf('enforce', defaults),
        audit: levelOf('audit', defaults),
        warn: levelOf('warn', defaults),
      },
      exemptions: {
        namespaces: exempt['namespaces'] ?? [],
        usernames: exempt['usernames'] ?? [],
        runtimeClasses: exempt['runtimeClasses'] ?? [],
      },
    };
    return { plugin: () => createPodSecurity(configuration) };
  },
};

type Mode = (typeof modes)[number];

function levelOf(mode: Mode, defaults: Texts): LevelVersion {
  return {
    level: parseLevel(defaults[mode] || 'privileged') ?? 'privileged',
    minor: parseVersion(defaults[`${mode}-version`] || 'latest') ?? latest,
  };
}

function defaultErrors(defaults: Texts): readonly FieldError[] {
  return modes.flatMap((mode) => {
    const level = defaults[mode] || 'privileged';
    const version = defaults[`${mode}-version`] || 'latest';
    const at = (name: string): Path => Path.of('defaults', name);
    return [
      ...(parseLevel(level) ? [] : [invalid(at(mode), level, levelErrorText)]),
      ...(parseVersion(version) === undefined
        ? [invalid(at(`${mode}-version`), version, versionErrorText)]
        : []),
    ];
  });
}

const rules: Readonly<Record<(typeof exemptions)[number], (text: string) => readonly string[]>> = {
  namespaces: isDns1123Label,
  runtimeClasses: isDns1123Subdomain,
  usernames: (name) => (name === '' ? ['username must not be empty'] : []),
};

function listErrors(of: (typeof exemptions)[number], exempt: Lists): readonly FieldError[] {
  const path = Path.of('exemptions', of);
  const seen = new Set<string>();
  return (exempt[of] ?? []).flatMap((name, index) => {
    const problems = rules[of](name);
    if (problems.length > 0) return [invalid(path.index(index), name, problems.join(', '))];
    if (seen.has(name)) return [duplicate(path.index(index), name)];
    seen.add(name);
    return [];
  });
}
