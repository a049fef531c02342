/** Why an operation of a JSON patch failed. */
import type { OperationError } from '@navarch/api/patch/json';

/** In the words of the library that upstream applies patches with. */
export function operationFailureText(
  operation: Readonly<Record<string, unknown>>,
  { message }: OperationError,
): string {
  const [op, path] = [String(operation['op']), String(operation['path'])];
  if (message === `${path} is missing`) {
    const place = op === 'replace' ? path : `"${path}"`;
    if (op === 'test') return `error in test for path: '${path}': missing value`;
    return `${op} operation does not apply: doc is missing path: ${place}: missing value`;
  }
  if (op === 'test') return `${message}: test failed`;
  if (message.startsWith('Unexpected kind') || message.includes('operation missing'))
    return message;
  const cause = message.startsWith('Unable to remove') ? `${message}: missing value` : message;
  return `error in ${op} for path: '${path}': ${cause}`;
}
