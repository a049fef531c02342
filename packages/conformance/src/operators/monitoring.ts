/** In the manner of the Prometheus operator: whole parts of pods inside (thousands of lines), a scale, numbers or names for ports. */
import { definition, type Operator } from './operator.ts';
import { builtin, condition, flag, int, list, listMap, object, oneOf, text } from './structural.ts';

const group = 'monitoring.fixtures.navarch.dev';
const versions = ['v1'];
const categories = ['monitoring'];

const interval = {
  ...text,
  pattern:
    '^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$',
};
const intOrString = {
  anyOf: [{ type: 'integer' }, { type: 'string' }],
  'x-kubernetes-int-or-string': true,
};
const labelSelector = builtin('meta/v1.LabelSelector');

const prometheus = definition({
  group,
  kind: 'Prometheus',
  plural: 'prometheuses',
  shortNames: ['prom'],
  categories,
  versions,
  spec: object({
    image: text,
    replicas: int,
    shards: int,
    paused: flag,
    version: text,
    retention: interval,
    retentionSize: { ...text, pattern: '(^0|([0-9]*[.])?[0-9]+((K|M|G|T|E|P)i?)?B)$' },
    scrapeInterval: { ...interval, default: '30s' },
    evaluationInterval: { ...interval, default: '30s' },
    logLevel: oneOf('', 'debug', 'info', 'warn', 'error'),
    serviceAccountName: text,
    serviceMonitorSelector: labelSelector,
    ruleSelector: labelSelector,
    resources: builtin('core/v1.ResourceRequirements'),
    containers: listMap(builtin('core/v1.Container'), 'name'),
    initContainers: listMap(builtin('core/v1.Container'), 'name'),
    volumes: list(builtin('core/v1.Volume')),
    volumeMounts: list(builtin('core/v1.VolumeMount')),
    affinity: builtin('core/v1.Affinity'),
    tolerations: list(builtin('core/v1.Toleration')),
    topologySpreadConstraints: list(builtin('core/v1.TopologySpreadConstraint')),
    securityContext: builtin('core/v1.PodSecurityContext'),
    storage: object({
      volumeClaimTemplate: object({
        metadata: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        spec: builtin('core/v1.PersistentVolumeClaimSpec'),
      }),
    }),
  }),
  status: object({
    replicas: int,
    availableReplicas: int,
    selector: text,
    paused: flag,
    conditions: listMap(condition, 'type'),
  }),
  columns: [
    ['Version', 'string', '.spec.version'],
    ['Desired', 'integer', '.spec.replicas'],
    ['Ready', 'integer', '.status.availableReplicas'],
    ['Age', 'date', '.metadata.creationTimestamp'],
  ],
  scale: {
    specReplicasPath: '.spec.replicas',
    statusReplicasPath: '.status.replicas',
    labelSelectorPath: '.status.selector',
  },
});

const serviceMonitor = definition({
  group,
  kind: 'ServiceMonitor',
  plural: 'servicemonitors',
  shortNames: ['smon'],
  categories,
  versions,
  spec: object(
    {
      selector: labelSelector,
      jobLabel: text,
      namespaceSelector: object({ any: flag, matchNames: list(text) }),
      endpoints: list(
        object({
          port: text,
          targetPort: intOrString,
          path: text,
          scheme: oneOf('http', 'https'),
          interval,
          honorLabels: flag,
          params: { type: 'object', additionalProperties: list(text) },
          relabelings: list(
            object({
              action: {
                ...oneOf('replace', 'keep', 'drop', 'labelmap', 'labeldrop'),
                default: 'replace',
              },
              sourceLabels: list(text),
              regex: text,
              targetLabel: text,
              replacement: text,
              modulus: { type: 'integer', format: 'int64' },
            }),
          ),
        }),
      ),
      sampleLimit: { type: 'integer', format: 'int64' },
    },
    { required: ['endpoints', 'selector'] },
  ),
});

const prometheusRule = definition({
  group,
  kind: 'PrometheusRule',
  plural: 'prometheusrules',
  shortNames: ['promrule'],
  categories,
  versions,
  spec: object({
    groups: listMap(
      object(
        {
          name: { ...text, minLength: 1 },
          interval,
          rules: list(
            object(
              {
                alert: text,
                record: text,
                expr: intOrString,
                for: interval,
                labels: { type: 'object', additionalProperties: text },
                annotations: { type: 'object', additionalProperties: text },
              },
              { required: ['expr'] },
            ),
          ),
        },
        { required: ['name'] },
      ),
      'name',
    ),
  }),
});

const main = {
  apiVersion: `${group}/v1`,
  kind: 'Prometheus',
  metadata: { name: 'main' },
  spec: {
    version: 'v3.0.0',
    replicas: 2,
    retention: '15d',
    resources: { requests: { memory: '400Mi', cpu: 1 } },
    serviceMonitorSelector: { matchLabels: { team: 'web' } },
    containers: [
      {
        name: 'proxy',
        image: 'registry.example/proxy:v1',
        ports: [{ containerPort: 8443, name: 'https' }],
        env: [{ name: 'A', value: 'b' }],
      },
    ],
    storage: {
      volumeClaimTemplate: {
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '40Gi' } } },
      },
    },
  },
};

const monitor = {
  apiVersion: `${group}/v1`,
  kind: 'ServiceMonitor',
  metadata: { name: 'web', labels: { team: 'web' } },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    endpoints: [
      {
        port: 'metrics',
        interval: '30s',
        relabelings: [{ sourceLabels: ['__meta_kubernetes_pod_name'], targetLabel: 'pod' }],
      },
      { targetPort: 9090 },
    ],
  },
};

export const monitoring: Operator = {
  name: 'monitoring',
  definitions: [prometheus, serviceMonitor, prometheusRule],
  objects: [
    main,
    monitor,
    {
      apiVersion: `${group}/v1`,
      kind: 'PrometheusRule',
      metadata: { name: 'web' },
      spec: {
        groups: [
          {
            name: 'web',
            rules: [
              { alert: 'Down', expr: 'up == 0', for: '5m', labels: { severity: 'page' } },
              { record: 'one', expr: 1 },
            ],
          },
        ],
      },
    },
  ],
  refused: [
    {
      object: { ...main, metadata: { name: 'loud' }, spec: { logLevel: 'shout' } },
      says: /Unsupported value: "shout"/,
    },
    {
      object: { ...main, metadata: { name: 'long' }, spec: { retention: '15 days' } },
      says: /spec\.retention in body should match/,
    },
    {
      object: {
        ...main,
        metadata: { name: 'twins' },
        spec: { containers: [{ name: 'a' }, { name: 'a' }] },
      },
      says: /spec\.containers.*([Dd]uplicate)/,
    },
    {
      object: { ...monitor, metadata: { name: 'none' }, spec: { selector: {} } },
      says: /spec\.endpoints.*Required value/,
    },
  ],
  prints: [
    { run: 'get prom', shows: /NAME +VERSION +DESIRED +READY +AGE\s+main +v3\.0\.0 +2/ },
    {
      run: 'get smon web -o jsonpath={.spec.endpoints[0].relabelings[0].action},{.spec.endpoints[1].targetPort}',
      shows: /^replace,9090$/,
    },
    { run: 'scale prometheus main --replicas=3', shows: /scaled/ },
    { run: 'get prom main -o jsonpath={.spec.replicas}/{.metadata.generation}', shows: /^3\/2$/ },
    {
      run: 'get monitoring -o name',
      shows: /prometheusrule\.monitoring\.fixtures\.navarch\.dev\/web/,
    },
  ],
};
