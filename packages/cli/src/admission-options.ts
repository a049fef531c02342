/** Reads the file that says more of admission plugins. What does it is only loaded when the flag asks for it. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
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

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`--${flag}: ${reasonOf(error)}`, { cause: error });
  }
}
