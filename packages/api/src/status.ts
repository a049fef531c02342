/**
 * The one error type at the wire. A `StatusError` carries the Status object that the client will read; each constructor
 * produces exactly the code, reason, message and details that Kubernetes answers in that situation.
 */
import { goQuote } from '@navarch/codec/go/text';
import { aggregateMessage, causeReason, errorBody, type FieldError } from './field-error.ts';

export interface GroupResource {
  readonly group: string;
  readonly resource: string;
}

export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

/** meta/v1 Status, in wire order. Empty members are left out, as Go's omitempty does. */
export interface Status {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: StatusMeta;
  readonly status?: 'Success' | 'Failure';
  readonly message?: string;
  readonly reason?: string;
  readonly details?: StatusDetails;
  readonly code?: number;
}

export interface StatusMeta {
  readonly selfLink?: string;
  readonly resourceVersion?: string;
  readonly continue?: string;
  readonly remainingItemCount?: number;
}

export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
}

export interface StatusCause {
  readonly reason?: string;
  readonly message?: string;
  readonly field?: string;
}

export class StatusError extends Error {
  override readonly name = 'StatusError';
  readonly status: Status;

  constructor(status: Status, options?: ErrorOptions) {
    super(status.message ?? '', options);
    this.status = status;
  }

  get code(): number {
    return this.status.code ?? 500;
  }

  get reason(): string {
    return this.status.reason ?? '';
  }
}

export function isStatusError(error: unknown, reason?: string): error is StatusError {
  return error instanceof StatusError && (reason === undefined || error.reason === reason);
}

/** Any failure by its parts, for answers that no constructor below covers. An empty reason is left out. */
export function failure(
  code: number,
  reason: string,
  message: string,
  details?: StatusDetails,
): StatusError {
  return new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    ...(message === '' ? undefined : { message }),
    ...(reason === '' ? undefined : { reason }),
    ...(details === undefined ? undefined : { details }),
    code,
  });
}

/** `deployments.apps`, or `pods` for the core group. */
export function groupResourceText({ group, resource }: GroupResource): string {
  return group === '' ? resource : `${resource}.${group}`;
}

/** `Deployment.apps`, or `Pod` for the core group. */
export function groupKindText({ group, kind }: GroupKind): string {
  return group === '' ? kind : `${kind}.${group}`;
}

function named(resource: GroupResource, name: string): string {
  return `${groupResourceText(resource)} ${goQuote(name)}`;
}

/** Details in wire order with the empty ones left out. */
function detailsOf(
  resource: GroupResource,
  name: string,
  rest?: Pick<StatusDetails, 'causes' | 'retryAfterSeconds'>,
): StatusDetails {
  return {
    ...(name === '' ? undefined : { name }),
    ...(resource.group === '' ? undefined : { group: resource.group }),
    ...(resource.resource === '' ? undefined : { kind: resource.resource }),
    ...rest,
  };
}

export function notFound(resource: GroupResource, name: string): StatusError {
  return failure(404, 'NotFound', `${named(resource, name)} not found`, detailsOf(resource, name));
}

export function alreadyExists(resource: GroupResource, name: string): StatusError {
  const message = `${named(resource, name)} already exists`;
  return failure(409, 'AlreadyExists', message, detailsOf(resource, name));
}

/** Every generated name that was tried is taken. */
export function generateNameConflict(
  resource: GroupResource,
  name: string,
  retryAfterSeconds: number,
): StatusError {
  const message = `${named(resource, name)} already exists, the server was not able to generate a unique name for the object`;
  return failure(409, 'AlreadyExists', message, detailsOf(resource, name, { retryAfterSeconds }));
}

export const modifiedMessage =
  'the object has been modified; please apply your changes to the latest version and try again';

export function conflict(resource: GroupResource, name: string, message: string): StatusError {
  const text = `Operation cannot be fulfilled on ${named(resource, name)}: ${message}`;
  return failure(409, 'Conflict', text, detailsOf(resource, name));
}

/** A server-side apply that would take fields from other managers. */
export function applyConflict(causes: readonly StatusCause[], message: string): StatusError {
  return failure(409, 'Conflict', message, { causes });
}

