/**
 * Error messages show structured values as the server's own types print, which have other names for their fields than the
 * wire: capitalised, and all of them, also those that are not set. These tables give the fields in order, with what stands
 * for nothing.
 */

type FieldOfForm = readonly [goName: string, wireName: string, nothing: unknown, form?: GoForm];

export type GoForm = readonly FieldOfForm[];

/** The value as a message shows it. */
export function goForm(form: GoForm, value: object): Readonly<Record<string, unknown>> {
  const members: Readonly<Record<string, unknown>> = { ...value };
  const out: Record<string, unknown> = {};
  for (const [goName, wireName, nothing, inner] of form) {
    const member = members[wireName];
    out[goName] = member === undefined || member === null ? nothing : shown(member, inner);
  }
  return out;
}

function shown(member: unknown, form: GoForm | undefined): unknown {
  if (form === undefined || typeof member !== 'object' || member === null) return member;
  return Array.isArray(member) ? member.map((item) => shown(item, form)) : goForm(form, member);
}

const requirementForm: GoForm = [
  ['Key', 'key', ''],
  ['Operator', 'operator', ''],
  ['Values', 'values', null],
];

export const nodeSelectorTermForm: GoForm = [
  ['MatchExpressions', 'matchExpressions', null, requirementForm],
  ['MatchFields', 'matchFields', null, requirementForm],
];

export const seccompForm: GoForm = [
  ['Type', 'type', ''],
  ['LocalhostProfile', 'localhostProfile', null],
];

const seLinuxForm: GoForm = [
  ['User', 'user', ''],
  ['Role', 'role', ''],
  ['Type', 'type', ''],
  ['Level', 'level', ''],
];

const windowsForm: GoForm = [
  ['GMSACredentialSpecName', 'gmsaCredentialSpecName', null],
  ['GMSACredentialSpec', 'gmsaCredentialSpec', null],
  ['RunAsUserName', 'runAsUserName', null],
  ['HostProcess', 'hostProcess', null],
];

const capabilitiesForm: GoForm = [
  ['Add', 'add', null],
  ['Drop', 'drop', null],
];

export const securityContextForm: GoForm = [
  ['Capabilities', 'capabilities', null, capabilitiesForm],
  ['Privileged', 'privileged', null],
  ['SELinuxOptions', 'seLinuxOptions', null, seLinuxForm],
  ['WindowsOptions', 'windowsOptions', null, windowsForm],
  ['RunAsUser', 'runAsUser', null],
  ['RunAsGroup', 'runAsGroup', null],
  ['RunAsNonRoot', 'runAsNonRoot', null],
  ['ReadOnlyRootFilesystem', 'readOnlyRootFilesystem', null],
  ['AllowPrivilegeEscalation', 'allowPrivilegeEscalation', null],
  ['ProcMount', 'procMount', null],
  ['SeccompProfile', 'seccompProfile', null, seccompForm],
  ['AppArmorProfile', 'appArmorProfile', null, seccompForm],
];

export const resourceClaimForm: GoForm = [
  ['Name', 'name', ''],
  ['ResourceClaimName', 'resourceClaimName', null],
  ['ResourceClaimTemplateName', 'resourceClaimTemplateName', null],
];

export const addressForm: GoForm = [['IP', 'ip', '']];

export const taintForm: GoForm = [
  ['Key', 'key', ''],
  ['Value', 'value', ''],
  ['Effect', 'effect', ''],
  ['TimeAdded', 'timeAdded', null],
];

export const nodeAddressForm: GoForm = [
  ['Type', 'type', ''],
  ['Address', 'address', ''],
];

/** Of deployments and daemon sets. */
export const rollingStrategyForm: GoForm = [
  ['Type', 'type', ''],
  [
    'RollingUpdate',
    'rollingUpdate',
    null,
    [
      ['MaxUnavailable', 'maxUnavailable', 0],
      ['MaxSurge', 'maxSurge', 0],
    ],
  ],
];
