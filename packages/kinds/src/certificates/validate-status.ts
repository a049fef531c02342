/** What may become of a signing request: it is approved or denied by those who may, and signed by another. */
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  Path,
  required,
} from '@navarch/api/field-error';
import type {
  CertificateSigningRequest,
  CertificateSigningRequestCondition,
} from '@navarch/api/types/certificates/v1';
import { goForm, type GoForm } from '../core/go-form.ts';
import { printed } from '../core/go-value.ts';
import { semanticallyEqual } from '../equal.ts';
import { listOf } from '../nil.ts';
import { unifiedDifference } from '../unified-difference.ts';
import { certificatesProblem } from './forms.ts';
import { pemBlocks } from './pem.ts';

const conditionsPath = Path.of('status', 'conditions');
const certificatePath = Path.of('status', 'certificate');

type Condition = CertificateSigningRequestCondition;

/** Who may do what by which subresource. */
type Way = 'status' | 'approval';

/** By the status subresource: sign, or say that it failed, but not approve or deny. */
export function validateStatusUpdate(
  object: CertificateSigningRequest,
  stored: CertificateSigningRequest,
): FieldError[] {
  return statusErrors(object, stored, 'status');
}

/** By the approval subresource: approve or deny. */
export function validateApproval(
  object: CertificateSigningRequest,
  stored: CertificateSigningRequest,
): FieldError[] {
  return statusErrors(object, stored, 'approval');
}

function statusErrors(
  object: CertificateSigningRequest,
  stored: CertificateSigningRequest,
  way: Way,
): FieldError[] {
  const conditions = listOf(object.status?.conditions);
  const before = listOf(stored.status?.conditions);
  const certificate = object.status?.certificate ?? '';
  const known = stored.status?.certificate ?? '';
  const errors = conditions.flatMap((condition, i) =>
    conditionErrors(condition, conditions.slice(0, i), i, before),
  );
  // One that was let through earlier may be replaced by anything.
  const problem =
    certificate === known || certificateProblem(known) !== undefined
      ? undefined
      : certificateProblem(certificate);
  if (problem !== undefined) errors.push(invalid(certificatePath, '<certificate data>', problem));
  errors.push(...changeErrors(conditions, before, way));
  if (certificate === known) return errors;
  if (way !== 'status') {
    errors.push(forbidden(certificatePath, 'updates may not set certificate content'));
  } else if (known !== '') {
    errors.push(forbidden(certificatePath, 'updates may not modify existing certificate content'));
  }
  return errors;
}

const decided: readonly string[] = ['Approved', 'Denied', 'Failed'];

/** What is wrong in what is stored is tolerated. */
function conditionErrors(
  { type, status }: Condition,
  earlier: readonly Condition[],
  i: number,
  stored: readonly Condition[],
): FieldError[] {
  const at = conditionsPath.index(i);
  const errors: FieldError[] = [];
  const has = (list: readonly Condition[], wanted: string) =>
    list.some((known) => known.type === wanted);
  if (type === '' && !has(stored, '')) errors.push(required(at.child('type')));
  const choices = decided.includes(type) ? ['True'] : ['False', 'True', 'Unknown'];
  if (status === '') errors.push(required(at.child('status')));
  else if (!choices.includes(status)) {
    errors.push(notSupported(at.child('status'), status, choices));
  }
  const opposite = type === 'Denied' ? 'Approved' : type === 'Approved' ? 'Denied' : undefined;
  const both = has(stored, 'Approved') && has(stored, 'Denied');
  if (opposite && !both && has(earlier, opposite)) {
    const detail = 'Approved and Denied conditions are mutually exclusive';
    errors.push(invalid(conditionsPath, type, detail));
  }
  const repeated = new Set(stored.map((known) => known.type)).size < stored.length;
  if (!repeated && has(earlier, type)) errors.push(duplicate(at.child('type'), type));
  return errors;
}

/** Nothing at all is fine. */
function certificateProblem(certificate: string): string | undefined {
  if (certificate === '') return undefined;
  const blocks = pemBlocks(certificate);
  for (const { type, hasHeaders, bytes } of blocks) {
    if (type !== 'CERTIFICATE') {
      return `only CERTIFICATE PEM blocks are allowed, found ${JSON.stringify(type)}`;
    }
    if (hasHeaders) return 'no PEM block headers are permitted';
    const problem = certificatesProblem(bytes);
    if (problem !== undefined) return problem;
  }
  return blocks.length === 0 ? 'must contain at least one CERTIFICATE PEM block' : undefined;
}

/** What was decided stays decided; only approval approves and denies. */
function changeErrors(
  conditions: readonly Condition[],
  before: readonly Condition[],
  way: Way,
): FieldError[] {
  const errors: FieldError[] = [];
  const of = (list: readonly Condition[], type: string) =>
    list.filter((known) => known.type === type);
  for (const type of decided) {
    if (of(conditions, type).length >= of(before, type).length) continue;
    const detail = `updates may not remove a condition of type ${JSON.stringify(type)}`;
    errors.push(forbidden(conditionsPath, detail));
  }
  if (way === 'approval') return errors;
  for (const type of ['Approved', 'Denied']) {
    const [now, then] = [of(conditions, type), of(before, type)];
    if (now.length > then.length) {
      const detail = `updates may not add a condition of type ${JSON.stringify(type)}`;
      errors.push(forbidden(conditionsPath, detail));
    } else if (now.length === then.length && !semanticallyEqual(now, then)) {
      const difference = unifiedDifference(shown(then), shown(now));
      const detail = `updates may not modify a condition of type ${JSON.stringify(type)}\n${difference}`;
      errors.push(forbidden(conditionsPath, detail));
    }
  }
  return errors;
}

const conditionForm: GoForm = [
  ['Type', 'type', ''],
  ['Status', 'status', ''],
  ['Reason', 'reason', ''],
  ['Message', 'message', ''],
  ['LastUpdateTime', 'lastUpdateTime', null],
  ['LastTransitionTime', 'lastTransitionTime', null],
];

function shown(conditions: readonly Condition[]): string {
  return printed(conditions.map((condition) => goForm(conditionForm, condition)));
}
