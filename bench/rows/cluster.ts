/** The whole cluster at work, and at rest. */
import { LoadClient } from '../http.ts';
import { atMost, type Row } from '../row.ts';
import { startServer } from '../server.ts';

export async function clusterRows(): Promise<readonly Row[]> {
  return [await bigDeployment(), await idleCluster()];
}

function deployment(name: string, replicas: number): string {
  const labels = { app: name };
  return JSON.stringify({
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'main', image: 'registry.example/service:v1' }] },
      },
    },
  });
}

const deployments = '/apis/apps/v1/namespaces/default/deployments';

async function podsWhere(client: LoadClient, fieldSelector: string): Promise<number> {
  const answer = await client.request(
    'GET',
    `/api/v1/namespaces/default/pods?limit=1&fieldSelector=${encodeURIComponent(fieldSelector)}`,
  );
  const list = JSON.parse(answer.text()) as {
    items: unknown[];
    metadata: { remainingItemCount?: number; continue?: string };
  };
  if (list.metadata.continue === undefined) return list.items.length;
  const whole = await client.request(
    'GET',
    `/api/v1/namespaces/default/pods?fieldSelector=${encodeURIComponent(fieldSelector)}`,
  );
  return (JSON.parse(whole.text()) as { items: unknown[] }).items.length;
}

async function until(limitMs: number, condition: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > deadlineMs) throw new Error(`not reached within ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function bigDeployment(): Promise<Row> {
  const server = await startServer({ verb: 'up', flags: ['--nodes=20'] });
  const client = new LoadClient(server.kubeconfig);
  try {
    const startedMs = performance.now();
    await client.request('POST', deployments, deployment('big', 1000));
    await until(120_000, async () => (await podsWhere(client, 'spec.nodeName!=')) >= 1000);
    return atMost(
      '1,000-replica deployment: created and bound',
      performance.now() - startedMs,
      2000,
      'ms',
    );
  } finally {
    client.close();
    await server.stop();
  }
}

async function idleCluster(): Promise<Row> {
  const server = await startServer({ verb: 'up', flags: ['--nodes=100'] });
  const client = new LoadClient(server.kubeconfig);
  try {
    await client.request('POST', deployments, deployment('idle', 3000));
    await until(300_000, async () => (await podsWhere(client, 'status.phase=Running')) >= 3000);
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    const beforeMs = server.cpuMs();
    await new Promise((resolve) => setTimeout(resolve, 20_000));
    return atMost(
      '100 nodes, 3,000 pods, idle: share of one core',
      ((server.cpuMs() - beforeMs) / 20_000) * 100,
      5,
      '%',
    );
  } finally {
    client.close();
    await server.stop();
  }
}
