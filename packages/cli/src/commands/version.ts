/** `navarch version` */
import process from 'node:process';
import { version as reported } from '@navarch/cluster/version';

export function version(): void {
  process.stdout.write(`${reported}\n`);
}
