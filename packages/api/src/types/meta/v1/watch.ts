/**
 * The envelope of one watch event.
 * @group meta.k8s.io v1
 */
import type { RawExtension } from '../../scalars.ts';

/** @kind shared */
export interface WatchEvent {
  /** @proto 1 */
  readonly type: string;
  /** @proto 2 */
  readonly object: RawExtension;
}
