/** Writing, reading, listing, watching and patching objects of `navarch apiserver` with the durable engine. */
import { type Answer, LoadClient, load } from '../http.ts';
import { benchPod } from '../pod.ts';
import { atLeast, atMost, type Row } from '../row.ts';
import { startServer } from '../server.ts';

const pods = '/api/v1/namespaces/bench/pods';

export async function objectRows(): Promise<readonly Row[]> {
  const server = await startServer({ verb: 'apiserver' });
  const client = new LoadClient(server.kubeconfig, 4);
  try {
    await prepare(client);
    return [
      ...(await writes(client)),
      ...(await reads(client)),
      ...(await lists(client)),
      await fanOut(client, server.kubeconfig),
      await contention(client),
      atMost('memory holding 10,000 pods after that load', server.memoryMb(), 250, 'MB'),
    ];
  } finally {
    client.close();
    await server.stop();
  }
}

async function must(request: Promise<Answer>): Promise<Answer> {
  const answer = await request;
  if (answer.status >= 300)
    throw new Error(`status ${answer.status}: ${answer.text().slice(0, 300)}`);
  return answer;
}

async function prepare(client: LoadClient): Promise<void> {
  await must(
    client.request('POST', '/api/v1/namespaces', JSON.stringify({ metadata: { name: 'bench' } })),
  );
  await must(
    client.request(
      'POST',
      '/api/v1/namespaces/bench/serviceaccounts',
      JSON.stringify({ metadata: { name: 'default' } }),
    ),
  );
}

async function create(client: LoadClient, name: string): Promise<void> {
  const answer = await client.request('POST', pods, benchPod(name, 'bench'));
  if (answer.status !== 201)
    throw new Error(`create answered ${answer.status}: ${answer.text().slice(0, 300)}`);
}

async function writes(client: LoadClient): Promise<readonly Row[]> {
  await load(1000, 16, (index) => create(client, `warm-${index}`));
  const alone = await load(1000, 1, (index) => create(client, `alone-${index}`));
  const many = await load(8000, 64, (index) => create(client, `many-${index}`));
  return [
    atMost('create pod, 1 client, durable, p50', alone.p50Ms, 1, 'ms'),
    atLeast('create pod, 64 in flight, durable', many.perSecond, 5000, '/s'),
    atMost('create pod, 64 in flight, durable, p99', many.p99Ms, 40, 'ms'),
  ];
}

async function reads(client: LoadClient): Promise<readonly Row[]> {
  const get = (index: number): Promise<unknown> =>
    client.request('GET', `${pods}/many-${index % 8000}`);
  await load(5000, 64, get);
  const result = await load(60_000, 64, get);
  return [atLeast('get pod, 64 in flight', result.perSecond, 20_000, '/s')];
}

async function lists(client: LoadClient): Promise<readonly Row[]> {
  const timed = async (query: string): Promise<number> => {
    const samples: number[] = [];
    for (let run = 0; run < 9; run++) {
      const result = await load(1, 1, () => must(client.request('GET', pods + query)));
      samples.push(result.p50Ms);
    }
    return samples.toSorted((a, b) => a - b)[4] ?? 0;
  };
  return [
    atMost('list 10,000 pods, JSON', await timed(''), 60, 'ms'),
    atMost(
      'list 10,000 pods, label selector matching none',
      await timed('?labelSelector=app%3Dnone'),
      4,
      'ms',
    ),
    atMost(
      'list 10,000 pods, indexed field selector matching none',
      await timed('?fieldSelector=spec.nodeName%3Dnone'),
      1,
      'ms',
    ),
  ];
}

async function fanOut(
  client: LoadClient,
  kubeconfig: ConstructorParameters<typeof LoadClient>[0],
): Promise<Row> {
  const watchers = 100;
  const events = 500;
  const maps = '/api/v1/namespaces/bench/configmaps';
  const watching = new LoadClient(kubeconfig, 10);
  let lines = 0;
  let done: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (done = resolve));
  for (let index = 0; index < watchers; index++) {
    await watching.watch(`${maps}?watch=1&resourceVersion=0`, (chunk) => {
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++;
      if (lines >= watchers * events) done();
    });
  }
  const data = 'x'.repeat(2000);
  const startedMs = performance.now();
  await load(events, 32, (index) =>
    must(
      client.request(
        'POST',
        maps,
        JSON.stringify({ metadata: { name: `fan-${index}` }, data: { data } }),
      ),
    ),
  );
  await all;
  const seconds = (performance.now() - startedMs) / 1000;
  watching.close();
  return atLeast(
    'watch fan-out, 100 watchers x 500 writes',
    (watchers * events) / seconds,
    300_000,
    'events/s',
  );
}

async function contention(client: LoadClient): Promise<Row> {
  const path = '/api/v1/namespaces/bench/configmaps/contended';
  await must(
    client.request(
      'POST',
      '/api/v1/namespaces/bench/configmaps',
      JSON.stringify({ metadata: { name: 'contended' } }),
    ),
  );
  const result = await load(6000, 32, (index) =>
    must(
      client.request(
        'PATCH',
        path,
        JSON.stringify({ data: { [`k${index % 32}`]: `${index}` } }),
        'application/merge-patch+json',
      ),
    ),
  );
  return atLeast('32 clients patching one object', result.perSecond, 3000, '/s');
}
