/** Rules for when a single container starts again, beside what holds for the pod. */
import { invalid, type Path, required, tooMany } from '@navarch/api/field-error';
import type { Container, ContainerRestartRule } from '@navarch/api/types/core/v1/container';
import { listOf } from '../../nil.ts';
import { checkChoice, checkRequiredChoice, type Errors } from '../checks.ts';

const policies: readonly string[] = ['Always', 'Never', 'OnFailure'];
const operators: readonly string[] = ['In', 'NotIn'];
const actions: readonly string[] = ['Restart', 'RestartAllContainers'];
const rulesMax = 20;
const exitCodesMax = 255;

export function checkRestartRules(container: Container, path: Path, errors: Errors): void {
  const { restartPolicy, restartPolicyRules } = container;
  if (restartPolicy !== undefined)
    checkChoice(restartPolicy, policies, path.child('restartPolicy'), errors);
  const rules = listOf(restartPolicyRules);
  if (rules.length === 0) return;
  const at = path.child('restartPolicyRules');
  if (restartPolicy === undefined) {
    errors.push(
      required(
        path.child('restartPolicy'),
        'must specify restartPolicy when restart rules are used',
      ),
    );
  }
  if (rules.length > rulesMax) errors.push(tooMany(at, rules.length, rulesMax));
  for (const [index, rule] of rules.entries()) checkRule(rule, at.index(index), errors);
}

function checkRule({ action, exitCodes }: ContainerRestartRule, path: Path, errors: Errors): void {
  checkRequiredChoice(action, actions, path.child('action'), errors);
  if (exitCodes === undefined) {
    errors.push(required(path.child('exitCodes'), 'must be specified'));
    return;
  }
  const at = path.child('exitCodes');
  checkRequiredChoice(exitCodes.operator, operators, at.child('operator'), errors);
  const values = listOf(exitCodes.values);
  if (values.length === 0)
    errors.push(invalid(at.child('values'), values, 'must specify at least one value'));
  if (values.length > exitCodesMax)
    errors.push(tooMany(at.child('values'), values.length, exitCodesMax));
}