export function invalid(kind: GroupKind, name: string, errors: readonly FieldError[]): StatusError {
  const subject = `${groupKindText(kind)} ${goQuote(name)} is invalid`;
  const message = errors.length === 0 ? subject : `${subject}: ${aggregateMessage(errors)}`;
  const causes = errors.length === 0 ? undefined : { causes: errors.map(causeOf) };
  return failure(422, 'Invalid', message, {
    ...detailsOf({ group: kind.group, resource: kind.kind }, name),
    ...causes,
  });
}

function causeOf(error: FieldError): StatusCause {
  return { reason: causeReason(error.type), message: errorBody(error), field: error.field };
}

export function badRequest(message: string): StatusError {
  return failure(400, 'BadRequest', message);
}

/** An empty resource gives the form used for paths that are no resources: `forbidden: ...`. */
export function forbidden(
  resource: GroupResource,
  name: string,
  message: string,
  causes?: readonly StatusCause[],
): StatusError {
  const details = detailsOf(resource, name, causes === undefined ? undefined : { causes });
  return failure(403, 'Forbidden', forbiddenText(resource, name, message), details);
}

function forbiddenText(resource: GroupResource, name: string, message: string): string {
  if (resource.group === '' && resource.resource === '') return `forbidden: ${message}`;
  const subject = name === '' ? groupResourceText(resource) : named(resource, name);
  return `${subject} is forbidden: ${message}`;
}

export function unauthorized(message = 'Unauthorized'): StatusError {
  return failure(401, 'Unauthorized', message);
}

export function gone(message: string): StatusError {
  return failure(410, 'Gone', message);
}

/** The asked-for resource version, or the continue token, is older than what is kept. */
export function expired(message: string): StatusError {
  return failure(410, 'Expired', message);
}

/** The verb makes no sense for this resource, though its path exists. */
export function methodNotSupported(resource: GroupResource, verb: string): StatusError {
  const message = `${verb} is not supported on resources of kind ${goQuote(groupResourceText(resource))}`;
  return failure(405, 'MethodNotAllowed', message, detailsOf(resource, ''));
}

export function notAcceptable(accepted: readonly string[]): StatusError {
  const message = `only the following media types are accepted: ${accepted.join(', ')}`;
  return failure(406, 'NotAcceptable', message);
}

