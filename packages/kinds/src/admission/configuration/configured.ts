/** What a file may say of a plugin, and what comes of it. */
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import { aggregateMessage, type FieldError } from '@navarch/api/field-error';
import { ConfigFileError } from '@navarch/api/schema/config-file';
import type { StructSchema } from '@navarch/api/schema/schema';

export type Configured =
  /** Made anew for each server: plugins remember. */
  | { readonly plugin: () => AdmissionPlugin }
  /** Where a plugin that asks others finds how to prove itself; empty when nothing is named. */
  | { readonly kubeconfig: string };

export interface PluginConfiguration {
  /** Empty where the file has no kind. */
  readonly schemas: readonly StructSchema[];
  /** Throws a ConfigFileError. */
  accept(value: Readonly<Record<string, unknown>>): Configured;
}

export function refuseErrors(errors: readonly FieldError[]): void {
  if (errors.length > 0) throw new ConfigFileError(aggregateMessage(errors));
}
