/** What holds for devices that were allocated to a claim, when they first are. */
import { type FieldError, invalid, type Path, tooMany } from '@navarch/api/field-error';
import { isDns1123Label } from '@navarch/api/names';
import type {
  AllocationResult,
  DeviceAllocationConfiguration,
  DeviceRequestAllocationResult,
} from '@navarch/api/types/resource/v1/claim';
import { requiredOneOf } from '../checks.ts';
import { checkNodeSelector } from '../core/pod/scheduling.ts';
import { listOf } from '../nil.ts';
import { validateDriverName } from '../storage/validate.ts';
import { validateUid } from './identifiers.ts';
import { knownNames, type KnownNames, nameReference } from './request-names.ts';
import { validateBindings } from './validate-bindings.ts';
import { validateConfiguration, validatePoolName } from './validate-devices.ts';

const resultsMax = 32;
const configurationsMax = 64;
const sources = ['FromClaim', 'FromClass'];

export function validateAllocation(
  { devices, nodeSelector }: AllocationResult,
  known: KnownNames,
  path: Path,
): FieldError[] {
  const at = path.child('devices');
  const results = listOf(devices?.results);
  const config = listOf(devices?.config);
  const errors =
    results.length > resultsMax
      ? [tooMany(at.child('results'), results.length, resultsMax)]
      : results.flatMap((each, i) => resultErrors(each, known, at.child('results').index(i)));
  if (config.length > configurationsMax) {
    errors.push(tooMany(at.child('config'), config.length, configurationsMax));
  } else {
    for (const [i, each] of config.entries()) {
      errors.push(...configurationErrors(each, known, at.child('config').index(i)));
    }
  }
  if (nodeSelector) checkNodeSelector(nodeSelector, path.child('nodeSelector'), errors);
  return errors;
}

function resultErrors(
  result: DeviceRequestAllocationResult,
  known: KnownNames,
  path: Path,
): FieldError[] {
  const { request, driver, pool, device, shareID } = result;
  return [
    ...nameReference(request, known, path.child('request')),
    ...validateDriverName(driver, path.child('driver')),
    ...validatePoolName(pool, path.child('pool')),
    ...isDns1123Label(device).map((detail) => invalid(path.child('device'), device, detail)),
    ...validateBindings(result, path),
    ...(shareID === undefined ? [] : validateUid(shareID, path.child('shareID'))),
  ];
}

function configurationErrors(
  config: DeviceAllocationConfiguration,
  known: KnownNames,
  path: Path,
): FieldError[] {
  return [
    ...requiredOneOf(config.source, sources, path.child('source')),
    ...knownNames(config.requests, known, path.child('requests')),
    ...validateConfiguration(config, path),
  ];
}