export function unsupportedMediaType(accepted: readonly string[]): StatusError {
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`;
  return failure(415, 'UnsupportedMediaType', message);
}

/** The request body is above the server's limit. */
export function tooLarge(bytesMax: number): StatusError {
  const message = `Request entity too large: limit is ${bytesMax}`;
  return failure(413, 'RequestEntityTooLarge', message);
}

export function timeout(message: string, retryAfterSeconds = 0): StatusError {
  const details = retryAfterSeconds === 0 ? {} : { retryAfterSeconds };
  return failure(504, 'Timeout', `Timeout: ${message}`, details);
}

/** A client asked for a version that the server has not reached yet. */
export function tooLargeResourceVersion(
  wanted: number | bigint | string,
  current: number | bigint | string,
  retryAfterSeconds: number,
): StatusError {
  const message = `Timeout: Too large resource version: ${wanted}, current: ${current}`;
  const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }];
  return failure(504, 'Timeout', message, { causes, retryAfterSeconds });
}

/** The operation could not be completed now; the client should try it again. */
export function serverTimeout(
  resource: GroupResource,
  operation: string,
  retryAfterSeconds: number,
): StatusError {
  const message = `The ${operation} operation against ${groupResourceText(resource)} could not be completed at this time, please try again.`;
  const rest = retryAfterSeconds === 0 ? undefined : { retryAfterSeconds };
  return failure(500, 'ServerTimeout', message, detailsOf(resource, operation, rest));
}

export function tooManyRequests(message: string, retryAfterSeconds = 1): StatusError {
  const details = retryAfterSeconds === 0 ? {} : { retryAfterSeconds };
  return failure(429, 'TooManyRequests', message, details);
}

export function serviceUnavailable(message: string): StatusError {
  return failure(503, 'ServiceUnavailable', message);
}

export function internalError(error: unknown): StatusError {
  const message = messageOf(error);
  return failure(500, 'InternalError', `Internal error occurred: ${message}`, {
    causes: [{ message }],
  });
}

/** An error that upstream never gave a reason to: only a message and code 500. */
export function unknownReason(message: string, code = 500): StatusError {
  return failure(code, '', message);
}

/** What reaches the client when something that is no StatusError escapes. */
export function toStatusError(error: unknown): StatusError {
  return error instanceof StatusError ? error : unknownReason(messageOf(error));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Answers given when only an HTTP code is known: paths that do not exist, methods a path does not have. */
export interface GenericResponse {
  readonly code: number;
  readonly verb?: string;
  readonly resource?: GroupResource;
  readonly name?: string;
  /** What the server said, for codes whose text repeats it. */
  readonly serverMessage?: string;
  readonly retryAfterSeconds?: number;
  /** The body was not something a Kubernetes server would have written. */
  readonly unexpected?: boolean;
}

export function genericServerResponse(response: GenericResponse): StatusError {
  const { reason, message } = textFor(response);
  const { resource, name, retryAfterSeconds } = response;
  return failure(response.code, reason, `${message}${suffix(response)}`, {
    ...(name ? { name } : undefined),
    ...(resource?.group ? { group: resource.group } : undefined),
    ...(resource?.resource ? { kind: resource.resource } : undefined),
    ...(response.unexpected ? { causes: [unexpectedCause(response)] } : undefined),
    ...(retryAfterSeconds ? { retryAfterSeconds } : undefined),
  });
}

function unexpectedCause({ serverMessage = '' }: GenericResponse) {
  const reason = 'UnexpectedServerResponse';
  return serverMessage === '' ? { reason } : { reason, message: serverMessage };
}

function suffix({ verb = '', resource, name }: GenericResponse): string {
  if (!resource || (resource.group === '' && resource.resource === '')) return '';
  const subject = `${verb.toLowerCase()} ${groupResourceText(resource)}`;
  return name ? ` (${subject} ${name})` : ` (${subject})`;
}

const texts: Readonly<Record<number, readonly [reason: string, message: string]>> = {
  400: ['BadRequest', 'the server rejected our request for an unknown reason'],
  401: ['Unauthorized', 'the server has asked for the client to provide credentials'],
  404: ['NotFound', 'the server could not find the requested resource'],
  405: ['MethodNotAllowed', 'the server does not allow this method on the requested resource'],
  409: ['Conflict', 'the server reported a conflict'],
  422: ['Invalid', 'the server rejected our request due to an error in our request'],
  429: [
    'TooManyRequests',
    'the server has received too many requests and has asked us to try again later',
  ],
  503: ['ServiceUnavailable', 'the server is currently unable to handle the request'],
  504: [
    'Timeout',
    'the server was unable to return a response in the time allotted, but may still be processing the request',
  ],
};

function textFor(response: GenericResponse): { reason: string; message: string } {
  const { code, serverMessage = '' } = response;
  if (code === 403) return { reason: 'Forbidden', message: serverMessage };
  if (code === 415) return { reason: 'UnsupportedMediaType', message: serverMessage };
  if (code === 406) return { reason: 'NotAcceptable', message: notAcceptableText(serverMessage) };
  const known = texts[code];
  if (known) return { reason: reasonFor(response, known[0]), message: known[1] };
  if (code < 500) return { reason: 'Unknown', message: bareText(code) };
  const message = `an error on the server (${goQuote(serverMessage)}) has prevented the request from succeeding`;
  return { reason: 'InternalError', message };
}

function reasonFor({ code, verb }: GenericResponse, reason: string): string {
  return code === 409 && verb === 'POST' ? 'AlreadyExists' : reason;
}

function notAcceptableText(serverMessage: string): string {
  const known = serverMessage !== '' && serverMessage !== 'unknown';
  if (known) return serverMessage;
  return 'the server was unable to respond with a content type that the client supports';
}

function bareText(code: number): string {
  return `the server responded with the status code ${code} but did not return more information`;
}
