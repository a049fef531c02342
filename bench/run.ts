/** Prints the budget table with this machine's figures. `npm run bench -- bare start objects cluster custom` runs parts of it. */
import { bareRows } from './rows/bare.ts';
import { clusterRows } from './rows/cluster.ts';
import { customResourceRows } from './rows/custom-resources.ts';
import { objectRows } from './rows/objects.ts';
import { startRows } from './rows/start.ts';
import type { Row } from './row.ts';

const parts: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  bare: bareRows,
  start: startRows,
  objects: objectRows,
  cluster: clusterRows,
  custom: customResourceRows,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in parts));
if (unknown) {
  console.error(`bench: no part "${unknown}"; there are ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}

console.log('| what | budget | measured | |\n|---|---|---|---|');
for (const [name, run] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const row of await run()) {
    console.log(
      `| ${row.what} | ${row.budget} | ${row.measured} | ${row.met ? 'met' : 'not met'} |`,
    );
  }
}
