/** Rules for environment variables, and for the references to the pod's own fields that volumes share with them. */
import { invalid, notSupported, type Path, required } from '@navarch/api/field-error';
import {
  isConfigMapKey,
  isDns1123Subdomain,
  isQualifiedName,
  isRelaxedEnvVarName,
} from '@navarch/api/names';
import { Quantity } from '@navarch/api/quantity';
import type {
  EnvFromSource,
  EnvVar,
  EnvVarSource,
  FileKeySelector,
  ObjectFieldSelector,
  ResourceFieldSelector,
} from '@navarch/api/types/core/v1/environment';
import { checkText, type Errors } from '../checks.ts';
import { checkLocalPath } from './paths.ts';
import type { PodScope } from './scope.ts';

const severalText = 'may not have more than one field specified at a time';

export function checkEnv(variables: readonly EnvVar[], path: Path, scope: PodScope): void {
  const { errors } = scope;
  for (const [index, { name, value, valueFrom }] of variables.entries()) {
    const at = path.index(index);
    if (name === '') errors.push(required(at.child('name')));
    else checkText(isRelaxedEnvVarName, name, at.child('name'), errors);
    if (valueFrom) checkSource(valueFrom, value ?? '', at.child('valueFrom'), scope);
  }
}

function checkSource(source: EnvVarSource, value: string, path: Path, scope: PodScope): void {
  const { errors } = scope;
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = source;
  if (fieldRef) checkFieldRef(fieldRef, envFields, path.child('fieldRef'), errors);
  if (resourceFieldRef) checkResourceRef(resourceFieldRef, path.child('resourceFieldRef'), errors);
  if (configMapKeyRef) checkKeyRef(configMapKeyRef, path.child('configMapKeyRef'), errors);
  if (secretKeyRef) checkKeyRef(secretKeyRef, path.child('secretKeyRef'), errors);
  if (fileKeyRef) checkFileKeyRef(fileKeyRef, path.child('fileKeyRef'), scope);
  const count = Object.values(source).filter((member) => member !== undefined).length;
  if (count === 0) {
    const text =
      'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`';
    errors.push(invalid(path, '', text));
  } else if (value !== '') {
    errors.push(invalid(path, '', 'may not be specified when `value` is not empty'));
  } else if (count > 1) {
    errors.push(invalid(path, '', severalText));
  }
}

interface KeyRef {
  readonly name?: string;
  readonly key: string;
}

function checkKeyRef({ name = '', key }: KeyRef, path: Path, errors: Errors): void {
  checkText(isDns1123Subdomain, name, path.child('name'), errors);
  if (key === '') errors.push(required(path.child('key')));
  else checkText(isConfigMapKey, key, path.child('key'), errors);
}

function checkFileKeyRef(
  { key, volumeName, path: file }: FileKeySelector,
  path: Path,
  scope: PodScope,
): void {
  const { errors, volumes } = scope;
  if (key === '') errors.push(required(path.child('key')));
  else checkText(isRelaxedEnvVarName, key, path.child('key'), errors);
  if (volumeName === '') errors.push(required(path.child('volumeName')));
  else if (volumes.has(volumeName) && volumes.get(volumeName)?.emptyDir === undefined) {
    errors.push(
      invalid(path.child('volumeName'), volumeName, 'referenced volume must be of type emptyDir'),
    );
  }
  if (file === '') errors.push(required(path.child('path')));
  else checkLocalPath(file, path.child('path'), errors);
}

