/**
 * What this machine can do with nothing but node:http2 over TLS, with the same client: the scale on which the other figures are read.
 * The budgets were written for a machine that does 68,000 GET and 30,000 POST per second.
 */
import { fork } from 'node:child_process';

import path from 'node:path';
import { load, LoadClient } from '../http.ts';
import { benchPod } from '../pod.ts';
import type { Row } from '../row.ts';

export async function bareRows(): Promise<readonly Row[]> {
  const server = fork(path.join(import.meta.dirname, '..', 'bare-server.ts'));
  try {
    const { port, certificate } = await new Promise<{ port: number; certificate: string }>(
      (resolve) =>
        server.once('message', (message) =>
          resolve(message as { port: number; certificate: string }),
        ),
    );
    const ca = Buffer.from(certificate);
    const client = new LoadClient({ url: `https://localhost:${port}`, ca }, 4);
    await load(3000, 64, () => client.request('GET', '/'));
    const get = await load(30_000, 64, () => client.request('GET', '/'));
    const body = benchPod('bare', 'bare');
    await load(2000, 64, () => client.request('POST', '/', body));
    const post = await load(15_000, 64, () => client.request('POST', '/', body));
    client.close();
    return [figure('GET', get.perSecond, 68_000), figure('POST', post.perSecond, 30_000)];
  } finally {
    server.kill();
  }
}

function figure(what: string, perSecond: number, written: number): Row {
  const share = Math.round((100 * perSecond) / written);
  return {
    what: `bare node:http2 + TLS, ${what}, 64 in flight`,
    budget: `(${written.toLocaleString('en-US')} /s where the budgets were written)`,
    measured: `${Math.round(perSecond).toLocaleString('en-US')} /s, ${share}%`,
    met: true,
  };
}
