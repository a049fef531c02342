/** Reads what a request carries: bytes or a value, JSON or YAML, into an object of the expected kind. Upstream's messages. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { schemaOfKind } from '@navarch/api/schema/registry';
import { badRequest, unsupportedMediaType } from '@navarch/api/status';
import { goQuote } from '@navarch/codec/go/text';
import { encodeJson, JsonSyntaxError, memberPaths, parseJson } from '@navarch/codec/json';
import { duplicateKeysText, parseYaml, YamlSyntaxError } from '@navarch/codec/yaml';
import type { ObjectForm } from '../registry/object-form.ts';
import type { ApiRequest } from '../request/request.ts';
import type { WriteOptions } from '../request/write-options.ts';
import { cloneJson } from './clone.ts';
import { mediaTypes } from './negotiate.ts';

/** A body as a value of our own, free to be changed. */
export interface ParsedBody {
  readonly value: unknown;
  /** `duplicate field "x"` and the like. */
  readonly problems: readonly string[];
  /** Those and the unknown fields as Go's decoder meets them; absent when one follows the other. */
  readonly merge?: (unknown: readonly string[]) => readonly string[];
  /** Strict validation says it in other words then. */
  readonly isYaml?: boolean;
  /** For the message when it is not what we expect. */
  readonly bytes: Uint8Array;
}

const noBytes = new Uint8Array();

type BodyEncoding = 'json' | 'yaml' | 'protobuf';

/** The media type of a body: JSON when none is given. Throws 415 for what nobody reads. */
export function bodyEncoding(request: ApiRequest): BodyEncoding {
  const type = request.headers['content-type'];
  if (type === undefined || type === '' || type === 'application/json') return 'json';
  const name = (type.split(';')[0] ?? '').trim().toLowerCase();
  if (name === 'application/json') return 'json';
  if (name === 'application/yaml') return 'yaml';
  if (name === 'application/vnd.kubernetes.protobuf') return 'protobuf';
  throw unsupportedMediaType(mediaTypes);
}

/** Reads an object for a create or an update, checks its fields as asked, sets its defaults. */
export async function readObject(
  request: ApiRequest,
  form: ObjectForm,
  validation: WriteOptions['fieldValidation'],
  warn: (message: string) => void,
): Promise<KubernetesObject> {
  const encoding = bodyEncoding(request);
  if ('value' in request.body) {
    return decodeBody(ownBody(request.body.value), form, validation, warn);
  }
  const bytes = await request.body.bytes();
  const parsed = await parse(bytes, encoding, (message) =>
    badRequest(unrecognized(message, form.kind, bytes)),
  );
  return decodeBody(parsed, form, validation, warn);
}

/** In-process callers keep what they send, so that it is copied before defaults change it. */
function ownBody(value: unknown): ParsedBody {
  return { value: cloneJson(value), problems: [], bytes: noBytes };
}

