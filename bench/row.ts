/** One line of the budget table. */
export interface Row {
  readonly what: string;
  readonly budget: string;
  readonly measured: string;
  readonly met: boolean;
}

export function atMost(what: string, value: number, budget: number, unit: string): Row {
  return {
    what,
    budget: `<= ${budget} ${unit}`,
    measured: `${round(value)} ${unit}`,
    met: value <= budget,
  };
}

export function atLeast(what: string, value: number, budget: number, unit: string): Row {
  return {
    what,
    budget: `>= ${thousands(budget)} ${unit}`,
    measured: `${thousands(Math.round(value))} ${unit}`,
    met: value >= budget,
  };
}

function round(value: number): string {
  return value >= 100 ? Math.round(value).toString() : value.toPrecision(3);
}

function thousands(value: number): string {
  return value.toLocaleString('en-US');
}
