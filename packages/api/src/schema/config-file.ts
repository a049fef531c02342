/** Configuration files: YAML or JSON that says its kind and version, as the API's objects do. Upstream's messages. */
import { goQuote } from '@navarch/codec/go/text';
import { parseYaml, YamlSyntaxError } from '@navarch/codec/yaml';
import { decodeObject } from './decode.ts';
import type { StructSchema } from './schema.ts';

/** The file cannot be what it should be. The message has one line and is for whoever wrote the file. */
export class ConfigFileError extends Error {}

export interface ConfigFile {
  /** One of those that were expected. */
  readonly schema: StructSchema;
  readonly value: Readonly<Record<string, unknown>>;
  /** What strict decoding refuses: unknown and repeated members. */
  readonly problems: readonly string[];
}

/** Rejects with a ConfigFileError. `scheme` is what upstream calls its table of these kinds. */
export async function readConfigFile(
  file: string,
  expected: readonly StructSchema[],
  scheme: string,
): Promise<ConfigFile> {
  const { value, problems } = await parsed(file);
  const read = readConfigValue(value, expected, scheme);
  return { ...read, problems: [...problems, ...read.problems] };
}

async function parsed(file: string): ReturnType<typeof parseYaml> {
  try {
    return await parseYaml(file);
  } catch (error) {
    if (!(error instanceof YamlSyntaxError)) throw error;
    throw new ConfigFileError(
      `couldn't get version/kind; json parse error: ${error.message.replaceAll('\n', ' ')}`,
    );
  }
}

/** The same for a value that stands inside another file. */
export function readConfigValue(
  value: unknown,
  expected: readonly StructSchema[],
  scheme: string,
): ConfigFile {
  const { kind, apiVersion } = typeOf(value);
  const schema = expected.find(
    (each) => each.typeName === kind && `${each.group}/${each.version}` === apiVersion,
  );
  if (!schema) {
    throw new ConfigFileError(
      `no kind ${goQuote(kind)} is registered for version ${goQuote(apiVersion)} in scheme ${goQuote(scheme)}`,
    );
  }
  const decoded = decodeObject(schema, value);
  if (decoded.error !== undefined) throw new ConfigFileError(decoded.error);
  return {
    schema,
    value: decoded.value,
    problems: decoded.problems.map(({ message }) => message),
  };
}

function typeOf(value: unknown): { readonly kind: string; readonly apiVersion: string } {
  const { kind, apiVersion } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const missing = (what: string): ConfigFileError =>
    new ConfigFileError(`Object '${what}' is missing in '${JSON.stringify(value)}'`);
  if (typeof kind !== 'string' || kind === '') throw missing('Kind');
  if (typeof apiVersion !== 'string' || apiVersion === '') throw missing('apiVersion');
  return { kind, apiVersion };
}
