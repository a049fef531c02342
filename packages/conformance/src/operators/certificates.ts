/** In the manner of cert-manager: unions by presence, conditions, cluster-wide and namespaced twins, parts of pods inside. */
import { definition, type Operator } from './operator.ts';
import {
  builtin,
  condition,
  flag,
  int,
  list,
  listMap,
  object,
  oneOf,
  type Structural,
  text,
  time,
} from './structural.ts';

const group = 'certificates.fixtures.navarch.dev';
const versions = ['v1'];
const categories = ['certificates'];

const secretKey = object({ name: text, key: text }, { required: ['name'] });
const issuerReference = object(
  { name: text, kind: { ...text, default: 'Issuer' }, group: { ...text, default: group } },
  { required: ['name'] },
);
const conditions = listMap(condition, 'type');

const solver = object({
  selector: object({
    matchLabels: { type: 'object', additionalProperties: text },
    dnsNames: list(text),
    dnsZones: list(text),
  }),
  http01: object({
    ingress: object({
      ingressClassName: text,
      podTemplate: object({
        metadata: object({
          labels: { type: 'object', additionalProperties: text },
          annotations: { type: 'object', additionalProperties: text },
        }),
        spec: object({
          affinity: builtin('core/v1.Affinity'),
          tolerations: list(builtin('core/v1.Toleration')),
          nodeSelector: { type: 'object', additionalProperties: text },
          securityContext: builtin('core/v1.PodSecurityContext'),
          priorityClassName: text,
        }),
      }),
    }),
  }),
  dns01: object({
    cnameStrategy: oneOf('None', 'Follow'),
    webhook: object(
      {
        groupName: text,
        solverName: text,
        config: { 'x-kubernetes-preserve-unknown-fields': true },
      },
      { required: ['groupName', 'solverName'] },
    ),
  }),
});

const issuerSpec = object(
  {
    acme: object(
      {
        server: text,
        email: text,
        preferredChain: { ...text, maxLength: 64 },
        skipTLSVerify: flag,
        privateKeySecretRef: secretKey,
        solvers: list(solver),
      },
      { required: ['privateKeySecretRef', 'server'] },
    ),
    ca: object(
      { secretName: text, crlDistributionPoints: list(text) },
      { required: ['secretName'] },
    ),
    selfSigned: object({ crlDistributionPoints: list(text) }),
    vault: object(
      {
        server: text,
        path: text,
        caBundle: { type: 'string', format: 'byte' },
        auth: object({ tokenSecretRef: secretKey }),
      },
      { required: ['auth', 'path', 'server'] },
    ),
  },
  { oneOf: ['acme', 'ca', 'selfSigned', 'vault'].map((name) => ({ required: [name] })) },
);

const issuerStatus = object({
  acme: object({ uri: text, lastRegisteredEmail: text }),
  conditions,
});

const columnsOfReady = [
  ['Ready', 'string', '.status.conditions[?(@.type=="Ready")].status'],
  ['Age', 'date', '.metadata.creationTimestamp'],
] as const;

function issuer(kind: string, plural: string, scope: 'Namespaced' | 'Cluster') {
  return definition({
    group,
    kind,
    plural,
    scope,
    categories,
    versions,
    spec: issuerSpec,
    status: issuerStatus,
    columns: columnsOfReady,
  });
}

