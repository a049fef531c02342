/** Which taints a pod puts up with. */
import type { Taint, Toleration } from '@navarch/api/types/core/v1/scheduling';

export function tolerates(tolerations: readonly Toleration[], taint: Taint): boolean {
  return tolerations.some((toleration) => toleratesTaint(toleration, taint));
}

/** An empty key with Exists tolerates everything; an empty effect stands for all of them. */
function toleratesTaint(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false;
  if (toleration.key && toleration.key !== taint.key) return false;
  switch (toleration.operator ?? 'Equal') {
    case 'Exists':
      return true;
    case 'Equal':
      return toleration.key !== undefined && (toleration.value ?? '') === (taint.value ?? '');
    case 'Gt':
      return compare(taint, toleration, (a, b) => a > b);
    case 'Lt':
      return compare(taint, toleration, (a, b) => a < b);
  }
}

function compare(
  taint: Taint,
  toleration: Toleration,
  holds: (taint: number, toleration: number) => boolean,
): boolean {
  const [a, b] = [taint.value, toleration.value].map((text) =>
    /^-?\d+$/.test(text ?? '') ? Number(text) : Number.NaN,
  );
  return a !== undefined && b !== undefined && holds(a, b);
}
