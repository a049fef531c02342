/** How admission says no. */
import type { AdmissionAttributes } from '@navarch/api/extension/admission';
import { failure, forbidden, type StatusCause, type StatusError } from '@navarch/api/status';

/** `pods "web" is forbidden: ...`. An object whose name is still to be generated goes by the start of its name. */
export function refusal(attributes: AdmissionAttributes, message: string): StatusError {
  return forbidden(attributes.resource, nameOf(attributes), message);
}

/** The same, with a cause that programs can read. */
export function refusalBecause(
  attributes: AdmissionAttributes,
  message: string,
  cause: StatusCause,
): StatusError {
  const { status } = refusal(attributes, message);
  const details = { ...status.details, causes: [cause] };
  return failure(403, 'Forbidden', status.message ?? '', details);
}

function nameOf({ name, object }: AdmissionAttributes): string {
  return name || object?.metadata.name || object?.metadata.generateName || 'Unknown';
}
