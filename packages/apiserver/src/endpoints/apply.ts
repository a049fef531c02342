/** PATCH with a configuration to apply: the client says what it wants of an object, which is made when there is none. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { checkConfiguration } from '@navarch/api/patch/apply/check';
import {
  lastAppliedFields,
  migratingManager,
  withLastApplied,
} from '@navarch/api/patch/apply/last-applied';
import { badRequest, conflict, notFound, unknownReason } from '@navarch/api/status';
import { plainNumbers } from '@navarch/api/schema/decode-scalar';
import { duplicateKeysText, parseYaml, YamlSyntaxError } from '@navarch/codec/yaml';
import { applyTo } from '../registry/field-managers.ts';
import type { ObjectForm } from '../registry/object-form.ts';
import { updateObject } from '../registry/update.ts';
import type { ApiResponse } from '../request/request.ts';
import type { WriteOptions } from '../request/write-options.ts';
import { goKindOf } from './body.ts';
import type { Call } from './call.ts';
import type { OutputForm } from './negotiate.ts';
import { sortMembers } from './clone.ts';
import { completeObject, patchText } from './patch-target.ts';
import { answerWith } from './present.ts';
import { encodeJson } from '@navarch/codec/json';
import { placed, updateOf } from './update.ts';

export type Configuration = Readonly<Record<string, unknown>>;

export async function applyPatch(
  call: Call,
  form: OutputForm,
  options: WriteOptions,
): Promise<ApiResponse> {
  const { resource, info, context } = call;
  const { form: objectForm } = resource;
  const read = await readConfiguration(call, options, objectForm);
  const write = updateOf(call, options);
  const { fieldManager: manager, force } = options;
  const updated = await updateObject(resource, {
    ...write,
    ...(write.client && { client: { ...write.client, ownersSettled: true } }),
    change: (current) => {
      const config = read.config();
      if (!current) checkNew(call, config);
      const writer = { subresource: info.subresource, manager, nowMs: context.nowMs, force };
      const migrates = manager === migratingManager;
      const mayTake =
        migrates && current ? lastAppliedFields(objectForm.schema, { ...current }) : undefined;
      const applied = applyTo(resource, current, config, {
        ...writer,
        ...(mayTake && { mayTake }),
      });
      const { managedFields } = applied;
      const object = migrates ? withLastApplied(applied.object, config) : applied.object;
      const decoded = completeObject(decodeApplied(object, config, objectForm), objectForm);
      read.checkKeys();
      placed(call, decoded);
      return { ...decoded, metadata: { ...decoded.metadata, managedFields } };
    },
    uid: undefined,
    mayCreate: call.subresource === undefined && resource.verbs.has('create'),
  });
  return answerWith(call, updated.created ? 201 : 200, updated.object, form);
}

/** Who names a uid or only some subresource of an object means one that is there. */
function checkNew({ resource, info, subresource }: Call, config: Configuration): void {
  if (subresource) throw notFound(resource.groupResource, info.name);
  const { uid } = metadataOf(config);
  if (typeof uid !== 'string' || uid === '') return;
  const message = `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`;
  throw conflict(resource.groupResource, info.name, message);
}

export interface ConfigurationRead {
  /** Throws when the body is no configuration of the kind. */
  config(): Configuration;
  /** Throws, or warns, of keys that are there twice: what cannot be applied is told first. */
  checkKeys(): void;
}

/** Reads the body now, and says what is wrong with it later: that an object is missing comes first. */
export async function readConfiguration(
  call: Call,
  options: WriteOptions,
  form: ObjectForm,
): Promise<ConfigurationRead> {
  try {
    const { value, problems } = await parseConfiguration(call);
    call.audit?.bringsText(() => encodeJson(sortMembers(plainNumbers(value))));
    return {
      config: () => checked(value, form),
      checkKeys: () => checkKeys(call, problems, options),
    };
  } catch (error) {
    const config = (): never => {
      throw error;
    };
    return { config, checkKeys: config };
  }
}

interface Parsed {
  readonly value: unknown;
  readonly problems: readonly string[];
}

async function parseConfiguration({ request }: Call): Promise<Parsed> {
  if ('value' in request.body) return { value: request.body.value, problems: [] };
  const text = await patchText(request);
  try {
    const { value, problems } = await parseYaml(text);
    return { value, problems };
  } catch (error) {
    if (!(error instanceof YamlSyntaxError)) throw error;
    throw badRequest(`error decoding YAML: error converting YAML to JSON: ${error.message}`);
  }
}

function checkKeys(
  { context }: Call,
  problems: readonly string[],
  { fieldValidation }: WriteOptions,
): void {
  if (problems.length > 0 && fieldValidation === 'Strict') {
    const message = duplicateKeysText(problems);
    throw badRequest(`error strict decoding YAML: error converting YAML to JSON: ${message}`);
  }
  if (fieldValidation === 'Warn') for (const problem of problems) context.warn(problem);
}

function checked(value: unknown, form: ObjectForm): Configuration {
  const config = value ?? {};
  if (typeof config !== 'object' || Array.isArray(config)) {
    const message = `json: cannot unmarshal ${goKindOf(config)} into Go value of type map[string]interface {}`;
    throw badRequest(
      `error decoding YAML: error unmarshaling JSON: while decoding JSON: ${message}`,
    );
  }
  const given = config as Configuration;
  if (given['kind'] !== form.kind || given['apiVersion'] !== form.apiVersion) {
    throw badRequest(`invalid object type: ${kindText(given)}`);
  }
  if ((metadataOf(given)['managedFields'] ?? null) !== null) {
    throw badRequest('metadata.managedFields must be nil');
  }
  const wrong = checkConfiguration(form.schema, given);
  if (wrong.length === 0) return given;
  const text =
    wrong.length === 1
      ? wrong.join('')
      : ['errors:', ...wrong.map((line) => `  ${line}`)].join('\n');
  throw unknownReason(`failed to create typed patch object (${describe(given)}): ${text}`);
}

/** The merged object as its kind reads it. */
export function decodeApplied(
  object: Configuration,
  config: Configuration,
  form: ObjectForm,
): Readonly<Record<string, unknown>> {
  // What is custom was checked against its schema, and is what it is.
  if (form.custom) return object;
  const decoded = form.decode(object, 'converter');
  if (decoded.error === undefined) return decoded.value;
  const { kind, apiVersion } = form;
  const type = kindText({ kind, apiVersion });
  const reason = `unable to convert unstructured object to ${type}: ${decoded.error}`;
  throw unknownReason(
    `failed to convert new object (${describe(config)}) to proper version: ${reason}`,
  );
}

function metadataOf(config: Configuration): Configuration {
  const { metadata } = config;
  return typeof metadata === 'object' && metadata !== null ? (metadata as Configuration) : {};
}

/** `namespace/name; group/version, Kind=kind` */
export function describe(config: Configuration): string {
  const { namespace, name } = metadataOf(config) as Partial<KubernetesObject['metadata']>;
  return `${namespace ?? ''}/${name ?? ''}; ${kindText(config)}`;
}

function kindText({ kind, apiVersion }: Configuration): string {
  const version = typeof apiVersion === 'string' ? apiVersion : '';
  const grouped = version.includes('/') ? version : `/${version}`;
  return `${grouped}, Kind=${typeof kind === 'string' ? kind : ''}`;
}
