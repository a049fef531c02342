/** What holds for an API service. */
import { type FieldError, invalid, Path, required } from '@navarch/api/field-error';
import { isDns1035Label, isDns1123Subdomain, isPortNumber } from '@navarch/api/names';
import type { APIService } from '@navarch/api/types/apiregistration/v1';
import { oneOf } from '../checks.ts';
import { listOf } from '../nil.ts';

const groupPriorityMax = 20_000;
const versionPriorityMax = 1_000;

export function validateApiService({ metadata, spec }: APIService): FieldError[] {
  const path = Path.of('spec');
  const { group = '', version = '', service } = spec;
  const errors: FieldError[] = [];
  const wanted = `${version}.${group}`;
  if (metadata.name !== wanted) {
    const detail = `must be \`spec.version+"."+spec.group\`: ${JSON.stringify(wanted)}`;
    errors.push(invalid(Path.of('metadata', 'name'), metadata.name ?? '', detail));
  }
  if (group === '' && version !== 'v1') {
    const detail = 'only v1 may have an empty group and it better be legacy kube';
    errors.push(required(path.child('group'), detail));
  }
  for (const detail of group === '' ? [] : isDns1123Subdomain(group)) {
    errors.push(invalid(path.child('group'), group, detail));
  }
  for (const detail of isDns1035Label(version)) {
    errors.push(invalid(path.child('version'), version, detail));
  }
  errors.push(...priorities(spec, path));
  return [...errors, ...(service ? serviceErrors(spec, path) : localErrors(spec, path))];
}

function priorities(spec: APIService['spec'], path: Path): FieldError[] {
  const errors: FieldError[] = [];
  const { groupPriorityMinimum: group, versionPriority: version } = spec;
  if (group <= 0 || group > groupPriorityMax) {
    const at = path.child('groupPriorityMinimum');
    errors.push(invalid(at, group, `must be positive and less than ${groupPriorityMax}`));
  }
  if (version <= 0 || version > versionPriorityMax) {
    const at = path.child('versionPriority');
    errors.push(invalid(at, version, `must be positive and less than ${versionPriorityMax}`));
  }
  return errors;
}

function localErrors(spec: APIService['spec'], path: Path): FieldError[] {
  const errors: FieldError[] = [];
  if (spec.caBundle) {
    errors.push(
      invalid(path.child('caBundle'), '0 bytes', 'local APIServices may not have a caBundle'),
    );
  }
  if (spec.insecureSkipTLSVerify) {
    const at = path.child('insecureSkipTLSVerify');
    errors.push(invalid(at, true, 'local APIServices may not have insecureSkipTLSVerify'));
  }
  return errors;
}

function serviceErrors(spec: APIService['spec'], path: Path): FieldError[] {
  const errors: FieldError[] = [];
  const at = path.child('service');
  if (!spec.service?.namespace) errors.push(required(at.child('namespace')));
  if (!spec.service?.name) errors.push(required(at.child('name')));
  const port = spec.service?.port ?? 443;
  if (isPortNumber(port).length > 0) {
    errors.push(
      invalid(at.child('port'), port, 'port is not valid: must be between 1 and 65535, inclusive'),
    );
  }
  if (spec.insecureSkipTLSVerify && spec.caBundle) {
    const detail = 'may not be true if caBundle is present';
    errors.push(invalid(path.child('insecureSkipTLSVerify'), true, detail));
  }
  return errors;
}

const conditionStatuses = ['True', 'False', 'Unknown'];

/** Of the status nothing is asked but that conditions hold, do not hold, or may. */
export function validateApiServiceStatus({ status }: APIService): FieldError[] {
  const path = Path.of('status', 'conditions');
  return listOf(status?.conditions).flatMap((condition, i) =>
    oneOf(condition.status, conditionStatuses, path.index(i).child('status')),
  );
}
