/** Types of what expressions about requests may look at. Their fields are part of the API: KEP-3488, AdmissionRequest, Namespace. */
import type { TypeProvider } from '@navarch/cel/environment';
import {
  boolType,
  dynType,
  intType,
  listType,
  mapType,
  objectType,
  stringType,
  timestampType,
  type Type,
} from '@navarch/cel/types';

type Fields = Readonly<Record<string, Type>>;

export const requestType = objectType('kubernetes.AdmissionRequest');
export const namespaceType = objectType('kubernetes.Namespace');
/** The variables of a policy, as fields. */
export const variablesType = objectType('kubernetes.variables');

const groupVersionKind = objectType('kubernetes.GroupVersionKind');
const groupVersionResource = objectType('kubernetes.GroupVersionResource');
const userInfo = objectType('kubernetes.UserInfo');

const objects: Readonly<Record<string, Fields>> = {
  'kubernetes.AdmissionRequest': {
    kind: groupVersionKind,
    resource: groupVersionResource,
    subResource: stringType,
    requestKind: groupVersionKind,
    requestResource: groupVersionResource,
    requestSubResource: stringType,
    name: stringType,
    namespace: stringType,
    operation: stringType,
    userInfo,
    dryRun: boolType,
    options: dynType,
  },
  'kubernetes.GroupVersionKind': { group: stringType, version: stringType, kind: stringType },
  'kubernetes.GroupVersionResource': {
    group: stringType,
    version: stringType,
    resource: stringType,
  },
  'kubernetes.UserInfo': {
    username: stringType,
    uid: stringType,
    groups: listType(stringType),
    extra: mapType(stringType, listType(stringType)),
  },
  'kubernetes.Namespace': {
    metadata: objectType('kubernetes.NamespaceMetadata'),
    spec: objectType('kubernetes.NamespaceSpec'),
    status: objectType('kubernetes.NamespaceStatus'),
  },
  'kubernetes.NamespaceMetadata': {
    name: stringType,
    generateName: stringType,
    namespace: stringType,
    labels: mapType(stringType, stringType),
    annotations: mapType(stringType, stringType),
    UID: stringType,
    creationTimestamp: timestampType,
    deletionGracePeriodSeconds: intType,
    deletionTimestamp: timestampType,
    generation: intType,
    resourceVersion: stringType,
    finalizers: listType(stringType),
  },
  'kubernetes.NamespaceSpec': { finalizers: listType(stringType) },
  'kubernetes.NamespaceStatus': { phase: stringType },
};

/** With the fields of `variables` as they are known so far. */
export function admissionTypes(variables: Fields): TypeProvider {
  const fieldsOf = (name: string): Fields | undefined =>
    name === 'kubernetes.variables'
      ? variables
      : Object.hasOwn(objects, name)
        ? objects[name]
        : undefined;
  return {
    findType: (name) => (fieldsOf(name) ? objectType(name) : undefined),
    findField: (name, field) => {
      const fields = fieldsOf(name);
      return fields && Object.hasOwn(fields, field) ? fields[field] : undefined;
    },
  };
}
