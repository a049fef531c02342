/** In the manner of Gateway API: rules in CEL everywhere, two served versions, lists as maps, defaults deep inside. */
import { definition, type Operator } from './operator.ts';
import {
  condition,
  int,
  list,
  listMap,
  object,
  oneOf,
  rule,
  type Structural,
  text,
} from './structural.ts';

const group = 'gateway.fixtures.navarch.dev';
const versions = ['v1', 'v1beta1'];
const categories = ['gateways'];

const hostname: Structural = {
  ...text,
  minLength: 1,
  maxLength: 253,
  pattern: String.raw`^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$`,
};
const port: Structural = { ...int, minimum: 1, maximum: 65_535 };
const objectName: Structural = { ...text, minLength: 1, maxLength: 253 };
const sectionName: Structural = {
  ...text,
  minLength: 1,
  maxLength: 253,
  pattern: String.raw`^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$`,
};
const conditions = { ...listMap(condition, 'type'), maxItems: 8 };

const parentReference = object(
  {
    group: { ...text, default: group, maxLength: 253 },
    kind: { ...text, default: 'Gateway', minLength: 1, maxLength: 63 },
    namespace: { ...text, minLength: 1, maxLength: 63 },
    name: objectName,
    sectionName,
    port,
  },
  { required: ['name'] },
);

const backendReference = object(
  {
    group: { ...text, default: '', maxLength: 253 },
    kind: { ...text, default: 'Service', minLength: 1, maxLength: 63 },
    namespace: { ...text, minLength: 1, maxLength: 63 },
    name: objectName,
    port,
    weight: { ...int, default: 1, minimum: 0, maximum: 1_000_000 },
  },
  {
    required: ['name'],
    'x-kubernetes-validations': [
      rule(
        "(size(self.group) == 0 && self.kind == 'Service') ? has(self.port) : true",
        'Must have port for Service reference',
      ),
    ],
  },
);

const header = object(
  {
    name: { ...text, minLength: 1, maxLength: 256, pattern: "^[A-Za-z0-9!#$%&'*+\\-.^_\\x60|~]+$" },
    value: { ...text, minLength: 1, maxLength: 4096 },
  },
  { required: ['name', 'value'] },
);

const headerFilter = object({
  set: { ...listMap(header, 'name'), maxItems: 16 },
  add: { ...listMap(header, 'name'), maxItems: 16 },
  remove: list(text, { maxItems: 16, 'x-kubernetes-list-type': 'set' }),
});

const pathMatch = object(
  {
    type: { ...oneOf('Exact', 'PathPrefix', 'RegularExpression'), default: 'PathPrefix' },
    value: { ...text, default: '/', maxLength: 1024 },
  },
  {
    default: { type: 'PathPrefix', value: '/' },
    'x-kubernetes-validations': [
      rule(
        "(self.type in ['Exact','PathPrefix']) ? self.value.startsWith('/') : true",
        "value must be an absolute path and start with '/' when type one of ['Exact', 'PathPrefix']",
      ),
      rule(
        "(self.type in ['Exact','PathPrefix']) ? !self.value.contains('//') : true",
        "must not contain '//' when type one of ['Exact', 'PathPrefix']",
      ),
      rule(
        'self.type in [\'Exact\',\'PathPrefix\'] ? self.value.matches(r"""^(?:[-A-Za-z0-9/._~!$&\'()*+,;=:@]|[%][0-9a-fA-F]{2})+$""") : true',
        'must only contain valid characters',
      ),
    ],
  },
);

const filter = object(
  {
    type: oneOf('RequestHeaderModifier', 'RequestRedirect'),
    requestHeaderModifier: headerFilter,
    requestRedirect: object({
      scheme: oneOf('http', 'https'),
      hostname,
      port,
      statusCode: { type: 'integer', enum: [301, 302], default: 302 },
    }),
  },
  {
    required: ['type'],
    'x-kubernetes-validations': [
      rule(
        "!(has(self.requestRedirect) && self.type != 'RequestRedirect')",
        'filter.requestRedirect must be nil if the filter.type is not RequestRedirect',
      ),
      rule(
        "!(!has(self.requestRedirect) && self.type == 'RequestRedirect')",
        'filter.requestRedirect must be specified for RequestRedirect filter.type',
      ),
    ],
  },
);

