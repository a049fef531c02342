/** Which conditions of a signing request may change by which way, and their times. */
import type { RequestContext } from '@navarch/api/extension/context';
import { formatTime } from '@navarch/api/time';
import type {
  CertificateSigningRequest,
  CertificateSigningRequestCondition,
} from '@navarch/api/types/certificates/v1';
import { semanticallyEqual } from '../equal.ts';
import { listOf } from '../nil.ts';
import { withMember } from '../strategy.ts';

type Condition = CertificateSigningRequestCondition;

/** Approval: conditions may change, the certificate and the request may not. */
export function approvalOnly(
  submitted: CertificateSigningRequest,
  stored: CertificateSigningRequest,
  context: RequestContext,
): CertificateSigningRequest {
  const conditions = timed(submitted, stored, context);
  const status = withMember({ ...stored.status }, 'conditions', conditions);
  return { ...submitted, spec: stored.spec, status };
}

/** Status: whoever signs may say so or that it failed, but neither approve nor deny. */
export function statusOnly(
  submitted: CertificateSigningRequest,
  stored: CertificateSigningRequest,
  context: RequestContext,
): CertificateSigningRequest {
  const conditions = timed(withDecision(submitted, stored), stored, context);
  return { ...submitted, status: withMember({ ...submitted.status }, 'conditions', conditions) };
}

/** What was decided stays in the words in which it was: only conditions that come or go are told of as an error. */
function withDecision(
  submitted: CertificateSigningRequest,
  stored: CertificateSigningRequest,
): CertificateSigningRequest {
  let conditions = listOf(submitted.status?.conditions);
  for (const type of ['Approved', 'Denied']) {
    const decided = listOf(stored.status?.conditions).filter((old) => old.type === type);
    const isDecision = (condition: Condition): boolean => condition.type === type;
    if (conditions.filter(isDecision).length !== decided.length) continue;
    const left = decided.values();
    conditions = conditions.map((condition) =>
      isDecision(condition) ? (left.next().value ?? condition) : condition,
    );
  }
  return { ...submitted, status: withMember({ ...submitted.status }, 'conditions', conditions) };
}

/** Fills in when each condition last changed, from what is stored or as now. */
function timed(
  submitted: CertificateSigningRequest,
  stored: CertificateSigningRequest,
  { nowMs }: RequestContext,
): readonly Condition[] | undefined {
  const conditions = listOf(submitted.status?.conditions);
  if (conditions.length === 0) return undefined;
  const now = formatTime(nowMs);
  const before = listOf(stored.status?.conditions);
  return conditions.map((condition) => {
    const { status } = condition;
    const same = before.find((old) => old.type === condition.type);
    if (same && semanticallyEqual(same, condition)) return condition;
    const kept = same?.status === status ? same.lastTransitionTime : undefined;
    return {
      ...condition,
      lastUpdateTime: condition.lastUpdateTime ?? now,
      lastTransitionTime: condition.lastTransitionTime ?? kept ?? now,
    };
  });
}
