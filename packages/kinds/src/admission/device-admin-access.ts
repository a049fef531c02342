/** Devices that others use are for administrators: claims ask for them in namespaces that are labelled for it, nowhere else. */
import type { AdmissionAttributes, AdmissionPlugin } from '@navarch/api/extension/admission';
import { forbidden, Path } from '@navarch/api/field-error';
import { invalid } from '@navarch/api/status';
import type { Namespace } from '@navarch/api/types/core/v1/namespace';
import type { ResourceClaim, ResourceClaimTemplate } from '@navarch/api/types/resource/v1/claim';
import { listOf } from '../nil.ts';
import { isFor } from './objects.ts';

const group = 'resource.k8s.io';
const namespaces = { group: '', resource: 'namespaces' };
const label = 'resource.kubernetes.io/admin-access';
const message = `admin access to devices requires the \`${label}: true\` label on the containing namespace`;

export const deviceAdminAccess: AdmissionPlugin = {
  name: 'DeviceAdminAccess',
  handles: (asked) =>
    (asked.operation === 'CREATE' &&
      (isFor(asked, group, 'resourceclaims') || isFor(asked, group, 'resourceclaimtemplates'))) ||
    (asked.operation === 'UPDATE' && isFor(asked, group, 'resourceclaims', 'status')),
  validate(attributes, { read }) {
    const asked = attributes.operation === 'CREATE' ? inSpec(attributes) : inStatus(attributes);
    if (!asked) return;
    const { namespace, kind, name, object } = attributes;
    const home = read.get<Namespace>(namespaces, '', namespace);
    if (home?.metadata.labels?.[label] === 'true') return;
    throw invalid(kind, object?.metadata.name ?? name, [forbidden(asked, message)]);
  },
};

/** Where administrator's access is asked for first. Templates have the same words for it, though they keep it one level deeper. */
function inSpec({ object, resource }: AdmissionAttributes): Path | undefined {
  const { devices } =
    resource.resource === 'resourceclaims'
      ? (object as ResourceClaim).spec
      : (object as ResourceClaimTemplate).spec.spec;
  const index = listOf(devices?.requests).findIndex(({ exactly }) => exactly?.adminAccess);
  if (index < 0) return undefined;
  return Path.of('spec', 'devices', 'requests').index(index).child('adminAccess');
}

/** Where it is given. What was given before stays. */
function inStatus({ object, oldObject }: AdmissionAttributes): Path | undefined {
  const given = (claim: ResourceClaim) =>
    listOf(claim.status?.allocation?.devices?.results).findIndex(({ adminAccess }) => adminAccess);
  const index = given(object as ResourceClaim);
  if (index < 0 || given(oldObject as ResourceClaim) >= 0) return undefined;
  return Path.of('status', 'allocation', 'devices', 'results').index(index).child('adminAccess');
}
