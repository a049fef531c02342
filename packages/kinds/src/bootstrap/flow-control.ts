/** How a fresh cluster shares the server among its users: priority levels, and which requests go to which. */
import type {
  FlowSchema,
  FlowSchemaSpec,
  PriorityLevelConfiguration,
  PriorityLevelConfigurationSpec,
} from '@navarch/api/types/flowcontrol/v1';

type Subjects = NonNullable<FlowSchemaSpec['rules']>[number]['subjects'];
type Rule = NonNullable<FlowSchemaSpec['rules']>[number];
type ResourceRules = NonNullable<Rule['resourceRules']>;

/** A later start brings these up to date unless someone set the annotation to false. */
const annotations = { 'apf.kubernetes.io/autoupdate-spec': 'true' };

const group = (name: string): Subjects[number] => ({ kind: 'Group', group: { name } });
const user = (name: string): Subjects[number] => ({ kind: 'User', user: { name } });
const systemAccounts: Subjects[number] = {
  kind: 'ServiceAccount',
  serviceAccount: { namespace: 'kube-system', name: '*' },
};
const everybody = [group('system:unauthenticated'), group('system:authenticated')];

function anything(subjects: Subjects): Rule {
  return {
    subjects,
    resourceRules: [
      { verbs: ['*'], apiGroups: ['*'], resources: ['*'], clusterScope: true, namespaces: ['*'] },
    ],
    nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
  };
}

const nodeHealth: ResourceRules = [
  {
    verbs: ['*'],
    apiGroups: [''],
    resources: ['nodes', 'nodes/status'],
    clusterScope: true,
    namespaces: ['*'],
  },
  { verbs: ['*'], apiGroups: ['coordination.k8s.io'], resources: ['leases'], namespaces: ['*'] },
];
const leaderElection: ResourceRules = [
  {
    verbs: ['get', 'create', 'update'],
    apiGroups: ['coordination.k8s.io'],
    resources: ['leases'],
    namespaces: ['*'],
  },
];

interface Schema {
  readonly name: string;
  readonly level: string;
  /** Lower comes first. */
  readonly precedence: number;
  readonly by?: 'ByUser' | 'ByNamespace';
  readonly rule: Rule;
}

const schemas: readonly Schema[] = [
  {
    name: 'exempt',
    level: 'exempt',
    precedence: 1,
    rule: anything([group('system:masters')]),
  },
  {
    name: 'probes',
    level: 'exempt',
    precedence: 2,
    rule: {
      subjects: everybody,
      nonResourceRules: [{ verbs: ['get'], nonResourceURLs: ['/healthz', '/readyz', '/livez'] }],
    },
  },
  {
    name: 'system-leader-election',
    level: 'leader-election',
    precedence: 100,
    by: 'ByUser',
    rule: {
      subjects: [
        user('system:kube-controller-manager'),
        user('system:kube-scheduler'),
        systemAccounts,
      ],
      resourceRules: leaderElection,
    },
  },
  {
    name: 'system-node-high',
    level: 'node-high',
    precedence: 400,
    by: 'ByUser',
    rule: { subjects: [group('system:nodes')], resourceRules: nodeHealth },
  },
  {
    name: 'system-nodes',
    level: 'system',
    precedence: 500,
    by: 'ByUser',
    rule: anything([group('system:nodes')]),
  },
  {
    name: 'kube-controller-manager',
    level: 'workload-high',
    precedence: 800,
    by: 'ByNamespace',
    rule: anything([user('system:kube-controller-manager')]),
  },
  {
    name: 'kube-scheduler',
    level: 'workload-high',
    precedence: 800,
    by: 'ByNamespace',
    rule: anything([user('system:kube-scheduler')]),
  },
  {
    name: 'kube-system-service-accounts',
    level: 'workload-high',
    precedence: 900,
    by: 'ByNamespace',
    rule: anything([systemAccounts]),
  },
  {
    name: 'service-accounts',
    level: 'workload-low',
    precedence: 9000,
    by: 'ByUser',
    rule: anything([group('system:serviceaccounts')]),
  },
  {
    name: 'global-default',
    level: 'global-default',
    precedence: 9900,
    by: 'ByUser',
    rule: anything(everybody),
  },
  {
    name: 'catch-all',
    level: 'catch-all',
    precedence: 10_000,
    by: 'ByUser',
    rule: anything(everybody),
  },
];

/** Shares are relative; `lendable` is a percentage; without queues, what does not fit is turned away. */
const limitedLevels: readonly {
  readonly name: string;
  readonly shares: number;
  readonly lendable: number;
  readonly queues?: number;
  readonly handSize?: number;
}[] = [
  { name: 'catch-all', shares: 5, lendable: 0 },
  { name: 'global-default', shares: 20, lendable: 50, queues: 128, handSize: 6 },
  { name: 'leader-election', shares: 10, lendable: 0, queues: 16, handSize: 4 },
  { name: 'node-high', shares: 40, lendable: 25, queues: 64, handSize: 6 },
  { name: 'system', shares: 30, lendable: 33, queues: 64, handSize: 6 },
  { name: 'workload-high', shares: 40, lendable: 50, queues: 128, handSize: 6 },
  { name: 'workload-low', shares: 100, lendable: 90, queues: 128, handSize: 6 },
];

/** `time`: when the status says that it began. */
export function bootstrapFlowSchemas(time: string): readonly FlowSchema[] {
  return schemas.map(({ name, level, precedence, by, rule }) => ({
    apiVersion: 'flowcontrol.apiserver.k8s.io/v1',
    kind: 'FlowSchema',
    metadata: { name, annotations },
    spec: {
      priorityLevelConfiguration: { name: level },
      matchingPrecedence: precedence,
      ...(by && { distinguisherMethod: { type: by } }),
      rules: [rule],
    },
    status: {
      conditions: [
        {
          type: 'Dangling',
          status: 'False',
          lastTransitionTime: time,
          reason: 'Found',
          message: `This FlowSchema references the PriorityLevelConfiguration object named "${level}" and it exists`,
        },
      ],
    },
  }));
}

export function bootstrapPriorityLevels(): readonly PriorityLevelConfiguration[] {
  return [
    priorityLevel('exempt', {
      type: 'Exempt',
      exempt: { nominalConcurrencyShares: 0, lendablePercent: 0 },
    }),
    ...limitedLevels.map(({ name, shares, lendable, queues, handSize }) =>
      priorityLevel(name, {
        type: 'Limited',
        limited: {
          nominalConcurrencyShares: shares,
          limitResponse:
            queues === undefined || handSize === undefined
              ? { type: 'Reject' }
              : { type: 'Queue', queuing: { queues, handSize, queueLengthLimit: 50 } },
          lendablePercent: lendable,
        },
      }),
    ),
  ];
}

function priorityLevel(
  name: string,
  spec: PriorityLevelConfigurationSpec,
): PriorityLevelConfiguration {
  return {
    apiVersion: 'flowcontrol.apiserver.k8s.io/v1',
    kind: 'PriorityLevelConfiguration',
    metadata: { name, annotations },
    spec,
    status: {},
  };
}
