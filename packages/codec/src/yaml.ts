/** YAML in and out. The parser is only loaded when the first text comes, because most servers never see one. */
import { YamlSyntaxError } from './yaml/error.ts';
import type { YamlDocument } from './yaml/decode.ts';

export { YamlSyntaxError };
export type { YamlDocument };
export { formatYaml } from './yaml/encode.ts';

/** Reads the first document of a text; null when there is none. Rejects with a YamlSyntaxError. */
export async function parseYaml(text: string): Promise<YamlDocument> {
  const { decodeYaml } = await import('./yaml/decode.ts');
  return decodeYaml(text);
}

/** What strict validation says of keys that repeat. */
export function duplicateKeysText(problems: readonly string[]): string {
  return `yaml: unmarshal errors:\n${problems.map((text) => `  ${text}`).join('\n')}`;
}
