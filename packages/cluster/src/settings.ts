/** What an operator may choose about an API server, checked. Pure. */
import type { FlowControlLimits } from '@navarch/apiserver/flow-control/flow-control';
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import type { Authorizer } from '@navarch/api/extension/context';
import { admissionOrder, admissionPlugins } from '@navarch/kinds/admission/admission-order';
import type { AdmissionConfiguration } from '@navarch/kinds/admission/configuration/read';
import { createNodeAuthorizer } from '@navarch/kinds/authorize/node/authorizer';
import { createRbacAuthorizer } from '@navarch/kinds/authorize/rbac/authorizer';
import { clusterRoleRules } from '@navarch/kinds/bootstrap/cluster-roles';
import { firstServiceIp } from './service-range.ts';

export interface Settings {
  readonly serviceAccountIssuer: string;
  readonly serviceClusterIpRange: string;
  /** In order: Node, RBAC, AlwaysAllow, AlwaysDeny. */
  readonly authorizationModes: readonly string[];
  readonly enabledAdmissionPlugins: readonly string[];
  readonly disabledAdmissionPlugins: readonly string[];
  /** What a file says of admission plugins. */
  readonly admissionConfiguration?: AdmissionConfiguration;
  /** The text of a token file. */
  readonly tokenAuthFile?: string;
  /** Upstream's when omitted. */
  readonly flowControl?: FlowControlLimits;
}

export const defaultSettings: Settings = {
  serviceAccountIssuer: 'https://kubernetes.default.svc',
  serviceClusterIpRange: '10.96.0.0/16',
  authorizationModes: ['Node', 'RBAC'],
  enabledAdmissionPlugins: [],
  disabledAdmissionPlugins: [],
};

export const serviceNodePortRange = { first: 30_000, last: 32_767 } as const;

const authorizerOf: Readonly<Record<string, () => Authorizer>> = {
  Node: () => createNodeAuthorizer(clusterRoleRules['system:node'] ?? []),
  RBAC: createRbacAuthorizer,
  AlwaysAllow: () => ({ authorize: () => ({ decision: 'allow', reason: '' }) }),
  AlwaysDeny: () => ({
    authorize: () => ({ decision: 'noOpinion', reason: 'Everything is forbidden.' }),
  }),
};

/** Throws when something in it makes no sense, in words for whoever chose it. */
export function checkSettings(settings: Settings): void {
  if (authorizersOf(settings).length === 0) throw new Error('there must be an authorization mode');
  admissionOf(settings);
  firstServiceIp(settings.serviceClusterIpRange);
  checkFlowControl(settings);
}

function checkFlowControl({ flowControl }: Settings): void {
  if (!flowControl?.isFair || flowControl.readingMax + flowControl.mutatingMax > 0) return;
  throw new Error('priority levels must have requests in flight to share, of either kind');
}

/** Throws when a mode is not known. */
export function authorizersOf({ authorizationModes }: Settings): readonly Authorizer[] {
  return authorizationModes.map((mode) => {
    const create = authorizerOf[mode];
    if (!create)
      throw new Error(
        `"${mode}" is not an authorization mode; there are ${Object.keys(authorizerOf).join(', ')}`,
      );
    return create();
  });
}

/** Who asks for limits and says none means something else; as upstream. */
const unlimitedText =
  'couldn\'t init admission plugin "EventRateLimit": limits: Invalid value: null: must not be empty; see --admission-control-config-file';

/** Throws when a plugin is not known, or cannot do without being told more. */
export function admissionOf({
  enabledAdmissionPlugins: enabled,
  disabledAdmissionPlugins: disabled,
  admissionConfiguration,
}: Settings): readonly AdmissionPlugin[] {
  const known = new Set(admissionOrder.map(({ name }) => name));
  for (const name of [...enabled, ...disabled]) {
    if (!known.has(name)) throw new Error(`"${name}" is not an admission plugin`);
  }
  const configured = admissionConfiguration?.plugins;
  if (enabled.includes('EventRateLimit') && !configured?.has('EventRateLimit')) {
    throw new Error(unlimitedText);
  }
  return admissionPlugins({ enabled, disabled, ...(configured && { configured }) });
}
