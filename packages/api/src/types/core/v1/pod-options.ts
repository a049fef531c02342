/**
 * Query parameters of the pod subresources attach, exec, log, portforward and proxy.
 * @group core v1
 */
import type { Int32, Int64, Time } from '../../scalars.ts';

/**
 * Options of a request to attach to a container's main process.
 * @kind
 */
export interface PodAttachOptions {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Send the client's input to the process.
   * @proto 1
   */
  readonly stdin?: boolean;
  /**
   * Send the process's output to the client.
   * @proto 2
   */
  readonly stdout?: boolean;
  /**
   * Send the process's error output to the client.
   * @proto 3
   */
  readonly stderr?: boolean;
  /**
   * Give the process a terminal.
   * @proto 4
   */
  readonly tty?: boolean;
  /**
   * The container; may be left out when the pod has only one.
   * @proto 5
   */
  readonly container?: string;
}

/**
 * Options of a request to run a command in a container.
 * @kind
 */
export interface PodExecOptions {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Send the client's input to the process.
   * @proto 1
   */
  readonly stdin?: boolean;
  /**
   * Send the process's output to the client.
   * @proto 2
   */
  readonly stdout?: boolean;
  /**
   * Send the process's error output to the client.
   * @proto 3
   */
  readonly stderr?: boolean;
  /**
   * Give the process a terminal.
   * @proto 4
   */
  readonly tty?: boolean;
  /**
   * The container; may be left out when the pod has only one.
   * @proto 5
   */
  readonly container?: string;
  /**
   * The program and its arguments. No shell is involved.
   * @proto 6 @listType atomic
   */
  readonly command: readonly string[];
}

/**
 * Options of a request for a container's log.
 * @kind
 */
export interface PodLogOptions {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The container; may be left out when the pod has only one.
   * @proto 1
   */
  readonly container?: string;
  /**
   * Keep the answer open and send new lines as they come.
   * @proto 2
   */
  readonly follow?: boolean;
  /**
   * The log of the container's previous run.
   * @proto 3
   */
  readonly previous?: boolean;
  /**
   * Only lines of this many last seconds. Not together with `sinceTime`.
   * @proto 4 @explicit
   */
  readonly sinceSeconds?: Int64;
  /**
   * Only lines since this time.
   * @proto 5 @explicit
   */
  readonly sinceTime?: Time;
  /**
   * Put the time in front of each line.
   * @proto 6
   */
  readonly timestamps?: boolean;
  /**
   * Only this many last lines.
   * @proto 7 @explicit
   */
  readonly tailLines?: Int64;
  /**
   * End after this many bytes, even within a line.
   * @proto 8 @explicit
   */
  readonly limitBytes?: Int64;
  /**
   * Do not check the certificate of the node. Logs could then come from someone else.
   * @proto 9
   */
  readonly insecureSkipTLSVerifyBackend?: boolean;
  /**
   * Only `Stdout`, only `Stderr`, or `All` (the default).
   * @proto 10 @explicit @gate PodLogsQuerySplitStreams
   */
  readonly stream?: string;
}

/**
 * Options of a request to forward ports of a pod.
 * @kind
 */
export interface PodPortForwardOptions {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The ports of the pod.
   * @proto 1 @listType atomic
   */
  readonly ports?: readonly Int32[];
}

/**
 * Options of a request that is passed on to a pod.
 * @kind
 */
export interface PodProxyOptions {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The path to ask the pod for.
   * @proto 1
   */
  readonly path?: string;
}
