/** Rewrites what no two runs share: uids, times, versions, generated names, allocated addresses and ports, the case's own namespace. */

const time = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g;
const uid = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
const address = /^(\d+\.\d+\.\d+\.\d+|[0-9a-f]*:[0-9a-f:]+)$/;
/** A table cell: the age of an object that the case made. */
const age = /^(?=.)(\d+m)?(\d+s)?$/;

const replacedByKey: Readonly<Record<string, string>> = {
  uid: '<uid>',
  resourceVersion: '<rv>',
  continue: '<token>',
  creationTimestamp: '<time>',
  caBundle: '<pem>',
  certificate: '<pem>',
  token: '<token>',
  requestReceivedTimestamp: '<time>',
};
const addressKeys = new Set(['clusterIP', 'ip', 'podIP']);
const addressListKeys = new Set(['clusterIPs', 'podIPs']);
const portKeys = new Set(['nodePort', 'healthCheckNodePort']);
const firstNodePort = 30_000;

export function normalise(value: unknown, namespace: string | undefined): unknown {
  const generated = generatedNames(value);
  const rewriteText = (text: string): string => {
    let result = text
      .replace(time, '<time>')
      .replace(uid, '<uid>')
      .replace(/\bkube-api-access-[a-z0-9]{5}\b/g, 'kube-api-access-<generated>')
      .replace(/\(\d+\)$/, '(<n>)')
      .replace(/resource version: \d+, current: \d+/, 'resource version: <n>, current: <n>');
    for (const [name, prefix] of generated) result = result.replaceAll(name, prefix);
    return namespace ? result.replaceAll(namespace, '${NS}') : result;
  };
  return walk(value, '', '', rewriteText);
}

type Rewrite = (text: string) => string;

function walk(value: unknown, key: string, parent: string, rewrite: Rewrite): unknown {
  if (Array.isArray(value)) return value.map((item) => walkItem(item, key, rewrite));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(
          ([name]) => name !== 'time' || (key !== 'managedFields' && parent !== 'managedFields'),
        )
        .map(([name, item]) => [rewrite(name), walk(item, name, key, rewrite)]),
    );
  }
  if (typeof value === 'string') {
    const replacement = replacedByKey[key];
    if (replacement && value !== '' && value !== '0') return replacement;
    return addressKeys.has(key) && address.test(value) ? '<ip>' : rewrite(value);
  }
  if (typeof value === 'number' && portKeys.has(key) && value >= firstNodePort) return '<port>';
  return value;
}

function walkItem(item: unknown, listKey: string, rewrite: Rewrite): unknown {
  if (typeof item === 'string' && listKey === 'cells' && age.test(item)) return '<age>';
  if (typeof item === 'string' && addressListKeys.has(listKey) && address.test(item)) return '<ip>';
  return walk(item, '', listKey, rewrite);
}

/** Names made from a generateName, with what stands for them. */
function generatedNames(value: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const search = (item: unknown): void => {
    if (typeof item !== 'object' || item === null) return;
    const metadata = (item as { metadata?: { name?: unknown; generateName?: unknown } }).metadata;
    const { name, generateName } = metadata ?? {};
    if (
      typeof name === 'string' &&
      typeof generateName === 'string' &&
      generateName &&
      name.startsWith(generateName)
    ) {
      found.set(name, `${generateName}<generated>`);
    }
    for (const child of Object.values(item)) search(child);
  };
  search(value);
  return found;
}

/** Lists the differences between what was recorded and what came back, as `path: recorded X, got Y`. */
export function differences(recorded: unknown, got: unknown, at = ''): string[] {
  if (isContainer(recorded) && isContainer(got) && Array.isArray(recorded) === Array.isArray(got)) {
    const keys = new Set([...Object.keys(recorded), ...Object.keys(got)]);
    return [...keys]
      .flatMap((key) => differences(recorded[key], got[key], `${at}/${key}`))
      .slice(0, 12);
  }
  return recorded === got ? [] : [`${at || '/'}: recorded ${short(recorded)}, got ${short(got)}`];
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 200 ? `${text.slice(0, 197)}...` : text;
}