const routeRule = object(
  {
    name: sectionName,
    matches: list(
      object({
        path: pathMatch,
        headers: {
          ...listMap(
            object(
              {
                type: { ...oneOf('Exact', 'RegularExpression'), default: 'Exact' },
                name: text,
                value: text,
              },
              { required: ['name', 'value'] },
            ),
            'name',
          ),
          maxItems: 16,
        },
        method: oneOf('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH'),
      }),
      { maxItems: 64, default: [{ path: { type: 'PathPrefix', value: '/' } }] },
    ),
    filters: list(filter, {
      maxItems: 16,
      'x-kubernetes-validations': [
        rule(
          "self.filter(f, f.type == 'RequestHeaderModifier').size() <= 1",
          'RequestHeaderModifier filter cannot be repeated',
        ),
      ],
    }),
    backendRefs: list(backendReference, { maxItems: 16 }),
    timeouts: object(
      {
        request: { ...text, pattern: '^([0-9]{1,5}(h|m|s|ms)){1,4}$' },
        backendRequest: { ...text, pattern: '^([0-9]{1,5}(h|m|s|ms)){1,4}$' },
      },
      {
        'x-kubernetes-validations': [
          rule(
            "!(has(self.request) && has(self.backendRequest) && duration(self.request) != duration('0s') && duration(self.backendRequest) > duration(self.request))",
            'backendRequest timeout cannot be longer than request timeout',
          ),
        ],
      },
    ),
  },
  {
    'x-kubernetes-validations': [
      rule(
        '(has(self.backendRefs) && size(self.backendRefs) > 0) ? (!has(self.filters) || self.filters.all(f, !has(f.requestRedirect))): true',
        'RequestRedirect filter must not be used together with backendRefs',
      ),
    ],
  },
);

const listener = object(
  {
    name: sectionName,
    hostname,
    port,
    protocol: { ...text, minLength: 1, maxLength: 255 },
    tls: object(
      {
        mode: { ...oneOf('Terminate', 'Passthrough'), default: 'Terminate' },
        certificateRefs: list(
          object(
            {
              group: { ...text, default: '' },
              kind: { ...text, default: 'Secret' },
              name: objectName,
            },
            { required: ['name'] },
          ),
          { maxItems: 64 },
        ),
      },
      {
        'x-kubernetes-validations': [
          rule(
            "self.mode == 'Terminate' ? size(self.certificateRefs) > 0 : true",
            'certificateRefs must be specified when mode is Terminate',
          ),
        ],
      },
    ),
    allowedRoutes: object(
      {
        namespaces: object(
          { from: { ...oneOf('All', 'Selector', 'Same'), default: 'Same' } },
          { default: { from: 'Same' } },
        ),
      },
      { default: { namespaces: { from: 'Same' } } },
    ),
  },
  { required: ['name', 'port', 'protocol'] },
);

const gatewayClass = definition({
  group,
  kind: 'GatewayClass',
  plural: 'gatewayclasses',
  shortNames: ['gwc'],
  categories,
  scope: 'Cluster',
  versions,
  spec: object(
    {
      controllerName: {
        ...text,
        minLength: 1,
        maxLength: 253,
        'x-kubernetes-validations': [rule('self == oldSelf', 'Value is immutable')],
      },
      description: { ...text, maxLength: 64 },
    },
    { required: ['controllerName'] },
  ),
  status: object({ conditions }),
  columns: [
    ['Controller', 'string', '.spec.controllerName'],
    ['Accepted', 'string', '.status.conditions[?(@.type=="Accepted")].status'],
    ['Age', 'date', '.metadata.creationTimestamp'],
  ],
});

