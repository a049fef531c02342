/**
 * Some messages show whole objects as the server's own types print: capitalised names, and all members, also those that
 * are not set. Here that is derived from the schema; `go-form.ts` has the few that are shown in part.
 */
import type { FieldSchema, Schema, ScalarType, StructSchema } from '@navarch/api/schema/schema';
import { compareText } from '../table/cells.ts';

/** The value as one of the server's types, given its schema on the wire. */
export function goStruct(schema: StructSchema, value: object): Readonly<Record<string, unknown>> {
  const members: Readonly<Record<string, unknown>> = { ...value };
  return Object.fromEntries(
    fieldsOf(schema).map((field) => [goName(field.name), goMember(field, members[field.name])]),
  );
}

/** Where the server's own type has its members in another order than the wire. */
const moved: Readonly<Record<string, readonly (readonly [name: string, after: string])[]>> = {
  'core/v1.PersistentVolumeSource': [
    ['hostPath', 'awsElasticBlockStore'],
    ['quobyte', 'rbd'],
    ['flexVolume', 'iscsi'],
  ],
  'core/v1.PodSecurityContext': [['fsGroupChangePolicy', 'fsGroup']],
  'core/v1.Volume': [['quobyte', 'rbd']],
};

function fieldsOf({ name, fields }: StructSchema): readonly FieldSchema[] {
  let ordered = fields;
  for (const [member, after] of moved[name] ?? []) {
    const field = fields.find((one) => one.name === member);
    const others = ordered.filter((one) => one !== field);
    const at = others.findIndex((one) => one.name === after) + 1;
    if (field) ordered = [...others.slice(0, at), field, ...others.slice(at)];
  }
  return ordered;
}

/** A member; what is not there is nothing where there can be nothing, and zero elsewhere. */
export function goMember({ schema, presence }: FieldSchema, value: unknown): unknown {
  if (value !== undefined && value !== null) return goValue(schema, value);
  if (presence === 'explicit') return null;
  if (schema.kind === 'struct') return goValue(schema, {});
  return schema.kind === 'scalar' ? (zeros[schema.type] ?? null) : null;
}

const zeros: Partial<Readonly<Record<ScalarType, unknown>>> = {
  string: '',
  boolean: false,
  int32: 0,
  int64: 0,
  float64: 0,
  quantity: '0',
  intOrString: 0,
};

function goValue(schema: Schema, value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  switch (schema.kind) {
    case 'struct':
      // Types of meta/v1 are the same inside the server and on the wire.
      return schema.name.startsWith('meta/') ? value : goStruct(schema, value);
    case 'list':
      return Array.isArray(value) ? value.map((item) => goValue(schema.item, item)) : value;
    case 'map':
      return Object.fromEntries(
        Object.entries(value)
          .toSorted(([a], [b]) => compareText(a, b))
          .map(([key, item]) => [key, goValue(schema.value, item)]),
      );
    case 'scalar':
    case 'union':
      return value;
  }
}

/** Printed over many lines, with all that a page could take for markup escaped. */
export function printed(value: unknown): string {
  return JSON.stringify(value, undefined, 1).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Abbreviations are written in capitals, by habit more than by rule. */
const goNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    apiGroup: 'APIGroup',
    apiVersion: 'APIVersion',
    awsElasticBlockStore: 'AWSElasticBlockStore',
    cel: 'CEL',
    cephfs: 'CephFS',
    csi: 'CSI',
    dnsConfig: 'DNSConfig',
    dnsPolicy: 'DNSPolicy',
    fc: 'FC',
    fsGroup: 'FSGroup',
    fsGroupChangePolicy: 'FSGroupChangePolicy',
    fsType: 'FSType',
    gcePersistentDisk: 'GCEPersistentDisk',
    gmsaCredentialSpec: 'GMSACredentialSpec',
    gmsaCredentialSpecName: 'GMSACredentialSpecName',
    grpc: 'GRPC',
    httpGet: 'HTTPGet',
    httpHeaders: 'HTTPHeaders',
    ip: 'IP',
    iqn: 'IQN',
    iscsi: 'ISCSI',
    iscsiInterface: 'ISCSIInterface',
    nfs: 'NFS',
    os: 'OS',
    pdID: 'PdID',
    pdName: 'PDName',
    rbd: 'RBD',
    seLinuxChangePolicy: 'SELinuxChangePolicy',
    seLinuxOptions: 'SELinuxOptions',
    storageos: 'StorageOS',
    tcpSocket: 'TCPSocket',
    tty: 'TTY',
    uid: 'UID',
    wwids: 'WWIDs',
  }),
);

export function goName(name: string): string {
  return goNames.get(name) ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
