/** Rules for projected volumes: several sources in one directory, no two files at one path. */
import { forbidden, invalid, type Path, required } from '@navarch/api/field-error';
import type {
  ClusterTrustBundleProjection,
  KeyToPath,
  PodCertificateProjection,
  ServiceAccountTokenProjection,
  VolumeProjection,
} from '@navarch/api/types/core/v1/volume';
import { validateLabelSelector } from '../../label-selector.ts';
import { listOf } from '../../nil.ts';
import { checkChoice, checkSubdomain, type Errors } from '../checks.ts';
import { checkDownwardFile, checkItem } from './files.ts';
import { checkLocalPath } from './paths.ts';

/** What one walk over the sources shares. */
interface Walk {
  readonly errors: Errors;
  /** Of the volume: conflicts are reported here. */
  readonly path: Path;
  readonly taken: Set<string>;
}

export function checkProjections(
  sources: readonly VolumeProjection[],
  path: Path,
  errors: Errors,
): void {
  const walk: Walk = { errors, path, taken: new Set() };
  for (const [index, source] of sources.entries()) {
    const at = path.child('sources').index(index);
    checkProjection(source, at, walk);
    const count = Object.values(source).filter((member) => member !== undefined).length;
    if (count > 1) errors.push(forbidden(at, 'may not specify more than 1 volume type per source'));
  }
}

function checkProjection(source: VolumeProjection, path: Path, walk: Walk): void {
  const {
    secret,
    configMap,
    downwardAPI,
    serviceAccountToken,
    clusterTrustBundle,
    podCertificate,
  } = source;
  if (secret) checkNamed(secret, path.child('secret'), walk);
  if (configMap) checkNamed(configMap, path.child('configMap'), walk);
  if (downwardAPI) {
    for (const file of listOf(downwardAPI.items)) {
      checkDownwardFile(file, path.child('downwardAPI'), walk.errors);
      take(file.path, file.path, walk);
    }
  }
  if (serviceAccountToken) checkToken(serviceAccountToken, path.child('serviceAccountToken'), walk);
  if (clusterTrustBundle)
    checkTrustBundle(clusterTrustBundle, path.child('clusterTrustBundle'), walk);
  if (podCertificate) checkCertificate(podCertificate, path.child('podCertificate'), walk);
}

/** Each path once. `shown` is what the message shows of whoever comes second. */
function take(file: string, shown: string, { taken, errors, path }: Walk): void {
  if (file === '') return;
  if (taken.has(file)) errors.push(invalid(path, shown, 'conflicting duplicate paths'));
  taken.add(file);
}

interface NamedSource {
  readonly name?: string;
  readonly items?: readonly KeyToPath[];
}

function checkNamed({ name = '', items }: NamedSource, path: Path, walk: Walk): void {
  if (name === '') walk.errors.push(required(path.child('name')));
  for (const [index, item] of listOf(items).entries()) {
    checkItem(item, path.child('items').index(index), walk.errors);
    take(item.path, name, walk);
  }
}

const shortestSeconds = 10 * 60;
const longestSeconds = 2 ** 32;

function checkToken(
  { expirationSeconds = 0, path: file }: ServiceAccountTokenProjection,
  path: Path,
  { errors, path: volumePath }: Walk,
): void {
  const at = path.child('expirationSeconds');
  if (expirationSeconds < shortestSeconds) {
    errors.push(invalid(at, expirationSeconds, 'may not specify a duration less than 10 minutes'));
  }
  if (expirationSeconds > longestSeconds) {
    errors.push(
      invalid(at, expirationSeconds, 'may not specify a duration larger than 2^32 seconds'),
    );
  }
  if (file === '') errors.push(required(volumePath.child('path')));
  else checkLocalPath(file, volumePath.child('path'), errors);
}

function checkTrustBundle(bundle: ClusterTrustBundleProjection, path: Path, walk: Walk): void {
  const { errors } = walk;
  const { name, signerName, labelSelector, path: file } = bundle;
  if (name !== undefined && signerName !== undefined) {
    errors.push(
      invalid(path, trustBundleForm(bundle), 'only one of name and signerName may be used'),
    );
  } else if (name !== undefined) {
    if (name === '') errors.push(required(path.child('name'), 'must be a valid object name'));
    if (labelSelector !== undefined) {
      const text = 'labelSelector must be unset if name is specified';
      errors.push(invalid(path.child('labelSelector'), labelSelector, text));
    }
  } else if (signerName !== undefined) {
    checkSignerName(signerName, path.child('signerName'), errors);
    errors.push(...validateLabelSelector(labelSelector, path.child('labelSelector')));
  } else errors.push(required(path, 'either name or signerName must be specified'));
  if (file === '') errors.push(required(path.child('path')));
  checkLocalPath(file, path.child('path'), errors);
  take(file, file, walk);
}

function trustBundleForm({
  name,
  signerName,
  labelSelector,
  optional,
  path,
}: ClusterTrustBundleProjection) {
  return {
    Name: name ?? null,
    SignerName: signerName ?? null,
    LabelSelector: labelSelector ?? null,
    Optional: optional ?? null,
    Path: path,
  };
}

/** A domain and a path, such as `example.com/my-signer`. */
function checkSignerName(name: string, path: Path, errors: Errors): void {
  if (name === '') {
    errors.push(required(path, 'must be a valid signer name'));
    return;
  }
  const [domain = '', ...rest] = name.split('/');
  if (rest.length !== 1 || rest[0] === '') {
    const text = 'must be a fully qualified domain and path of the form "example.com/signer-name"';
    errors.push(invalid(path, name, text));
    return;
  }
  checkSubdomain(domain, path, errors);
}

const keyTypes: readonly string[] = [
  'RSA3072',
  'RSA4096',
  'ECDSAP256',
  'ECDSAP384',
  'ECDSAP521',
  'ED25519',
];
const shortestCertificateSeconds = 3600;
const longestCertificateSeconds = 91 * 86400;

function checkCertificate(certificate: PodCertificateProjection, path: Path, walk: Walk): void {
  const { errors } = walk;
  const { signerName = '', keyType = '', maxExpirationSeconds } = certificate;
  checkSignerName(signerName, path.child('signerName'), errors);
  checkChoice(keyType, keyTypes, path.child('keyType'), errors);
  const seconds = maxExpirationSeconds ?? shortestCertificateSeconds;
  const at = path.child('maxExpirationSeconds');
  if (seconds < shortestCertificateSeconds) {
    errors.push(invalid(at, seconds, 'if provided, maxExpirationSeconds must be >= 3600'));
  } else if (seconds > longestCertificateSeconds) {
    errors.push(invalid(at, seconds, 'if provided, maxExpirationSeconds must be <= 7862400'));
  }
  let files = 0;
  for (const name of ['credentialBundlePath', 'keyPath', 'certificateChainPath'] as const) {
    const file = certificate[name] ?? '';
    if (file === '') continue;
    files++;
    checkLocalPath(file, path.child(name), errors);
    take(file, file, walk);
  }
  if (files > 0) return;
  const text = 'specify at least one of credentialBundlePath, keyPath, and certificateChainPath';
  errors.push(required(path, text));
}
