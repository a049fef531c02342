/** What a thousand custom resource definitions cost: start-up, memory, and until one more is served. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { load, LoadClient } from '../http.ts';
import { atMost, type Row } from '../row.ts';
import { startServer } from '../server.ts';

const definitionCount = 1000;
const inFlight = 16;
const settleMs = 5000;
const definitionsPath = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

export async function customResourceRows(): Promise<readonly Row[]> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'navarch-bench-'));
  try {
    const bare = await startServer({ verb: 'up', dataDir });
    await sleep(settleMs);
    const bareMb = bare.memoryMb();
    const client = new LoadClient(bare.kubeconfig, 2);
    await load(definitionCount, inFlight, (index) =>
      client.request('POST', definitionsPath, definition(index)),
    );
    await served(client, definitionCount - 1);
    const before = performance.now();
    await client.request('POST', definitionsPath, definition(definitionCount));
    await served(client, definitionCount);
    const servedAfterMs = performance.now() - before;
    client.close();
    await bare.stop();
    const empty = await emptyStart();
    const full = await startServer({ verb: 'up', dataDir });
    await sleep(settleMs);
    const rows = [
      atMost(
        `start with ${definitionCount} definitions, more than without`,
        full.readyAfterMs - empty,
        1000,
        'ms',
      ),
      atMost(
        `memory with ${definitionCount} definitions, more than without`,
        full.memoryMb() - bareMb,
        150,
        'MB',
      ),
      atMost('one more definition until its objects are listed', servedAfterMs, 500, 'ms'),
    ];
    await full.stop();
    return rows;
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function emptyStart(): Promise<number> {
  const server = await startServer({ verb: 'up' });
  await server.stop();
  return server.readyAfterMs;
}

async function served(client: LoadClient, index: number): Promise<void> {
  for (;;) {
    const answer = await client.request('GET', `/apis/g${index}.example.com/v1/things`);
    if (answer.status === 200) return;
    await sleep(5);
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Of a middling size: some dozens of fields, a rule, columns. */
function definition(index: number): string {
  const group = `g${index}.example.com`;
  const fields = Array.from({ length: 40 }, (_, field) => [
    `field${field}`,
    {
      type: 'string',
      maxLength: 100,
      description: `What field ${field} is for, in a sentence of some length.`,
    },
  ]);
  return JSON.stringify({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `things.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural: 'things', singular: 'thing', kind: 'Thing', listKind: 'ThingList' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: [{ name: 'Size', type: 'string', jsonPath: '.spec.field1' }],
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                spec: {
                  type: 'object',
                  properties: {
                    ...Object.fromEntries(fields),
                    parts: {
                      type: 'array',
                      maxItems: 10,
                      items: {
                        type: 'object',
                        properties: Object.fromEntries(fields.slice(0, 10)),
                      },
                    },
                  },
                  'x-kubernetes-validations': [
                    { rule: '!has(self.field1) || self.field1.size() > 0', message: 'not empty' },
                  ],
                },
                status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
              },
            },
          },
        },
      ],
    },
  });
}
