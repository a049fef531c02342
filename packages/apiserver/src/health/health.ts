/**
 * /healthz, /livez and /readyz: named checks, each asked on its own, or together. The texts are upstream's: probes and
 * people compare them.
 */
import type { ApiResponse } from '../request/request.ts';
import { notFoundPage, textResponse } from '../http/answers.ts';

export interface HealthCheck {
  readonly name: string;
  /** Undefined when all is well, else why not. What it says goes to the log, not to the client. */
  check(): string | undefined;
}

export type HealthEndpoint = 'healthz' | 'livez' | 'readyz';

export interface HealthReport {
  readonly response: ApiResponse;
  /** What to log. */
  readonly failures: readonly { readonly name: string; readonly reason: string }[];
  /** What was found of each check, when all were asked: what indicators of the service level count. */
  readonly findings: readonly HealthFinding[];
}

export interface HealthFinding {
  readonly name: string;
  readonly isWell: boolean;
}

/** Answers `/<endpoint>` and `/<endpoint>/<check>`; undefined for another path. */
export function answerHealth(
  endpoint: HealthEndpoint,
  checks: readonly HealthCheck[],
  path: string,
  query: string,
): HealthReport {
  const name = path.slice(endpoint.length + 2).replace(/\/$/, '');
  if (name === '') return answerAll(endpoint, checks, new URLSearchParams(query));
  const check = checks.find((candidate) => candidate.name === name);
  if (!check) return { response: notFoundPage, failures: [], findings: [] };
  const reason = check.check();
  if (reason === undefined) {
    return { response: textResponse(200, 'ok'), failures: [], findings: [] };
  }
  return {
    response: textResponse(500, `internal server error: ${reason}\n`),
    failures: [{ name, reason }],
    findings: [],
  };
}

function answerAll(
  endpoint: HealthEndpoint,
  checks: readonly HealthCheck[],
  query: URLSearchParams,
): HealthReport {
  const excluded = new Set(query.getAll('exclude'));
  const failures: { name: string; reason: string }[] = [];
  const findings: HealthFinding[] = [];
  let lines = '';
  for (const candidate of checks) {
    const { name } = candidate;
    if (excluded.delete(name)) {
      lines += `[+]${name} excluded: ok\n`;
      continue;
    }
    const reason = candidate.check();
    findings.push({ name, isWell: reason === undefined });
    if (reason === undefined) {
      lines += `[+]${name} ok\n`;
    } else {
      lines += `[-]${name} failed: reason withheld\n`;
      failures.push({ name, reason });
    }
  }
  if (excluded.size > 0) lines += unmatched([...excluded]);
  if (failures.length > 0) {
    const response = textResponse(500, `${lines}${endpoint} check failed\n`);
    return { response, failures, findings };
  }
  const text = query.has('verbose') ? `${lines}${endpoint} check passed\n` : 'ok';
  return { response: textResponse(200, text), failures, findings };
}

function unmatched(names: readonly string[]): string {
  const quoted = names.map((name) => JSON.stringify(name)).join(', ');
  return `warn: some health checks cannot be excluded: no matches for ${quoted}\n`;
}
