/** Reads the file that says more of admission plugins. What does it is only loaded when the flag asks for it. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { WebhookCredentials } from '@navarch/cluster/connect/webhook/caller';
import type { Settings } from '@navarch/cluster/settings';
import type { AdmissionConfiguration } from '@navarch/kinds/admission/configuration/read';
import { reasonOf, UsageError } from './failure.ts';
import type { FlagValues } from './flags.ts';

const flag = 'admission-control-config-file';

export async function admissionConfigurationOf(
  values: FlagValues,
): Promise<AdmissionConfiguration | undefined> {
  const file = values[flag];
  if (!file) return undefined;
  const text = await textOf(file);
  const { readAdmissionConfiguration } =
    await import('@navarch/kinds/admission/configuration/read');
  const { ConfigFileError } = await import('@navarch/api/schema/config-file');
  const directory = path.dirname(file);
  try {
    return await readAdmissionConfiguration(text, (other) =>
      textOf(path.resolve(directory, other)),
    );
  } catch (error) {
    if (!(error instanceof ConfigFileError)) throw error;
    throw new UsageError(`--${flag}: ${reasonOf(error)}`, { cause: error });
  }
}

/** From the kubeconfigs that the file names. Undefined when it names none. */
export async function webhookCredentialsOf({
  admissionConfiguration,
}: Settings): Promise<WebhookCredentials | undefined> {
  const { kubeconfigs } = admissionConfiguration ?? {};
  if (!kubeconfigs || kubeconfigs.size === 0) return undefined;
  const { loadKubeconfigUsers } = await import('@navarch/client/node');
  const { credentialsFor } = await import('@navarch/cluster/connect/webhook/credentials');
  const entries = [...kubeconfigs].map(async ([plugin, file]) => {
    const users = await loadKubeconfigUsers(file).catch((error: unknown) => {
      const message = `couldn't init admission plugin "${plugin}": ${reasonOf(error)}`;
      throw new Error(message, { cause: error });
    });
    return [plugin, users] as const;
  });
  const byPlugin = new Map(await Promise.all(entries));
  return (plugin, hostPort) => {
    const known = byPlugin.get(plugin);
    return known && credentialsFor(known, hostPort);
  };
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`--${flag}: ${reasonOf(error)}`, { cause: error });
  }
}
