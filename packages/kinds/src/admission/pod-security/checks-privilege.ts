/** Checks on what a pod's processes may do: privilege, capabilities, the view of /proc. */
import { listOf } from '../../nil.ts';
import {
  type AnyContainer,
  type Check,
  containersOf,
  containersText,
  distinct,
  hasOwnUsers,
  isWindows,
  namesWhere,
  type PodLike,
  quoted,
  unless,
  type Violation,
} from './check.ts';

export const privileged: Check = {
  id: 'privileged',
  level: 'baseline',
  versions: [
    {
      since: 0,
      run(pod) {
        const names = namesWhere(
          pod,
          ({ securityContext }) => securityContext?.privileged === true,
        );
        if (names.length === 0) return undefined;
        const detail = `${containersText(names)} must not set securityContext.privileged=true`;
        return { reason: 'privileged', detail };
      },
    },
  ],
};

export const allowPrivilegeEscalation: Check = {
  id: 'allowPrivilegeEscalation',
  level: 'restricted',
  versions: [
    { since: 8, run: checkEscalation },
    { since: 25, run: unless(isWindows, checkEscalation) },
  ],
};

function checkEscalation(pod: PodLike): Violation | undefined {
  const names = namesWhere(
    pod,
    ({ securityContext }) => securityContext?.allowPrivilegeEscalation !== false,
  );
  if (names.length === 0) return undefined;
  const detail = `${containersText(names)} must set securityContext.allowPrivilegeEscalation=false`;
  return { reason: 'allowPrivilegeEscalation != false', detail };
}

/** What container runtimes give anyway. */
const defaultCapabilities = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

export const capabilitiesBaseline: Check = {
  id: 'capabilities_baseline',
  level: 'baseline',
  versions: [
    {
      since: 0,
      run(pod) {
        const detail = addedText(pod, defaultCapabilities);
        return detail === undefined ? undefined : { reason: 'non-default capabilities', detail };
      },
    },
  ],
};

/** Who adds capabilities beyond the allowed ones, and which. */
function addedText(pod: PodLike, allowed: readonly string[]): string | undefined {
  const added = ({ securityContext }: AnyContainer) =>
    listOf(securityContext?.capabilities?.add).filter((name) => !allowed.includes(name));
  const names = namesWhere(pod, (container) => added(container).length > 0);
  if (names.length === 0) return undefined;
  const which = quoted(distinct(containersOf(pod).flatMap(added)));
  return `${containersText(names)} must not include ${which} in securityContext.capabilities.add`;
}

export const capabilitiesRestricted: Check = {
  id: 'capabilities_restricted',
  level: 'restricted',
  versions: [
    { since: 22, run: checkDropped, replaces: [capabilitiesBaseline.id] },
    { since: 25, run: unless(isWindows, checkDropped), replaces: [capabilitiesBaseline.id] },
  ],
};

function checkDropped(pod: PodLike): Violation | undefined {
  const keeping = namesWhere(
    pod,
    ({ securityContext }) => !listOf(securityContext?.capabilities?.drop).includes('ALL'),
  );
  const added = addedText(pod, ['NET_BIND_SERVICE']);
  const details = [
    ...(keeping.length > 0
      ? [`${containersText(keeping)} must set securityContext.capabilities.drop=["ALL"]`]
      : []),
    ...(added === undefined ? [] : [added]),
  ];
  if (details.length === 0) return undefined;
  return { reason: 'unrestricted capabilities', detail: details.join('; ') };
}

export const procMountBaseline: Check = {
  id: 'procMount',
  level: 'baseline',
  versions: [
    { since: 0, run: checkProcMount },
    { since: 35, run: unless(hasOwnUsers, checkProcMount) },
  ],
};

/** From then on baseline makes an exception that restricted does not. */
export const procMountRestricted: Check = {
  id: 'procMount_restricted',
  level: 'restricted',
  versions: [{ since: 35, run: checkProcMount, replaces: [procMountBaseline.id] }],
};

function checkProcMount(pod: PodLike): Violation | undefined {
  const unusual = ({ securityContext }: AnyContainer) => {
    const mount = securityContext?.procMount;
    return mount === undefined || mount === 'Default' ? [] : [mount];
  };
  const names = namesWhere(pod, (container) => unusual(container).length > 0);
  if (names.length === 0) return undefined;
  const which = quoted(distinct(containersOf(pod).flatMap(unusual)));
  const detail = `${containersText(names)} must not set securityContext.procMount to ${which}`;
  return { reason: 'procMount', detail };
}
