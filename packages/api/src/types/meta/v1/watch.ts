/**
 * The envelope of one watch event.
 * @group meta.k8s.io v1
 */
import type { RawExtension } from '../../scalars.ts';

/**
 * One event of a watch.
 * @kind shared
 */
export interface WatchEvent {
  /**
   * `ADDED`, `MODIFIED`, `DELETED`, `BOOKMARK` or `ERROR`.
   * @proto 1
   */
  readonly type: string;
  /**
   * The object after the change; for `DELETED` its last state, for `BOOKMARK` only its version, for
   * `ERROR` a Status.
   * @proto 2
   */
  readonly object: RawExtension;
}
