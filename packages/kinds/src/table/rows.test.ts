/** What single cells of kinds say of objects that are out of the ordinary. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { builtinResources } from '../index.ts';

const nowMs = Date.parse('2026-01-01T01:00:00Z');

function tableOf(plural: string) {
  const found = builtinResources.find((resource) => resource.plural === plural);
  assert.ok(found?.table, plural);
  return found.table;
}

interface Case {
  readonly plural: string;
  readonly column: string;
  readonly about: string;
  readonly object: object;
  readonly cell: unknown;
}

const balancer = (points: readonly object[]) => ({ loadBalancer: { ingress: points } });
const rules = (...hosts: readonly string[]) => ({
  spec: { rules: hosts.map((host) => (host === '' ? {} : { host })) },
});
const metric = (spec: object, status?: object) => ({
  spec: { scaleTargetRef: {}, metrics: [spec] },
  status: { currentMetrics: status === undefined ? [] : [status] },
});

const cases: readonly Case[] = [
  {
    plural: 'services',
    column: 'External-IP',
    about: 'points of a balancer are in order and come once, before other addresses',
    object: {
      spec: { type: 'LoadBalancer', externalIPs: ['1.1.1.1'] },
      status: balancer([{ hostname: 'b.example' }, { ip: '2.2.2.2' }, { ip: '2.2.2.2' }]),
    },
    cell: '2.2.2.2,b.example,1.1.1.1',
  },
  {
    plural: 'ingresses',
    column: 'Address',
    about: 'points of a balancer are in order and come once',
    object: { spec: {}, status: balancer([{ ip: '9.9.9.9' }, { ip: '1.1.1.1', hostname: 'a' }]) },
    cell: '1.1.1.1,9.9.9.9',
  },
  {
    plural: 'ingresses',
    column: 'Hosts',
    about: 'three hosts',
    object: rules('a', '', 'b', 'c'),
    cell: 'a,b,c',
  },
  {
    plural: 'ingresses',
    column: 'Hosts',
    about: 'rules after three hosts are counted with those of any host',
    object: rules('a', '', 'b', 'c', ''),
    cell: 'a,b,c + 2 more...',
  },
  {
    plural: 'endpointslices',
    column: 'Ports',
    about: 'ports without a number go by their name',
    object: { ports: [{ name: 'http' }, { port: 80 }, {}] },
    cell: 'http,80,*',
  },
  {
    plural: 'endpoints',
    column: 'Endpoints',
    about: 'no address is ready',
    object: { subsets: [{ notReadyAddresses: [{ ip: '1.1.1.1' }], ports: [{ port: 80 }] }] },
    cell: '',
  },
  {
    plural: 'csidrivers',
    column: 'TokenRequests',
    about: 'a token for the server itself',
    object: { spec: { tokenRequests: [{ audience: '' }] } },
    cell: '',
  },
  {
    plural: 'csidrivers',
    column: 'TokenRequests',
    about: 'no tokens',
    object: { spec: {} },
    cell: '<unset>',
  },
  {
    plural: 'validatingadmissionpolicybindings',
    column: 'ParamRef',
    about: 'parameters that are selected',
    object: {
      spec: {
        paramRef: {
          selector: {
            matchLabels: { b: '2', a: '1' },
            matchExpressions: [{ key: 'c', operator: 'In', values: ['x', 'y'] }],
          },
        },
      },
    },
    cell: '&LabelSelector{MatchLabels:map[string]string{a: 1,b: 2,},MatchExpressions:[]LabelSelectorRequirement{LabelSelectorRequirement{Key:c,Operator:In,Values:[x y],},},}',
  },
  {
    plural: 'componentstatuses',
    column: 'Status',
    about: 'nobody knows',
    object: { conditions: [{ type: 'Healthy', status: 'Unknown' }] },
    cell: 'Unhealthy',
  },
  {
    plural: 'apiservices',
    column: 'Available',
    about: 'nobody says why not',
    object: { spec: {}, status: { conditions: [{ type: 'Available', status: 'False' }] } },
    cell: 'False',
  },
  {
    plural: 'events',
    column: 'Last Seen',
    about: 'a series without a time',
    object: {
      involvedObject: {},
      series: { count: 2 },
      lastTimestamp: '2026-01-01T00:59:00Z',
    },
    cell: '<unknown>',
  },
  {
    plural: 'horizontalpodautoscalers',
    column: 'Targets',
    about: 'an amount is wanted, an average is measured',
    object: metric(
      { type: 'External', external: { target: { type: 'Value', value: '5' } } },
      { type: 'External', external: { current: { averageValue: '2' } } },
    ),
    cell: '<nil>/5',
  },
  {
    plural: 'horizontalpodautoscalers',
    column: 'Targets',
    about: 'an average of a resource is wanted, its share is measured',
    object: metric(
      { type: 'Resource', resource: { name: 'cpu', target: { averageValue: '1' } } },
      { type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 3 } } },
    ),
    cell: 'cpu: <nil>/1',
  },
  {
    plural: 'horizontalpodautoscalers',
    column: 'Targets',
    about: 'nothing is measured',
    object: metric({ type: 'Pods', pods: { target: { averageValue: '1' } } }),
    cell: '<unknown>/1',
  },
];

for (const { plural, column, about, object, cell } of cases) {
  test(`${plural}, ${column}: ${about}`, () => {
    const table = tableOf(plural);
    const cells = table.row({ metadata: { name: 'n' }, ...object }, nowMs);
    assert.equal(cells[table.columns.findIndex(({ name }) => name === column)], cell);
  });
}

test('flow schemas are listed as they match', () => {
  const table = tableOf('flowschemas');
  const schema = (name: string, matchingPrecedence: number): KubernetesObject =>
    ({ metadata: { name }, spec: { matchingPrecedence } }) as KubernetesObject;
  const names = [schema('b', 20), schema('c', 3), schema('a', 20)]
    .toSorted((a, b) => table.compareRows?.(a, b) ?? 0)
    .map(({ metadata }) => metadata.name);
  assert.deepEqual(names, ['c', 'a', 'b']);
});