const gateway = definition({
  group,
  kind: 'Gateway',
  plural: 'gateways',
  shortNames: ['gtw'],
  categories,
  versions,
  spec: object(
    {
      gatewayClassName: objectName,
      listeners: {
        ...listMap(listener, 'name'),
        minItems: 1,
        maxItems: 64,
        'x-kubernetes-validations': [
          rule(
            "self.all(l, l.protocol in ['HTTP', 'TCP', 'UDP'] ? !has(l.tls) : true)",
            "tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']",
          ),
          rule(
            'self.all(l1, self.exists_one(l2, l1.name == l2.name))',
            'Listener name must be unique within the Gateway',
          ),
        ],
      },
    },
    { required: ['gatewayClassName', 'listeners'] },
  ),
  status: object({ conditions, addresses: list(object({ value: text }), { maxItems: 16 }) }),
  columns: [
    ['Class', 'string', '.spec.gatewayClassName'],
    ['Address', 'string', '.status.addresses[*].value'],
    ['Age', 'date', '.metadata.creationTimestamp'],
  ],
});

const httpRoute = definition({
  group,
  kind: 'HTTPRoute',
  plural: 'httproutes',
  categories,
  versions,
  spec: object({
    parentRefs: list(parentReference, { maxItems: 32 }),
    hostnames: list(hostname, { maxItems: 16 }),
    rules: list(routeRule, {
      maxItems: 16,
      default: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }] }],
    }),
  }),
  status: object({
    parents: list(object({ parentRef: parentReference, controllerName: text, conditions }), {
      maxItems: 32,
    }),
  }),
  columns: [
    ['Hostnames', 'string', '.spec.hostnames'],
    ['Age', 'date', '.metadata.creationTimestamp'],
  ],
});

const route = {
  apiVersion: `${group}/v1`,
  kind: 'HTTPRoute',
  metadata: { name: 'shop' },
  spec: {
    parentRefs: [{ name: 'public' }],
    hostnames: ['shop.example.com'],
    rules: [
      {
        matches: [{ path: { type: 'PathPrefix', value: '/cart' } }],
        backendRefs: [{ name: 'cart', port: 8080 }],
        timeouts: { request: '10s', backendRequest: '2s' },
      },
    ],
  },
};

export const gateways: Operator = {
  name: 'gateways',
  definitions: [gatewayClass, gateway, httpRoute],
  objects: [
    {
      apiVersion: `${group}/v1`,
      kind: 'GatewayClass',
      metadata: { name: 'standard' },
      spec: { controllerName: 'example.com/controller' },
    },
    {
      apiVersion: `${group}/v1beta1`,
      kind: 'Gateway',
      metadata: { name: 'public' },
      spec: {
        gatewayClassName: 'standard',
        listeners: [
          { name: 'http', port: 80, protocol: 'HTTP' },
          {
            name: 'https',
            port: 443,
            protocol: 'HTTPS',
            tls: { certificateRefs: [{ name: 'tls' }] },
          },
        ],
      },
    },
    route,
  ],
  refused: [
    {
      object: {
        ...route,
        metadata: { name: 'relative' },
        spec: { rules: [{ matches: [{ path: { value: 'cart' } }] }] },
      },
      says: /value must be an absolute path/,
    },
    {
      object: {
        ...route,
        metadata: { name: 'portless' },
        spec: { rules: [{ backendRefs: [{ name: 'cart' }] }] },
      },
      says: /Must have port for Service reference/,
    },
    {
      object: {
        apiVersion: `${group}/v1`,
        kind: 'Gateway',
        metadata: { name: 'plain' },
        spec: {
          gatewayClassName: 'standard',
          listeners: [{ name: 'http', port: 70_000, protocol: 'HTTP' }],
        },
      },
      says: /should be less than or equal to 65535/,
    },
  ],
  prints: [
    { run: 'get gwc', shows: /CONTROLLER +ACCEPTED +AGE\s+standard +example\.com\/controller/ },
    {
      run: 'get gateways.v1beta1.gateway.fixtures.navarch.dev public -o jsonpath={.spec.listeners[1].tls.mode}',
      shows: /^Terminate$/,
    },
    {
      run: 'get httproute shop -o jsonpath={.spec.parentRefs[0].kind},{.spec.rules[0].backendRefs[0].weight}',
      shows: /^Gateway,1$/,
    },
    { run: 'explain httproute.spec.rules.timeouts', shows: /backendRequest\s+<string>/ },
  ],
};
