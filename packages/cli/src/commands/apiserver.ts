/** `navarch apiserver` */
import process from 'node:process';
import type { FlagValues } from '../flags.ts';
import type { Invocation } from '../program.ts';
import { serve } from './serve.ts';

export async function apiserver(values: FlagValues, invocation: Invocation): Promise<void> {
  await serve(
    values,
    invocation,
    { parts: 'apiserver', nodes: [] },
    ({ url, kubeconfig, readyInMs }) => {
      process.stdout.write(
        `API server   ${url}\nkubeconfig   ${kubeconfig}\nready in ${readyInMs} ms\n`,
      );
    },
  );
}