const duration: Structural = { ...text };
const certificate = definition({
  group,
  kind: 'Certificate',
  plural: 'certificates',
  shortNames: ['cert', 'certs'],
  categories,
  versions,
  spec: object(
    {
      secretName: text,
      issuerRef: issuerReference,
      commonName: text,
      dnsNames: list(text),
      ipAddresses: list(text),
      uris: list(text),
      duration,
      renewBefore: duration,
      isCA: flag,
      usages: list(
        oneOf('signing', 'digital signature', 'key encipherment', 'server auth', 'client auth'),
      ),
      privateKey: object({
        algorithm: oneOf('RSA', 'ECDSA', 'Ed25519'),
        encoding: oneOf('PKCS1', 'PKCS8'),
        rotationPolicy: { ...oneOf('Never', 'Always'), default: 'Always' },
        size: { ...int, minimum: 256, maximum: 8192 },
      }),
      keystores: object({
        jks: object(
          { create: flag, passwordSecretRef: secretKey, alias: text },
          { required: ['create'] },
        ),
        pkcs12: object({ create: flag, passwordSecretRef: secretKey }, { required: ['create'] }),
      }),
      revisionHistoryLimit: { ...int, minimum: 1 },
      secretTemplate: object({
        labels: { type: 'object', additionalProperties: text },
        annotations: { type: 'object', additionalProperties: text },
      }),
    },
    { required: ['issuerRef', 'secretName'] },
  ),
  status: object({
    conditions,
    notAfter: time,
    notBefore: time,
    renewalTime: time,
    revision: { type: 'integer' },
    failedIssuanceAttempts: { type: 'integer' },
  }),
  columns: [
    ['Ready', 'string', '.status.conditions[?(@.type=="Ready")].status'],
    ['Secret', 'string', '.spec.secretName'],
    ['Age', 'date', '.metadata.creationTimestamp'],
  ],
});

const web = {
  apiVersion: `${group}/v1`,
  kind: 'Certificate',
  metadata: { name: 'web' },
  spec: {
    secretName: 'web-tls',
    issuerRef: { name: 'letters' },
    dnsNames: ['web.example.com'],
    privateKey: { size: 2048 },
  },
};

export const certificates: Operator = {
  name: 'certificates',
  definitions: [
    issuer('Issuer', 'issuers', 'Namespaced'),
    issuer('ClusterIssuer', 'clusterissuers', 'Cluster'),
    certificate,
  ],
  objects: [
    {
      apiVersion: `${group}/v1`,
      kind: 'ClusterIssuer',
      metadata: { name: 'own' },
      spec: { selfSigned: {} },
    },
    {
      apiVersion: `${group}/v1`,
      kind: 'Issuer',
      metadata: { name: 'letters' },
      spec: {
        acme: {
          server: 'https://acme.example.com/directory',
          email: 'ops@example.com',
          privateKeySecretRef: { name: 'account' },
          solvers: [
            {
              http01: {
                ingress: {
                  podTemplate: {
                    spec: {
                      tolerations: [{ key: 'edge', operator: 'Exists' }],
                      affinity: {
                        nodeAffinity: {
                          requiredDuringSchedulingIgnoredDuringExecution: {
                            nodeSelectorTerms: [
                              { matchExpressions: [{ key: 'edge', operator: 'Exists' }] },
                            ],
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
            {
              dns01: {
                webhook: {
                  groupName: 'dns.example.com',
                  solverName: 'own',
                  config: { zone: 'example.com', deep: { er: [1] } },
                },
              },
            },
          ],
        },
      },
    },
    web,
  ],
  refused: [
    {
      object: {
        ...web,
        metadata: { name: 'tiny' },
        spec: { ...web.spec, privateKey: { size: 128 } },
      },
      says: /should be greater than or equal to 256/,
    },
    {
      object: {
        apiVersion: `${group}/v1`,
        kind: 'Issuer',
        metadata: { name: 'both' },
        spec: { selfSigned: {}, ca: { secretName: 's' } },
      },
      says: /must validate one and only one schema \(oneOf\)/,
    },
    {
      object: { ...web, metadata: { name: 'nameless' }, spec: { issuerRef: {} } },
      says: /spec\.issuerRef\.name.*Required value/,
    },
  ],
  prints: [
    { run: 'get certs', shows: /NAME +READY +SECRET +AGE\s+web +web-tls/ },
    {
      run: 'get certificates,issuers,clusterissuers -o name',
      shows: /clusterissuer\.certificates\.fixtures\.navarch\.dev\/own/,
    },
    {
      run: 'get issuer letters -o jsonpath={.spec.acme.solvers[1].dns01.webhook.config.deep.er}',
      shows: /^\[1\]$/,
    },
    {
      run: 'get cert web -o jsonpath={.spec.issuerRef.kind}/{.spec.privateKey.rotationPolicy}',
      shows: /^Issuer\/Always$/,
    },
  ],
};
