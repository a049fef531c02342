/** What a transaction may ask for, whatever the store holds. */
import { limits } from '@navarch/runtime/limits';
import { LimitExceeded, type Operation, type Transaction } from '../store.ts';

/** Why the transaction is refused; undefined when it is not. */
export function exceeded(transaction: Transaction): LimitExceeded | undefined {
  const { conditions, operations } = transaction;
  const max = limits.storeTransactionOperationsMax;
  if (conditions.length > max || operations.length > max)
    return new LimitExceeded(`a transaction has at most ${max} conditions and ${max} operations`);
  for (const operation of operations) {
    const problem = exceededBy(operation);
    if (problem !== undefined) return new LimitExceeded(problem);
  }
  return operations.length > 1 && repeatsKey(operations)
    ? new LimitExceeded('a transaction has at most one operation per key')
    : undefined;
}

function exceededBy(operation: Operation): string | undefined {
  const { key } = operation;
  if (key === '' || !key.isWellFormed()) return 'a key is not empty and well-formed';
  if (isLonger(key, limits.storeKeyMaxBytes))
    return `a key has at most ${limits.storeKeyMaxBytes} bytes`;
  if (operation.kind === 'put' && operation.value.length > limits.storeValueMaxBytes)
    return `a value has at most ${limits.storeValueMaxBytes} bytes, not ${operation.value.length}`;
  return undefined;
}

/** Whether the key has more than `max` bytes. A UTF-16 unit is at most three bytes, so most keys need no counting. */
function isLonger(key: string, max: number): boolean {
  return key.length * 3 > max && new TextEncoder().encode(key).length > max;
}

function repeatsKey(operations: readonly Operation[]): boolean {
  return new Set(operations.map(({ key }) => key)).size < operations.length;
}
