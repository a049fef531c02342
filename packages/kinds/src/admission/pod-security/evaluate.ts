/** All checks of the pod security standards, and which of them a level means at a version. */
import type { Check, CheckVersion, PodLike, Violation } from './check.ts';
import {
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  hostProbesAndLifecycle,
  sysctls,
  windowsHostProcess,
} from './checks-host.ts';
import {
  allowPrivilegeEscalation,
  capabilitiesBaseline,
  capabilitiesRestricted,
  privileged,
  procMountBaseline,
  procMountRestricted,
} from './checks-privilege.ts';
import {
  appArmorProfile,
  seccompBaseline,
  seccompRestricted,
  seLinuxOptions,
} from './checks-profiles.ts';
import { restrictedVolumes, runAsNonRoot, runAsUser } from './checks-restricted.ts';
import type { LevelVersion } from './policy.ts';

/** In the order in which violations are listed: those of baseline first, each level by id. */
export const allChecks: readonly Check[] = [
  appArmorProfile,
  capabilitiesBaseline,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  hostProbesAndLifecycle,
  privileged,
  procMountBaseline,
  seLinuxOptions,
  seccompBaseline,
  sysctls,
  windowsHostProcess,
  allowPrivilegeEscalation,
  capabilitiesRestricted,
  procMountRestricted,
  restrictedVolumes,
  runAsNonRoot,
  runAsUser,
  seccompRestricted,
];

/** What the pod does that the level does not allow. */
export function violations(pod: PodLike, wanted: LevelVersion): readonly Violation[] {
  return checksFor(wanted).flatMap((check) => check.run(pod) ?? []);
}

function checksFor({ level, minor }: LevelVersion): readonly CheckVersion[] {
  if (level === 'privileged') return [];
  const chosen = allChecks.flatMap((check) => {
    if (check.level === 'restricted' && level !== 'restricted') return [];
    const version = check.versions.findLast(({ since }) => since <= minor);
    return version ? [{ id: check.id, version }] : [];
  });
  const replaced = new Set(chosen.flatMap(({ version }) => version.replaces ?? []));
  return chosen.filter(({ id }) => !replaced.has(id)).map(({ version }) => version);
}

/** `host namespaces (hostPID=true), privileged (...)`. */
export function detailsText(found: readonly Violation[]): string {
  return found
    .map(({ reason, detail }) => (detail === '' ? reason : `${reason} (${detail})`))
    .join(', ');
}

/** `host namespaces, privileged`. */
export function reasonsText(found: readonly Violation[]): string {
  return found.map(({ reason }) => reason).join(', ');
}
