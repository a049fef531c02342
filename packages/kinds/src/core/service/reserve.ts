/** Takes what a service needs of the cluster before it is written: its families, addresses and node ports. */
import type { RequestContext } from '@navarch/api/extension/context';
import type { Reservation } from '@navarch/api/extension/resource';
import { invalid } from '@navarch/api/status';
import type { Service } from '@navarch/api/types/core/v1/service';
import { configuredFamilies, heldIps, releaseIps, takeClusterIps } from './cluster-ips.ts';
import { settleFamilies } from './families.ts';
import { takeNodePorts } from './node-ports.ts';

export async function reserve(
  service: Service,
  stored: Service | undefined,
  context: RequestContext,
): Promise<Reservation<Service>> {
  const families = settleFamilies(service.spec, stored?.spec, configuredFamilies(context));
  if (families.errors.length > 0) {
    const { name = '' } = service.metadata;
    throw invalid({ group: '', kind: 'Service' }, name, families.errors);
  }
  const settled = { ...service, spec: families.spec };
  const ips = await takeClusterIps(settled, stored, context);
  // Reads what is taken and holds what it takes without waiting in between: no other write can come between the two.
  let ports;
  try {
    ports = takeNodePorts({ ...service, spec: ips.spec }, stored, context);
  } catch (error) {
    await ips.giveBack();
    throw error;
  }
  const { spec, release } = ports;
  return {
    object: { ...service, spec },
    async commit() {
      release();
      ips.keep();
      await releaseIps(service, ips.released, context);
    },
    async rollback() {
      release();
      await ips.giveBack();
    },
  };
}

/** A service that is gone needs its addresses no more. */
export function releaseAll(service: Service, context: RequestContext): Promise<void> {
  return releaseIps(service, heldIps(service.spec), context);
}
