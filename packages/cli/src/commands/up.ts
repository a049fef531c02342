/** `navarch up` */
import process from 'node:process';
import pc from 'picocolors';
import { type FlagValues, wholeNumber } from '../flags.ts';
import type { Invocation } from '../program.ts';
import { type Served, serve } from './serve.ts';

const nodesMax = 10_000;

export async function up(values: FlagValues, invocation: Invocation): Promise<void> {
  const nodes = nodeNames(wholeNumber(values, 'nodes', { min: 0, max: nodesMax }));
  await serve(values, invocation, { parts: 'all', nodes }, announce);
}

export function nodeNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `node-${index + 1}`);
}

function announce({ url, kubeconfig, readyInMs }: Served): void {
  const lines = [
    `API server   ${pc.bold(url)}`,
    `kubeconfig   ${pc.bold(kubeconfig)}`,
    '',
    `  export KUBECONFIG=${kubeconfig}`,
    '  kubectl create deployment web --image=nginx --replicas=3',
    '  kubectl get pods -w',
    '',
    `${pc.green(`ready in ${readyInMs} ms`)}, Ctrl-C stops`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
