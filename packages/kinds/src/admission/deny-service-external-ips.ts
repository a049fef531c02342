/** Who may choose a service's external addresses could take over traffic that is meant for others. */
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Service } from '@navarch/api/types/core/v1/service';
import { listOf } from '../nil.ts';
import { isFor } from './objects.ts';
import { refusal } from './refuse.ts';

export const denyServiceExternalIps: AdmissionPlugin = {
  name: 'DenyServiceExternalIPs',
  handles: (asked) =>
    (asked.operation === 'CREATE' || asked.operation === 'UPDATE') && isFor(asked, '', 'services'),
  validate(attributes) {
    const known = addressesOf(attributes.oldObject);
    const isNew = (address: string) => !known.includes(address);
    if (!addressesOf(attributes.object).some(isNew)) return;
    throw refusal(attributes, 'Use of external IPs is denied by admission control');
  },
};

function addressesOf(object: KubernetesObject | undefined): readonly string[] {
  return object ? listOf((object as Service).spec.externalIPs) : [];
}
