/**
 * The file that `--admission-control-config-file` names: apiserver.config.k8s.io AdmissionConfiguration. What it says of a plugin stands
 * in it, or in another file. Upstream's messages, in one line.
 */
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import { ConfigFileError, readConfigFile, readConfigValue } from '@navarch/api/schema/config-file';
import type { StructSchema } from '@navarch/api/schema/schema';
import { anything, fileKind, list, struct, text } from '@navarch/api/schema/shapes';
import { parseYaml } from '@navarch/codec/yaml';
import { pluginConfigurations } from './plugins.ts';

export interface AdmissionConfiguration {
  /** Makes a plugin as the file wants it, by name: each server has its own. */
  readonly plugins: ReadonlyMap<string, () => AdmissionPlugin>;
  /** The kubeconfig in which a webhook plugin finds how to prove itself, by the plugin's name. */
  readonly kubeconfigs: ReadonlyMap<string, string>;
}

/** Reads another file, whose path may be relative to the first one's. Rejects when it cannot. */
export type ReadFile = (path: string) => Promise<string>;

const pluginEntry = struct('v1.AdmissionPluginConfiguration', {
  name: text,
  path: text,
  configuration: anything,
});

const schemas: readonly StructSchema[] = (
  [
    ['apiserver.config.k8s.io', 'v1'],
    ['apiserver.k8s.io', 'v1alpha1'],
  ] as const
).map(([group, version]) =>
  fileKind(group, `${version}.AdmissionConfiguration`, { plugins: list(pluginEntry) }),
);

const scheme = 'pkg/server/options/admission.go:30';

interface Entry {
  readonly name?: string;
  readonly path?: string;
  readonly configuration?: unknown;
}

/** Rejects with a ConfigFileError. Of several entries for a plugin, the first counts; plugins that nobody knows are passed over. */
export async function readAdmissionConfiguration(
  file: string,
  readFile: ReadFile,
): Promise<AdmissionConfiguration> {
  const plugins = new Map<string, () => AdmissionPlugin>();
  const kubeconfigs = new Map<string, string>();
  const seen = new Set<string>();
  for (const entry of await entriesOf(file)) {
    const { name = '' } = entry;
    if (seen.has(name)) continue;
    seen.add(name);
    const read = pluginConfigurations.get(name);
    if (!read) continue;
    try {
      const made = read.accept(await valueOf(entry, read.schemas, readFile));
      if ('plugin' in made) plugins.set(name, made.plugin);
      else if (made.kubeconfig !== '') kubeconfigs.set(name, made.kubeconfig);
    } catch (error) {
      if (!(error instanceof ConfigFileError)) throw error;
      throw new ConfigFileError(`couldn't init admission plugin "${name}": ${error.message}`);
    }
  }
  return { plugins, kubeconfigs };
}

async function entriesOf(file: string): Promise<readonly Entry[]> {
  const old = await oldEntries(file);
  if (old) return old;
  try {
    const { value, problems } = await readConfigFile(file, schemas, scheme);
    refuseProblems(problems);
    return (value['plugins'] ?? []) as readonly Entry[];
  } catch (error) {
    if (!(error instanceof ConfigFileError)) throw error;
    throw new ConfigFileError(`failed to read plugin config: ${error.message}`, { cause: error });
  }
}

/** Before there were kinds of such files, a file was what one of two plugins read. */
async function oldEntries(file: string): Promise<readonly Entry[] | undefined> {
  const value = await parseYaml(file).then(
    (parsed) => parsed.value as Members | null,
    () => null,
  );
  if (typeof value !== 'object' || value === null || value['kind'] !== undefined) return undefined;
  if (value['podNodeSelectorPluginConfig'] === undefined && value['imagePolicy'] === undefined) {
    return undefined;
  }
  const name = value['imagePolicy'] === undefined ? 'PodNodeSelector' : 'ImagePolicyWebhook';
  return [{ name, configuration: value }];
}

type Members = Readonly<Record<string, unknown>>;

/** What stands in the file itself comes first. An entry that says nothing is as none. */
async function valueOf(
  { path, configuration }: Entry,
  expected: readonly StructSchema[],
  readFile: ReadFile,
): Promise<Members> {
  const given = configuration ?? (path ? (await parseYaml(await readFile(path))).value : undefined);
  if (given === undefined || given === null) return {};
  if (expected.length === 0) return given as Members;
  const { value, problems } = readConfigValue(given, expected, scheme);
  refuseProblems(problems);
  return value;
}

function refuseProblems(problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new ConfigFileError(`strict decoding error: ${problems.join(', ')}`);
}
