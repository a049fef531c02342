/**
 * What a namespace's labels ask of its pods: one level, at one version, for each of enforcing, auditing and warning.
 * https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
import { type FieldError, invalid, Path } from '@navarch/api/field-error';

export type Level = 'privileged' | 'baseline' | 'restricted';

/** From the most lenient to the strictest. */
const levels: readonly Level[] = ['privileged', 'baseline', 'restricted'];

export interface LevelVersion {
  readonly level: Level;
  /** The minor version of Kubernetes whose rules are meant; infinite for the latest. */
  readonly minor: number;
}

export interface Policy {
  readonly enforce: LevelVersion;
  readonly audit: LevelVersion;
  readonly warn: LevelVersion;
}

type Mode = keyof Policy;

/** The rules of the newest version there is. */
export const latest: number = Number.POSITIVE_INFINITY;

const nothing: LevelVersion = { level: 'privileged', minor: latest };

/** Asks for nothing: what namespaces without labels get. */
export const privilegedPolicy: Policy = { enforce: nothing, audit: nothing, warn: nothing };

export const levelErrorText = `must be one of ${levels.join(', ')}`;
export const versionErrorText = 'must be "latest" or "v1.x"';
/** Of the labels, and of what the audit log is told. */
export const prefix = 'pod-security.kubernetes.io/';

type Labels = Readonly<Record<string, string>>;

/**
 * A policy in any case, and what is wrong with the labels. What cannot be read is taken at its strictest when enforcing, and for
 * nothing otherwise; a version that cannot be read is the latest.
 */
export function readPolicy(
  labels: Labels | undefined,
  defaults: Policy,
): { readonly policy: Policy; readonly errors: readonly FieldError[] } {
  if (!labels) return { policy: defaults, errors: [] };
  const errors: FieldError[] = [];
  const enforce = readMode('enforce', labels, defaults, errors);
  const audit = readMode('audit', labels, defaults, errors);
  const own = readMode('warn', labels, defaults, errors);
  const warn = warnsAsEnforced(labels, enforce, own)
    ? { level: enforce.level, minor: `${prefix}warn-version` in labels ? own.minor : enforce.minor }
    : own;
  return { policy: { enforce, audit, warn }, errors };
}

function readMode(mode: Mode, labels: Labels, defaults: Policy, errors: FieldError[]) {
  let { level, minor } = defaults[mode];
  const levelText = labels[prefix + mode];
  if (levelText !== undefined) {
    const known = parseLevel(levelText);
    if (known === undefined) errors.push(labelError(mode, levelText, levelErrorText));
    level = known ?? (mode === 'enforce' ? 'restricted' : 'privileged');
  }
  const versionText = labels[`${prefix}${mode}-version`];
  if (versionText !== undefined) {
    const known = parseVersion(versionText);
    if (known === undefined) {
      errors.push(labelError(`${mode}-version`, versionText, versionErrorText));
    }
    minor = known ?? latest;
  }
  return { level, minor };
}

/** Who is held to more than would be warned of, should hear of it where pods are not refused: from templates. */
function warnsAsEnforced(labels: Labels, enforce: LevelVersion, warn: LevelVersion): boolean {
  const enforced = labels[`${prefix}enforce`];
  if (`${prefix}warn` in labels || enforced === undefined) return false;
  return parseLevel(enforced) !== undefined && compareLevels(enforce.level, warn.level) > 0;
}

function labelError(name: string, value: string, detail: string): FieldError {
  return invalid(Path.of('metadata', 'labels').key(prefix + name), value, detail);
}

export function parseLevel(text: string): Level | undefined {
  return levels.find((level) => level === text);
}

/** The minor version that `v1.30` names. */
export function parseVersion(text: string): number | undefined {
  if (text === 'latest') return latest;
  const match = /^v1\.(0|[1-9][0-9]*)$/.exec(text);
  const minor = Number(match?.[1]);
  return Number.isSafeInteger(minor) ? minor : undefined;
}

/** Positive when `a` is stricter. */
export function compareLevels(a: Level, b: Level): number {
  return levels.indexOf(a) - levels.indexOf(b);
}

export function sameLevelVersion(a: LevelVersion, b: LevelVersion): boolean {
  return a.level === b.level && a.minor === b.minor;
}

/** `restricted:v1.30`, `baseline:latest`. */
export function levelVersionText({ level, minor }: LevelVersion): string {
  return `${level}:${minor === latest ? 'latest' : `v1.${minor}`}`;
}

/** Whether two policies ask for the same: versions do not matter where nothing is asked. */
export function equivalentPolicies(a: Policy, b: Policy): boolean {
  const same = (left: LevelVersion, right: LevelVersion) =>
    (left.level === 'privileged' && right.level === 'privileged') || sameLevelVersion(left, right);
  return same(a.enforce, b.enforce) && same(a.audit, b.audit) && same(a.warn, b.warn);
}

/** `enforce=baseline:latest, warn=restricted:v1.30`: what the labels themselves ask for. */
export function labelledPolicyText(labels: Labels, policy: Policy): string {
  const modes: readonly Mode[] = ['enforce', 'audit', 'warn'];
  return modes
    .filter(
      (mode) =>
        policy[mode].level !== 'privileged' &&
        (prefix + mode in labels || `${prefix}${mode}-version` in labels),
    )
    .map((mode) => `${mode}=${levelVersionText(policy[mode])}`)
    .join(', ');
}
