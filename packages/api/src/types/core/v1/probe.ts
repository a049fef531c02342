/**
 * Health checks and lifecycle hooks of containers.
 * @group core v1
 */
import type { Int32, Int64, IntOrString } from '../../scalars.ts';

/** @inline ProbeHandler 1 first */
export interface Probe extends ProbeHandler {
  /** @proto 2 */
  readonly initialDelaySeconds?: Int32;
  /** @proto 3 */
  readonly timeoutSeconds?: Int32;
  /** @proto 4 */
  readonly periodSeconds?: Int32;
  /** @proto 5 */
  readonly successThreshold?: Int32;
  /** @proto 6 */
  readonly failureThreshold?: Int32;
  /** @proto 7 @explicit */
  readonly terminationGracePeriodSeconds?: Int64;
}

export interface ProbeHandler {
  /** @proto 1 @explicit */
  readonly exec?: ExecAction;
  /** @proto 2 @explicit */
  readonly httpGet?: HTTPGetAction;
  /** @proto 3 @explicit */
  readonly tcpSocket?: TCPSocketAction;
  /** @proto 4 @explicit */
  readonly grpc?: GRPCAction;
}

export interface ExecAction {
  /** @proto 1 @listType atomic */
  readonly command?: readonly string[];
}

export interface HTTPGetAction {
  /** @proto 1 */
  readonly path?: string;
  /** @proto 2 */
  readonly port: IntOrString;
  /** @proto 3 */
  readonly host?: string;
  /** @proto 4 */
  readonly scheme?: URIScheme;
  /** @proto 5 @listType atomic */
  readonly httpHeaders?: readonly HTTPHeader[];
}

/** @enum */
export type URIScheme = 'HTTP' | 'HTTPS';

export interface HTTPHeader {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 */
  readonly value: string;
}

export interface TCPSocketAction {
  /** @proto 1 */
  readonly port: IntOrString;
  /** @proto 2 */
  readonly host?: string;
}

export interface GRPCAction {
  /** @proto 1 */
  readonly port: Int32;
  /** @proto 2 @nullable @optional @default "" */
  readonly service: string;
}

export interface Lifecycle {
  /** @proto 1 @explicit */
  readonly postStart?: LifecycleHandler;
  /** @proto 2 @explicit */
  readonly preStop?: LifecycleHandler;
  /** @proto 3 @explicit */
  readonly stopSignal?: Signal;
}

export interface LifecycleHandler {
  /** @proto 1 @explicit */
  readonly exec?: ExecAction;
  /** @proto 2 @explicit */
  readonly httpGet?: HTTPGetAction;
  /** @proto 3 @explicit */
  readonly tcpSocket?: TCPSocketAction;
  /** @proto 4 @explicit */
  readonly sleep?: SleepAction;
}

export interface SleepAction {
  /** @proto 1 */
  readonly seconds: Int64;
}

/** @enum */
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
