/** The flags of auditing: what is remembered of requests, and where. Two places have flags that are alike. */
import type { Flag } from './flags.ts';

/** Where events may go: upstream's names, as they stand in flags. */
export type AuditPlace = 'log' | 'webhook';

function batchFlags(place: AuditPlace, defaults: Readonly<Record<string, string>>): Flag[] {
  const flag = (name: string, value: string, help: string): Flag => {
    const usual = defaults[name];
    return { name: `audit-${place}-${name}`, value, help, ...(usual && { default: usual }) };
  };
  const where = place === 'log' ? 'the audit log' : 'the audit webhook';
  return [
    flag('mode', 'MODE', `of ${where}: batch, blocking (requests wait) or blocking-strict`),
    flag('batch-buffer-size', 'N', `events that may wait for ${where}, in mode batch`),
    flag('batch-max-size', 'N', `events in one batch for ${where}`),
    flag('batch-max-wait', 'TIME', `how long a batch for ${where} waits until it is full`),
    flag('batch-throttle-enable', 'BOOL', `whether batches for ${where} are throttled`),
    flag('batch-throttle-qps', 'N', `batches per second for ${where}, in the long run`),
    flag('batch-throttle-burst', 'N', `batches at once for ${where}, after a pause`),
    flag('truncate-enabled', 'BOOL', `whether events too large for ${where} lose their objects`),
    flag('truncate-max-event-size', 'BYTES', `the largest event for ${where}, when truncating`),
    flag('truncate-max-batch-size', 'BYTES', `the largest batch for ${where}, when truncating`),
    flag('version', 'VERSION', `the format of events in ${where}: audit.k8s.io/v1`),
  ];
}

const always = {
  'batch-buffer-size': '10000',
  'truncate-enabled': 'false',
  'truncate-max-event-size': '102400',
  'truncate-max-batch-size': '10485760',
  version: 'audit.k8s.io/v1',
};

/** What is remembered of requests, and where. */
export const auditFlags: readonly Flag[] = [
  {
    name: 'audit-policy-file',
    value: 'FILE',
    help: 'which requests are audited (audit.k8s.io/v1 Policy); without it none are',
  },
  {
    name: 'audit-log-path',
    value: 'FILE',
    help: 'the log of audited requests; - is standard output',
  },
  {
    name: 'audit-log-format',
    value: 'FORMAT',
    help: 'of the audit log: json or legacy',
    default: 'json',
  },
  {
    name: 'audit-log-maxsize',
    value: 'MB',
    help: 'the audit log is put aside before it is larger; 0: never',
    default: '100',
  },
  {
    name: 'audit-log-maxbackup',
    value: 'N',
    help: 'how many audit logs that were put aside are kept; 0: all',
    default: '100',
  },
  {
    name: 'audit-log-maxage',
    value: 'DAYS',
    help: 'how long audit logs that were put aside are kept; 0: for ever',
    default: '366',
  },
  ...batchFlags('log', {
    ...always,
    mode: 'blocking',
    'batch-max-size': '1',
    'batch-max-wait': '0s',
    'batch-throttle-enable': 'false',
    'batch-throttle-qps': '0',
    'batch-throttle-burst': '0',
  }),
  {
    name: 'audit-webhook-config-file',
    value: 'FILE',
    help: 'a kubeconfig of the server that audited requests are sent to',
  },
  {
    name: 'audit-webhook-initial-backoff',
    value: 'TIME',
    help: 'the pause before events are sent to the audit webhook again; it grows',
    default: '10s',
  },
  ...batchFlags('webhook', {
    ...always,
    mode: 'batch',
    'batch-max-size': '400',
    'batch-max-wait': '30s',
    'batch-throttle-enable': 'true',
    'batch-throttle-qps': '10',
    'batch-throttle-burst': '15',
  }),
];
