/**
 * Health checks and lifecycle hooks of containers.
 * @group core v1
 */
import type { Int32, Int64, IntOrString } from '../../scalars.ts';

/**
 * A check of a container, repeated. One kind of check is set.
 * @inline ProbeHandler 1 first
 */
export interface Probe extends ProbeHandler {
  /**
   * Seconds after the start until the first check. Defaults to 0.
   * @proto 2
   */
  readonly initialDelaySeconds?: Int32;
  /**
   * Seconds until a check counts as failed. Defaults to 1, at least 1.
   * @proto 3
   */
  readonly timeoutSeconds?: Int32;
  /**
   * Seconds between checks. Defaults to 10, at least 1.
   * @proto 4
   */
  readonly periodSeconds?: Int32;
  /**
   * How many checks in a row must pass after a failure. Defaults to 1, and must be 1 for liveness
   * and startup.
   * @proto 5
   */
  readonly successThreshold?: Int32;
  /**
   * How many checks in a row must fail. Defaults to 3, at least 1.
   * @proto 6
   */
  readonly failureThreshold?: Int32;
  /**
   * Seconds that the container gets to end when this probe fails, instead of the pod's. At least 1.
   * Not for readiness.
   * @proto 7 @explicit
   */
  readonly terminationGracePeriodSeconds?: Int64;
}

/** The kind of check. One of them is set. */
export interface ProbeHandler {
  /**
   * Run a command; it passes when it exits with 0.
   * @proto 1 @explicit
   */
  readonly exec?: ExecAction;
  /**
   * Make an HTTP request; it passes with a status from 200 to 399.
   * @proto 2 @explicit
   */
  readonly httpGet?: HTTPGetAction;
  /**
   * Open a TCP connection; it passes when that works.
   * @proto 3 @explicit
   */
  readonly tcpSocket?: TCPSocketAction;
  /**
   * Call the gRPC health service.
   * @proto 4 @explicit
   */
  readonly grpc?: GRPCAction;
}

/** A command to run in the container. */
export interface ExecAction {
  /**
   * The program and its arguments. No shell is involved.
   * @proto 1 @listType atomic
   */
  readonly command?: readonly string[];
}

/** An HTTP request to make. */
export interface HTTPGetAction {
  /**
   * The path to ask for.
   * @proto 1
   */
  readonly path?: string;
  /**
   * The port, as a number or by the name that the container gives it.
   * @proto 2
   */
  readonly port: IntOrString;
  /**
   * The host to connect to; by default the pod's address.
   * @proto 3
   */
  readonly host?: string;
  /**
   * `HTTP` (the default) or `HTTPS`, which does not check certificates.
   * @proto 4
   */
  readonly scheme?: URIScheme;
  /**
   * Headers to send. A name may occur more than once.
   * @proto 5 @listType atomic
   */
  readonly httpHeaders?: readonly HTTPHeader[];
}

/**
 * The scheme of a URL.
 * @enum
 */
export type URIScheme = 'HTTP' | 'HTTPS';

/** A header of an HTTP request. */
export interface HTTPHeader {
  /**
   * Its name.
   * @proto 1
   */
  readonly name: string;
  /**
   * Its value.
   * @proto 2
   */
  readonly value: string;
}

/** A TCP connection to open. */
export interface TCPSocketAction {
  /**
   * The port, as a number or by the name that the container gives it.
   * @proto 1
   */
  readonly port: IntOrString;
  /**
   * The host to connect to; by default the pod's address.
   * @proto 2
   */
  readonly host?: string;
}

/** A call of the gRPC health service. */
export interface GRPCAction {
  /**
   * The port, 1 to 65535.
   * @proto 1
   */
  readonly port: Int32;
  /**
   * The service to ask about, as the health protocol has it. Empty for the server as a whole.
   * @proto 2 @nullable @optional @default ""
   */
  readonly service: string;
}

/** What to do at the start and at the stop of a container. */
export interface Lifecycle {
  /**
   * Done right after the start. When it fails, the container is restarted.
   * @proto 1 @explicit
   */
  readonly postStart?: LifecycleHandler;
  /**
   * Done before the container is stopped by the system. It counts against the grace period.
   * @proto 2 @explicit
   */
  readonly preStop?: LifecycleHandler;
  /**
   * The signal that stops the container; by default what the image says. Needs `spec.os`.
   * @proto 3 @explicit
   */
  readonly stopSignal?: Signal;
}

/** What to do. One of them is set. */
export interface LifecycleHandler {
  /**
   * Run a command in the container.
   * @proto 1 @explicit
   */
  readonly exec?: ExecAction;
  /**
   * Make an HTTP request.
   * @proto 2 @explicit
   */
  readonly httpGet?: HTTPGetAction;
  /**
   * Not supported, and kept only so that old objects stay valid.
   * @proto 3 @explicit
   */
  readonly tcpSocket?: TCPSocketAction;
  /**
   * Wait.
   * @proto 4 @explicit
   */
  readonly sleep?: SleepAction;
}

/** A wait. */
export interface SleepAction {
  /**
   * How long.
   * @proto 1
   */
  readonly seconds: Int64;
}

/**
 * A signal that stops a container.
 * @enum
 */
export type Signal =
  | 'SIGABRT'
  | 'SIGALRM'
  | 'SIGBUS'
  | 'SIGCHLD'
  | 'SIGCLD'
  | 'SIGCONT'
  | 'SIGFPE'
  | 'SIGHUP'
  | 'SIGILL'
  | 'SIGINT'
  | 'SIGIO'
  | 'SIGIOT'
  | 'SIGKILL'
  | 'SIGPIPE'
  | 'SIGPOLL'
  | 'SIGPROF'
  | 'SIGPWR'
  | 'SIGQUIT'
  | 'SIGSEGV'
  | 'SIGSTKFLT'
  | 'SIGSTOP'
  | 'SIGSYS'
  | 'SIGTERM'
  | 'SIGTRAP'
  | 'SIGTSTP'
  | 'SIGTTIN'
  | 'SIGTTOU'
  | 'SIGURG'
  | 'SIGUSR1'
  | 'SIGUSR2'
  | 'SIGVTALRM'
  | 'SIGWINCH'
  | 'SIGXCPU'
  | 'SIGXFSZ'
  | 'SIGRTMIN'
  | 'SIGRTMIN+1'
  | 'SIGRTMIN+2'
  | 'SIGRTMIN+3'
  | 'SIGRTMIN+4'
  | 'SIGRTMIN+5'
  | 'SIGRTMIN+6'
  | 'SIGRTMIN+7'
  | 'SIGRTMIN+8'
  | 'SIGRTMIN+9'
  | 'SIGRTMIN+10'
  | 'SIGRTMIN+11'
  | 'SIGRTMIN+12'
  | 'SIGRTMIN+13'
  | 'SIGRTMIN+14'
  | 'SIGRTMIN+15'
  | 'SIGRTMAX-14'
  | 'SIGRTMAX-13'
  | 'SIGRTMAX-12'
  | 'SIGRTMAX-11'
  | 'SIGRTMAX-10'
  | 'SIGRTMAX-9'
  | 'SIGRTMAX-8'
  | 'SIGRTMAX-7'
  | 'SIGRTMAX-6'
  | 'SIGRTMAX-5'
  | 'SIGRTMAX-4'
  | 'SIGRTMAX-3'
  | 'SIGRTMAX-2'
  | 'SIGRTMAX-1'
  | 'SIGRTMAX';
