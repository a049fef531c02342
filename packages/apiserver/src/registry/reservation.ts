/** A reservation is settled by the fate of the write that it was made for. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Reservation } from '@navarch/api/extension/resource';

/** Runs `write`; then keeps what was reserved, or gives it back when the write failed or was a dry run. */
export async function settle<T>(
  reservation: Reservation<KubernetesObject> | undefined,
  dryRun: boolean,
  write: () => Promise<T>,
): Promise<T> {
  if (!reservation) return write();
  let result: T;
  try {
    result = await write();
  } catch (error) {
    await reservation.rollback();
    throw error;
  }
  if (dryRun) await reservation.rollback();
  else await reservation.commit();
  return result;
}
