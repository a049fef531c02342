import assert from 'node:assert/strict';
import { test } from 'node:test';
import { behaviourOfCommand } from './commands.ts';

const forever = Number.POSITIVE_INFINITY;
const cases: {
  image?: string;
  stdin?: boolean;
  command?: string[];
  args?: string[];
  seconds: number;
  code: number;
  prints?: string;
}[] = [
  { image: 'nginx:1.27', seconds: forever, code: 0, prints: 'main started' },
  { image: 'registry.example/library/busybox:1.36', seconds: 0, code: 0 },
  { image: 'busybox', command: ['sleep', '5'], seconds: 5, code: 0 },
  { image: 'busybox', command: ['sleep', 'infinity'], seconds: forever, code: 0 },
  { image: 'busybox', args: ['sleep', '2m'], seconds: 120, code: 0 },
  { image: 'busybox', stdin: true, seconds: forever, code: 0, prints: '' },
  { command: ['sh'], stdin: true, seconds: forever, code: 0, prints: '' },
  { command: ['sh'], seconds: 0, code: 0 },
  { command: ['/bin/true'], seconds: 0, code: 0 },
  { command: ['false'], seconds: 0, code: 1 },
  { command: ['echo', 'hello', 'there'], seconds: 0, code: 0, prints: 'hello there' },
  { command: ['sh', '-c', 'exit 3'], seconds: 0, code: 3 },
  {
    command: ['sh', '-c', 'echo "one two"; sleep 1 && echo three; exit 4'],
    seconds: 1,
    code: 4,
    prints: 'one two\nthree',
  },
  { command: ['/bin/sh', '-ec', 'while true; do sleep 1; done'], seconds: forever, code: 0 },
  {
    command: ['/service', '--port=80'],
    seconds: forever,
    code: 0,
    prints: '/service --port=80 started',
  },
];

for (const { seconds, code, prints, ...container } of cases) {
  test(JSON.stringify(container), () => {
    const behaviour = behaviourOfCommand({ name: 'main', ...container });
    assert.equal(behaviour.runsForMs, seconds * 1000);
    assert.equal(behaviour.exitCode, code);
    if (prints !== undefined) assert.equal(behaviour.lines.join('\n'), prints);
  });
}
