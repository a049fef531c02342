/** What holds for an ingress: rules that can be matched, and backends that can be found. */
import { type FieldError, invalid, Path, required } from '@navarch/api/field-error';
import {
  isDns1035Label,
  isDns1123Subdomain,
  isPortName,
  isPortNumber,
  isWildcardDns1123Subdomain,
} from '@navarch/api/names';
import type {
  HTTPIngressPath,
  Ingress,
  IngressBackend,
  IngressServiceBackend,
  IngressSpec,
  IngressTLS,
} from '@navarch/api/types/networking/v1';
import { oneOf } from '../../checks.ts';
import { invalidIpText, parseIp } from '../../core/ip.ts';
import { listOf } from '../../nil.ts';
import { validateObjectReference } from '../validate-object-reference.ts';

/** How classes were named before the spec had a member for it. */
export const classAnnotation = 'kubernetes.io/ingress.class';
const pathTypes = ['Exact', 'ImplementationSpecific', 'Prefix'];
const badSequences = ['//', '/./', '/../', '%2f', '%2F'];
const badSuffixes = ['/..', '/.'];
const notAnIpText = 'must be a DNS name, not an IP address';
const absoluteText = 'must be an absolute path';

/** What was stored before there was a rule for it is tolerated. */
interface Leniency {
  /** Rules for hosts with wildcards are not looked into. */
  readonly anyWildcardRules: boolean;
  readonly anySecretNames: boolean;
}

const strict: Leniency = { anyWildcardRules: false, anySecretNames: false };

export function validateIngressUpdate(object: Ingress, stored: Ingress): FieldError[] {
  return validateSpec(object.spec, Path.of('spec'), {
    anyWildcardRules: listOf(stored.spec.rules).some(
      ({ host, http }) =>
        host?.includes('*') === true &&
        http !== undefined &&
        validatePaths(listOf(http.paths), Path.root).length > 0,
    ),
    anySecretNames: listOf(stored.spec.tls).some(
      ({ secretName = '' }) => secretName !== '' && isDns1123Subdomain(secretName).length > 0,
    ),
  });
}

export function validateIngressCreate(object: Ingress): FieldError[] {
  const errors = validateSpec(object.spec, Path.of('spec'), strict);
  return [...errors, ...validateClassAnnotation(object)];
}

/** Updates may keep both, for clients that move from one to the other. */
function validateClassAnnotation({ metadata, spec }: Ingress): FieldError[] {
  const annotation = metadata.annotations?.[classAnnotation];
  const { ingressClassName } = spec;
  if (annotation === undefined || ingressClassName === undefined) return [];
  if (annotation === ingressClassName) return [];
  const detail = 'must match `ingressClassName` when both are specified';
  return [invalid(Path.of('annotations', classAnnotation), annotation, detail)];
}

function validateSpec(spec: IngressSpec, path: Path, leniency: Leniency): FieldError[] {
  const errors: FieldError[] = [];
  const rules = listOf(spec.rules);
  if (rules.length === 0 && !spec.defaultBackend) {
    errors.push(
      invalid(path, spec.rules ?? null, 'either `defaultBackend` or `rules` must be specified'),
    );
  }
  if (spec.defaultBackend) {
    errors.push(...validateBackend(spec.defaultBackend, path.child('defaultBackend')));
  }
  for (const [i, { host, http }] of rules.entries()) {
    const at = path.child('rules').index(i);
    if (host) errors.push(...validateHost(host, at.child('host')));
    if (leniency.anyWildcardRules && host?.includes('*')) continue;
    if (http) errors.push(...validatePaths(listOf(http.paths), at.child('http').child('paths')));
  }
  for (const [i, tls] of listOf(spec.tls).entries()) {
    errors.push(...validateTls(tls, path.child('tls').index(i), leniency));
  }
  if (spec.ingressClassName !== undefined) {
    errors.push(...subdomain(spec.ingressClassName, path.child('ingressClassName')));
  }
  return errors;
}

function validateHost(host: string, path: Path): FieldError[] {
  const errors = parseIp(host) === undefined ? [] : [invalid(path, host, notAnIpText)];
  return [...errors, ...maybeWildcard(host, path)];
}