async function parse(
  bytes: Uint8Array,
  encoding: BodyEncoding,
  refuse: (message: string) => Error,
): Promise<ParsedBody> {
  if (encoding === 'protobuf') {
    // Loaded when it is first needed: clients of custom kinds, and people, never do.
    const { parseProtobufBody } = await import('./protobuf/body.ts');
    return { value: parseProtobufBody(bytes, refuse), problems: [], bytes };
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
  try {
    if (encoding === 'json') {
      const { value, duplicates } = parseJson(text, { numbers: 'exact' });
      return {
        value,
        problems: duplicates.map((path) => `duplicate field ${goQuote(path)}`),
        ...(duplicates.length > 0 && {
          merge: (unknown) => inOrderOfText(memberPaths(text), unknown),
        }),
        bytes,
      };
    }
    const { value, problems } = await parseYaml(text);
    return { value, problems, bytes, isYaml: true };
  } catch (error) {
    if (error instanceof JsonSyntaxError) {
      throw refuse(`couldn't get version/kind; json parse error: ${error.message}`);
    }
    if (error instanceof YamlSyntaxError) throw refuse(error.message);
    throw error;
  }
}

function unrecognized(message: string, kind: string, bytes: Uint8Array): string {
  return `the object provided is unrecognized (must be of type ${kind}): ${message} (${summary(bytes)})`;
}

const summaryBytesMax = 30;
const openBrace = 0x7b;

/** The beginning of a body: as text when it looks like JSON, in hexadecimal otherwise. */
function summary(bytes: Uint8Array): string {
  if (bytes.length === 0) return '<empty>';
  const start = Buffer.from(bytes.subarray(0, summaryBytesMax));
  const shown = bytes[0] === openBrace ? start.toString() : start.toString('hex');
  return bytes.length > summaryBytesMax ? `${shown} ...` : shown;
}

/** From a parsed value to an object with its defaults. Throws 400 when it is something else, or has the wrong fields. */
export function decodeBody(
  body: ParsedBody,
  form: ObjectForm,
  validation: WriteOptions['fieldValidation'],
  warn: (message: string) => void,
): KubernetesObject {
  const { apiVersion, kind } = form;
  const type = readType(body.value, (message) =>
    badRequest(unrecognized(message, kind, body.bytes)),
  );
  if (form.custom) checkCustomType(body, type, form);
  else checkKind(type, form);
  const decoded = form.decode(markReset(body.value));
  const version = shortVersion(type.apiVersion || apiVersion);
  if (decoded.error !== undefined) throw handledAs(type.kind || kind, version, kind, decoded.error);
  const isMerged = body.merge && !form.custom && decoded.problems.length > 0;
  const problems = isMerged
    ? body.merge(decoded.problems)
    : [...body.problems, ...decoded.problems];
  if (problems.length > 0 && validation === 'Strict') {
    const text = isMerged ? problems.join(', ') : strictText(body, decoded.problems);
    const message = `strict decoding error: ${text}`;
    throw handledAs(type.kind || kind, version, kind, message);
  }
  if (validation === 'Warn') for (const problem of problems) warn(problem);
  return form.complete(decoded.value);
}

/** Go's decoder goes through the text once: it looks into nothing it does not know, and says of such a field only that. */
function inOrderOfText(members: readonly string[], unknown: readonly string[]): readonly string[] {
  const unknowns = new Set(unknown);
  const seen = new Set<string>();
  const problems = new Set<string>();
  let skipped: string | undefined;
  for (const path of members) {
    if (skipped !== undefined && isBelow(path, skipped)) continue;
    skipped = undefined;
    const problem = `unknown field "${path}"`;
    if (unknowns.has(problem)) {
      problems.add(problem);
      skipped = path;
    } else if (seen.has(path)) problems.add(`duplicate field ${goQuote(path)}`);
    seen.add(path);
  }
  return [...problems];
}

function isBelow(path: string, parent: string): boolean {
  return path.startsWith(`${parent}.`) || path.startsWith(`${parent}[`);
}

function strictText({ problems, isYaml }: ParsedBody, decoded: readonly string[]): string {
  const repeated = isYaml && problems.length > 0 ? [duplicateKeysText(problems)] : problems;
  return [...repeated, ...decoded].join(', ');
}

export interface TypeMeta {
  readonly apiVersion: string;
  readonly kind: string;
}

/** As Go writes the type with which it finds out about others. */
export const goTypeMeta =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

/** Upstream reads these two first, with a message of their own. */
export function readType(value: unknown, refused: (message: string) => Error): TypeMeta {
  if (value === null || value === undefined) return { apiVersion: '', kind: '' };
  const refuse = (what: string): never => {
    const problem = `json: cannot unmarshal ${what}`;
    throw refused(`couldn't get version/kind; json parse error: ${problem}`);
  };
  if (typeof value !== 'object' || Array.isArray(value)) {
    return refuse(`${goKindOf(value)} into Go value of type ${goTypeMeta}`);
  }
  const { apiVersion, kind } = value as Record<string, unknown>;
  for (const [name, member] of [
    ['apiVersion', apiVersion],
    ['kind', kind],
  ] as const) {
    if (member === undefined || member === null || typeof member === 'string') continue;
    refuse(`${goKindOf(member)} into Go struct field .${name} of type string`);
  }
  return { apiVersion: (apiVersion as string) ?? '', kind: (kind as string) ?? '' };
}

/** What Go's decoder calls a JSON value. */
export function goKindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** Upstream's name of the table of types in which it looks for a kind. */
const legacyScheme = 'pkg/api/legacyscheme/scheme.go:30';
const extensionsScheme = 'k8s.io/apiextensions-apiserver/pkg/apiserver/apiserver.go:55';

function checkKind(type: TypeMeta, form: ObjectForm): void {
  const { schema, apiVersion } = form;
  const given = { apiVersion: type.apiVersion || apiVersion, kind: type.kind || schema.typeName };
  const problem = kindProblem(given, form);
  if (problem) {
    const version = shortVersion(given.apiVersion);
    throw handledAs(problem.kind, version, schema.typeName, problem.message);
  }
  if (given.apiVersion === apiVersion) return;
  const message = `the API version in the data (${given.apiVersion}) does not match the expected API version (${apiVersion})`;
  throw badRequest(message);
}

/** Why an object of a type cannot become one of a kind: nobody knows it, or it is another kind. No version means the internal one. */
export function kindProblem(
  given: TypeMeta,
  form: ObjectForm,
): { readonly kind: string; readonly message: string } | undefined {
  const { schema, apiVersion } = form;
  if (given.kind === schema.typeName && (given.apiVersion || apiVersion) === apiVersion)
    return undefined;
  const [group, version] = splitApiVersion(given.apiVersion || apiVersion);
  const isList = given.kind.endsWith('List');
  const itemKind = isList ? given.kind.slice(0, -'List'.length) : given.kind;
  const isKnown = schemaOfKind(group, version, itemKind) ?? isOldVersion(given, form);
  const refused = (message: string) => ({ kind: given.kind, message });
  if (!isKnown || group === 'meta.k8s.io') {
    const scheme = schema.group === 'apiextensions.k8s.io' ? extensionsScheme : legacyScheme;
    const where =
      given.apiVersion === ''
        ? `the internal version of group ${goQuote(group)}`
        : `version ${goQuote(given.apiVersion)}`;
    return refused(
      `no kind ${goQuote(given.kind)} is registered for ${where} in scheme ${goQuote(scheme)}`,
    );
  }
  if (given.kind === schema.typeName && group === schema.group) return undefined;
  const from = given.apiVersion === '' ? goPackage(group) : version;
  return refused(
    `converting (${from}.${given.kind}) to (${goPackage(schema.group)}.${schema.typeName}): unknown conversion`,
  );
}

/** Versions that upstream still reads, though it serves them no longer. */
const oldVersions: ReadonlySet<string> = new Set(['apiextensions.k8s.io/v1beta1']);

function isOldVersion(given: TypeMeta, { kind }: ObjectForm): boolean {
  return given.kind === kind && oldVersions.has(given.apiVersion);
}

/** Of custom kinds nobody but the kind itself knows whether the kind is right, which it says when it validates. */
function checkCustomType({ value, bytes }: ParsedBody, type: TypeMeta, form: ObjectForm): void {
  const { kind, apiVersion } = form;
  if (type.kind === '') {
    const text = bytes.length > 0 ? Buffer.from(bytes).toString() : encodeJson(value);
    const message = `Object 'Kind' is missing in '${text}'`;
    throw badRequest(unrecognized(message, kind, bytes));
  }
  if (type.apiVersion === apiVersion) return;
  const message = `the API version in the data (${type.apiVersion}) does not match the expected API version (${apiVersion})`;
  throw badRequest(message);
}

/** The Go package of a group's internal types. */
export function goPackage(group: string): string {
  return group === '' ? 'core' : (group.split('.')[0] ?? group);
}

function splitApiVersion(apiVersion: string): readonly [group: string, version: string] {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? ['', apiVersion] : [apiVersion.slice(0, slash), apiVersion.slice(slash + 1)];
}

function shortVersion(apiVersion: string): string {
  return splitApiVersion(apiVersion)[1];
}

function handledAs(kind: string, version: string, expected: string, message: string): Error {
  return badRequest(
    `${kind} in version ${goQuote(version)} cannot be handled as a ${expected}: ${message}`,
  );
}

/** An empty list of managed fields means "forget them", and would be dropped as every empty list is: say it the other way. */
function markReset(value: unknown): unknown {
  const object = value as { metadata?: { managedFields?: unknown } } | null | undefined;
  const managedFields = object?.metadata?.managedFields;
  if (!Array.isArray(managedFields) || managedFields.length > 0) return value;
  return { ...object, metadata: { ...object?.metadata, managedFields: [{}] } };
}

/** The value of a body that is no object of a resource, such as options. Undefined when there is no body. */
export async function readValue(
  request: ApiRequest,
  refuse: (message: string) => Error,
): Promise<ParsedBody | undefined> {
  if ('value' in request.body) {
    return request.body.value === undefined ? undefined : ownBody(request.body.value);
  }
  const bytes = await request.body.bytes();
  return bytes.length === 0 ? undefined : parse(bytes, bodyEncoding(request), refuse);
}
