/**
 * Query parameters of the pod subresources attach, exec, log, portforward and proxy.
 * @group core v1
 */
import type { Int32, Int64, Time } from '../../scalars.ts';

/** @kind */
export interface PodAttachOptions {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 */
  readonly stdin?: boolean;
  /** @proto 2 */
  readonly stdout?: boolean;
  /** @proto 3 */
  readonly stderr?: boolean;
  /** @proto 4 */
  readonly tty?: boolean;
  /** @proto 5 */
  readonly container?: string;
}

/** @kind */
export interface PodExecOptions {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 */
  readonly stdin?: boolean;
  /** @proto 2 */
  readonly stdout?: boolean;
  /** @proto 3 */
  readonly stderr?: boolean;
  /** @proto 4 */
  readonly tty?: boolean;
  /** @proto 5 */
  readonly container?: string;
  /** @proto 6 @listType atomic */
  readonly command: readonly string[];
}

/** @kind */
export interface PodLogOptions {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 */
  readonly container?: string;
  /** @proto 2 */
  readonly follow?: boolean;
  /** @proto 3 */
  readonly previous?: boolean;
  /** @proto 4 @explicit */
  readonly sinceSeconds?: Int64;
  /** @proto 5 @explicit */
  readonly sinceTime?: Time;
  /** @proto 6 */
  readonly timestamps?: boolean;
  /** @proto 7 @explicit */
  readonly tailLines?: Int64;
  /** @proto 8 @explicit */
  readonly limitBytes?: Int64;
  /** @proto 9 */
  readonly insecureSkipTLSVerifyBackend?: boolean;
  /** @proto 10 @explicit @gate PodLogsQuerySplitStreams */
  readonly stream?: string;
}

/** @kind */
export interface PodPortForwardOptions {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @listType atomic */
  readonly ports?: readonly Int32[];
}

/** @kind */
export interface PodProxyOptions {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 */
  readonly path?: string;
}
