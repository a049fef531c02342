/** Amounts of named resources, as quotas add and compare them. Pure. */
import { Quantity } from '../quantity.ts';
import type { ResourceList } from '../types/core/v1/resources.ts';

export type Amounts = ReadonlyMap<string, Quantity>;

export function parseAmounts(list: ResourceList | undefined): Map<string, Quantity> {
  return new Map(
    Object.entries(list ?? {}).map(([name, amount]) => [name, Quantity.parse(amount)] as const),
  );
}

/** As an object shows them, in the order of their names. */
export function printAmounts(amounts: Amounts): ResourceList {
  return Object.fromEntries(
    sorted(amounts).map(([name, quantity]) => [name, quantity.toString()] as const),
  );
}

/** `limits.memory=2Gi,requests.cpu=600m`. */
export function amountsText(amounts: Amounts): string {
  return sorted(amounts)
    .map(([name, quantity]) => `${name}=${quantity.toString()}`)
    .join(',');
}

function sorted(amounts: Amounts): [string, Quantity][] {
  return [...amounts].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

export function addAmounts(left: Amounts, right: Amounts): Map<string, Quantity> {
  const sum = new Map(left);
  for (const [name, quantity] of right) {
    const before = sum.get(name);
    sum.set(name, before === undefined ? quantity : before.add(quantity));
  }
  return sum;
}

/** What is left of each, never less than nothing. */
export function subtractAmounts(left: Amounts, right: Amounts): Map<string, Quantity> {
  return mapAmounts(left, (quantity, name) => {
    const taken = right.get(name);
    const rest = taken === undefined ? quantity : quantity.sub(taken);
    return rest.sign() > 0 ? rest : Quantity.zero;
  });
}

/** The larger of each. */
export function raiseAmounts(left: Amounts, right: Amounts): Map<string, Quantity> {
  const most = new Map(left);
  for (const [name, quantity] of right) {
    const before = most.get(name);
    if (before === undefined || quantity.compare(before) > 0) most.set(name, quantity);
  }
  return most;
}

export function mapAmounts(
  amounts: Amounts,
  change: (quantity: Quantity, name: string) => Quantity,
): Map<string, Quantity> {
  return new Map([...amounts].map(([name, quantity]) => [name, change(quantity, name)] as const));
}

/** Those that fit. */
export function selectAmounts(
  amounts: Amounts,
  fits: (name: string, quantity: Quantity) => boolean,
): Map<string, Quantity> {
  return new Map([...amounts].filter(([name, quantity]) => fits(name, quantity)));
}

/** Whether both hold the same names and amounts, however they are written. */
export function sameAmounts(left: Amounts, right: Amounts): boolean {
  if (left.size !== right.size) return false;
  return [...left].every(([name, quantity]) => right.get(name)?.compare(quantity) === 0);
}