function maybeWildcard(host: string, path: Path): FieldError[] {
  const details = host.includes('*') ? isWildcardDns1123Subdomain(host) : isDns1123Subdomain(host);
  return details.map((detail) => invalid(path, host, detail));
}

function subdomain(text: string, path: Path): FieldError[] {
  return isDns1123Subdomain(text).map((detail) => invalid(path, text, detail));
}

function validatePaths(paths: readonly HTTPIngressPath[], path: Path): FieldError[] {
  if (paths.length === 0) return [required(path)];
  return paths.flatMap((entry, i) => validatePath(entry, path.index(i)));
}

function validatePath(entry: HTTPIngressPath, at: Path): FieldError[] {
  const { pathType } = entry;
  if (!pathType) return [required(at.child('pathType'), 'pathType must be specified')];
  const path = entry.path ?? '';
  const pathAt = at.child('path');
  const errors = oneOf(pathType, pathTypes, at.child('pathType'));
  const mayBeEmpty = pathType === 'ImplementationSpecific';
  if (errors.length === 0 && !path.startsWith('/') && !(mayBeEmpty && path === '')) {
    errors.push(invalid(pathAt, path, absoluteText));
  }
  if (pathType === 'Exact' || pathType === 'Prefix') errors.push(...escapes(path, pathAt));
  return [...errors, ...validateBackend(entry.backend, at.child('backend'))];
}

/** Texts that servers read in different ways, so that a rule would not hold for what it names. */
function escapes(path: string, at: Path): FieldError[] {
  const sequences = badSequences.filter((sequence) => path.includes(sequence));
  const suffixes = badSuffixes.filter((suffix) => path.endsWith(suffix));
  return [
    ...sequences.map((sequence) => invalid(at, path, `must not contain '${sequence}'`)),
    ...suffixes.map((suffix) => invalid(at, path, `cannot end with '${suffix}'`)),
  ];
}

function validateBackend(backend: IngressBackend, path: Path): FieldError[] {
  const { resource, service } = backend;
  if (resource && service) {
    return [invalid(path, '', 'cannot set both resource and service backends')];
  }
  if (resource) return validateObjectReference(resource, path.child('resource'));
  if (service) return validateServiceBackend(service, path);
  return [invalid(path, '', 'resource or service backend is required')];
}

function validateServiceBackend({ name, port }: IngressServiceBackend, path: Path): FieldError[] {
  const service = path.child('service');
  const nameAt = service.child('name');
  const errors = name
    ? isDns1035Label(name).map((detail) => invalid(nameAt, name, detail))
    : [required(nameAt)];
  if (port?.name && port.number) {
    errors.push(invalid(path, '', 'cannot set both port name & port number'));
  } else if (port?.name) {
    const at = service.child('port').child('name');
    errors.push(...isPortName(port.name).map((detail) => invalid(at, port.name, detail)));
  } else if (port?.number) {
    const at = service.child('port').child('number');
    errors.push(...isPortNumber(port.number).map((detail) => invalid(at, port.number, detail)));
  } else {
    errors.push(required(path, 'port name or number is required'));
  }
  return errors;
}

function validateTls(
  { hosts, secretName }: IngressTLS,
  path: Path,
  { anySecretNames }: Leniency,
): FieldError[] {
  return [
    ...listOf(hosts).flatMap((host, i) => maybeWildcard(host, path.child('hosts').index(i))),
    ...(secretName && !anySecretNames ? subdomain(secretName, path.child('secretName')) : []),
  ];
}

export function validateIngressStatus({ status }: Ingress): FieldError[] {
  const path = Path.of('status', 'loadBalancer', 'ingress');
  return listOf(status?.loadBalancer?.ingress).flatMap(({ ip, hostname }, i) => {
    const errors: FieldError[] = [];
    const at = path.index(i);
    if (ip && parseIp(ip) === undefined) errors.push(invalid(at.child('ip'), ip, invalidIpText));
    if (hostname) {
      errors.push(...subdomain(hostname, at.child('hostname')));
      if (parseIp(hostname)) errors.push(invalid(at.child('hostname'), hostname, notAnIpText));
    }
    return errors;
  });
}
