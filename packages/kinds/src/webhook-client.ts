/** What holds for the ways that the server may reach a webhook. */
import { type FieldError, invalid, type Path, required } from '@navarch/api/field-error';
import { isDns1035Label, isDns1123Subdomain, isPortNumber } from '@navarch/api/names';

interface ServiceReference {
  readonly namespace: string;
  readonly name: string;
  readonly path?: string;
  readonly port?: number;
}

interface ClientConfig {
  readonly url?: string;
  readonly service?: ServiceReference;
}

export const knownReviewVersions = ['v1', 'v1beta1'];
const form = '; desired format: https://host[/path]';

export function validateWebhookClient({ url, service }: ClientConfig, path: Path): FieldError[] {
  if ((url === undefined) === (service === undefined)) {
    return [required(path, 'exactly one of url or service is required')];
  }
  if (url !== undefined) return validateUrl(url, path.child('url'));
  return service ? validateService(service, path.child('service')) : [];
}

/** Scheme, user with password, host, query and fragment, as they stand. */
const urlPattern =
  /^(?:(?<scheme>[a-zA-Z][-+.a-zA-Z0-9]*):)?(?:\/\/(?:(?<user>[^/?#]*)@)?(?<host>[^/?#]*))?[^?#]*(?:\?(?<query>[^#]*))?(?:#(?<fragment>.*))?$/;

function validateUrl(text: string, path: Path): FieldError[] {
  if (text.startsWith(':')) {
    const problem = `parse ${JSON.stringify(text)}: missing protocol scheme`;
    return [required(path, `url must be a valid URL: ${problem}${form}`)];
  }
  const { scheme = '', user, host = '', query, fragment } = urlPattern.exec(text)?.groups ?? {};
  const errors: FieldError[] = [];
  if (scheme !== 'https') {
    errors.push(invalid(path, scheme, `'https' is the only allowed URL scheme${form}`));
  }
  if (host === '') errors.push(invalid(path, host, `host must be specified${form}`));
  if (user !== undefined) {
    errors.push(invalid(path, user, 'user information is not permitted in the URL'));
  }
  if (fragment) errors.push(invalid(path, fragment, 'fragments are not permitted in the URL'));
  if (query) errors.push(invalid(path, query, 'query parameters are not permitted in the URL'));
  return errors;
}

function validateService(service: ServiceReference, at: Path): FieldError[] {
  const { namespace, name, path, port = 443 } = service;
  const errors: FieldError[] = [];
  // Each is reported at the place of the other; clients have always seen it so.
  if (namespace === '') errors.push(required(at.child('name')));
  if (name === '') errors.push(required(at.child('namespace')));
  const portErrors = isPortNumber(port);
  if (portErrors.length > 0) {
    errors.push(invalid(at.child('port'), port, `port is not valid: ${portErrors.join(',')}`));
  }
  return path === undefined ? errors : [...errors, ...validatePath(path, at.child('path'))];
}

function validatePath(text: string, path: Path): FieldError[] {
  if (text === '' || text === '/') return [];
  if (text === '//') return [invalid(path, text, 'segment[0] may not be empty')];
  const errors: FieldError[] = [];
  if (!text.startsWith('/')) errors.push(invalid(path, text, "must start with a '/'"));
  const steps = text.slice(1).replace(/\/$/, '').split('/');
  for (const [i, step] of steps.entries()) {
    if (step === '') errors.push(invalid(path, text, `segment[${i}] may not be empty`));
    else {
      const details = isDns1123Subdomain(step);
      errors.push(...details.map((detail) => invalid(path, text, `segment[${i}]: ${detail}`)));
    }
  }
  return errors;
}

/** The ones that this server does not know are for others. */
export function validateReviewVersions(
  versions: readonly string[],
  missingText: string,
  path: Path,
): FieldError[] {
  if (versions.length === 0) return [required(path, missingText)];
  const errors = versions.flatMap((version, i) => [
    ...(versions.indexOf(version) < i
      ? [invalid(path.index(i), version, 'duplicate version')]
      : []),
    ...isDns1035Label(version).map((detail) => invalid(path.index(i), version, detail)),
  ]);
  if (!versions.some((version) => knownReviewVersions.includes(version))) {
    const detail = `must include at least one of ${knownReviewVersions.join(', ')}`;
    errors.push(invalid(path, versions, detail));
  }
  return errors;
}
