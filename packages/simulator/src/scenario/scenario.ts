/**
 * Scenarios: what is typed, `----`, what a person would see. Blank lines separate steps; lines that begin with # are remarks.
 *
 *     scale deployment web --replicas=3
 *     ----
 *     ok
 */

export interface Step {
  /** Remarks before the step, kept when a scenario is rewritten. */
  readonly remarks: readonly string[];
  readonly command: string;
  readonly expected: string;
}

export function parseScenario(text: string): readonly Step[] {
  return text
    .split(/\n\n+/)
    .map((block) => block.trim())
    .filter((block) => block !== '')
    .map(parseStep);
}

function parseStep(block: string): Step {
  const lines = block.split('\n');
  const remarks = lines.filter((line) => line.startsWith('#'));
  const rest = lines.filter((line) => !line.startsWith('#'));
  const divider = rest.indexOf('----');
  const command = (divider < 0 ? rest : rest.slice(0, divider)).join('\n');
  return { remarks, command, expected: divider < 0 ? '' : rest.slice(divider + 1).join('\n') };
}

export function formatScenario(steps: readonly Step[]): string {
  return `${steps.map(formatStep).join('\n\n')}\n`;
}

function formatStep({ remarks, command, expected }: Step): string {
  const said = command === '' ? [] : [command, '----', ...(expected === '' ? [] : [expected])];
  return [...remarks, ...said].join('\n');
}