export function checkEnvFrom(sources: readonly EnvFromSource[], path: Path, errors: Errors): void {
  for (const [index, { prefix = '', configMapRef, secretRef }] of sources.entries()) {
    const at = path.index(index);
    if (prefix !== '') checkText(isRelaxedEnvVarName, prefix, at.child('prefix'), errors);
    if (configMapRef) checkSourceName(configMapRef.name, at.child('configMapRef'), errors);
    if (secretRef) checkSourceName(secretRef.name, at.child('secretRef'), errors);
    // Upstream blames the list for what one entry lacks.
    if (!configMapRef && !secretRef) {
      errors.push(invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`'));
    } else if (configMapRef && secretRef) errors.push(invalid(path, '', severalText));
  }
}

function checkSourceName(name: string | undefined, path: Path, errors: Errors): void {
  if (!name) {
    errors.push(required(path.child('name')));
    return;
  }
  // Names that a suffix may still follow: a dash at the end is fine.
  const complete = name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name;
  for (const message of isDns1123Subdomain(complete)) {
    errors.push(invalid(path.child('name'), name, message));
  }
}

/** Fields that environment variables can be taken from. In the order in which messages list them. */
export const envFields: readonly string[] = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

/** Fields that files of a volume can be taken from. */
export const volumeFields: readonly string[] = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];

const knownFields: ReadonlySet<string> = new Set([
  ...envFields,
  ...volumeFields,
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
]);

/** What very old clients call a field, and what it is called now. */
const oldFields: ReadonlyMap<string, string> = new Map([['spec.host', 'spec.nodeName']]);

const subscripted = /^(.*)\['(.*)'\]$/s;

export function checkFieldRef(
  { apiVersion, fieldPath: written }: ObjectFieldSelector,
  allowed: readonly string[],
  path: Path,
  errors: Errors,
): void {
  if (!apiVersion) {
    errors.push(required(path.child('apiVersion')));
    return;
  }
  const at = path.child('fieldPath');
  const fieldPath = oldFields.get(written) ?? written;
  if (fieldPath === '') {
    errors.push(required(at));
    return;
  }
  const match = subscripted.exec(fieldPath);
  const problem = unconvertible(apiVersion, fieldPath, match?.[1]);
  if (problem !== undefined) {
    errors.push(invalid(at, fieldPath, `error converting fieldPath: ${problem}`));
  } else if (match) {
    const key = match[2] ?? '';
    const isAnnotation = match[1] === 'metadata.annotations';
    checkText(isQualifiedName, isAnnotation ? key.toLowerCase() : key, path, errors);
  } else if (!allowed.includes(fieldPath)) errors.push(notSupported(at, fieldPath, allowed));
}

function unconvertible(
  apiVersion: string,
  fieldPath: string,
  base: string | undefined,
): string | undefined {
  if (apiVersion !== 'v1') return `unsupported pod version: ${apiVersion}`;
  if (base !== undefined) {
    return base === 'metadata.annotations' || base === 'metadata.labels'
      ? undefined
      : `field label does not support subscript: ${fieldPath}`;
  }
  return knownFields.has(fieldPath) ? undefined : `field label not supported: ${fieldPath}`;
}

const resourceFields: readonly string[] = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];

/** In a volume the container must be named; a variable belongs to one already. */
export function checkResourceRef(
  { containerName, resource, divisor }: ResourceFieldSelector,
  path: Path,
  errors: Errors,
  place: 'variable' | 'volume' = 'variable',
): void {
  if (place === 'volume' && !containerName) errors.push(required(path.child('containerName')));
  else if (resource === '') errors.push(required(path.child('resource')));
  else if (!resourceFields.includes(resource) && !isHugePagesField(resource)) {
    errors.push(notSupported(path.child('resource'), resource, resourceFields));
  }
  checkDivisor(resource, divisor, path.child('divisor'), errors);
}

function isHugePagesField(resource: string): boolean {
  return /^(requests|limits)\.hugepages-/.test(resource);
}

const byteDivisors: readonly string[] = [
  '1',
  '1k',
  '1M',
  '1G',
  '1T',
  '1P',
  '1E',
  '1Ki',
  '1Mi',
  '1Gi',
  '1Ti',
  '1Pi',
  '1Ei',
];

const byteWords: readonly (readonly [RegExp, string])[] = [
  [/\.memory$/, 'memory'],
  [/\.ephemeral-storage$/, 'local ephemeral storage'],
  [/\.hugepages-/, 'hugepages'],
];

function checkDivisor(
  resource: string,
  divisor: string | undefined,
  path: Path,
  errors: Errors,
): void {
  if (divisor === undefined || divisor === '0' || Quantity.parse(divisor).isZero()) return;
  if (resource.endsWith('.cpu')) {
    if (divisor === '1' || divisor === '1m') return;
    errors.push(
      invalid(path, resource, "only divisor's values 1m and 1 are supported with the cpu resource"),
    );
    return;
  }
  const word = byteWords.find(([pattern]) => pattern.test(resource))?.[1];
  if (word === undefined || byteDivisors.includes(divisor)) return;
  const text = `only divisor's values ${byteDivisors.join(', ')} are supported with the ${word} resource`;
  errors.push(invalid(path, resource, text));
}
