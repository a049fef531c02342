/**
 * Resource quotas: a request that would use more than its namespace may is refused; any other is charged before it is carried out.
 *
 * Invariants: Q1 what is used is raised before the object is written, on the latest status, in one step with the comparison, so that
 * any number of requests at once never use more than they may. Q2 all quotas are asked before any is charged; who is refused after all
 * gives back what he was charged. Q3 dry runs are judged and charge nothing. A request that fails later stays charged until the
 * quota controller counts again, as upstream's does.
 */
import type { AdmissionAttributes, AdmissionPlugin } from '@navarch/api/extension/admission';
import type { ObjectWriter, RequestContext, WriteOptions } from '@navarch/api/extension/context';
import { type Amounts } from '@navarch/api/quota/amounts';
import { evaluatorOf } from '@navarch/api/quota/quotas';
import { isStatusError } from '@navarch/api/status';
import type { ResourceQuota } from '@navarch/api/types/core/v1/quota';
import {
  charged,
  chargeTo,
  checkCovered,
  type LimitedResource,
  refunded,
  type Request,
} from './judge.ts';

const quotas = { group: '', resource: 'resourcequotas' };

/** Statuses show that the server itself charged. */
const charging: WriteOptions = {
  dryRun: false,
  owner: { manager: 'kube-apiserver', subresource: 'status' },
};

export function createResourceQuota(limitedResources: readonly LimitedResource[]): AdmissionPlugin {
  return {
    name: 'ResourceQuota',
    handles: ({ operation, resource, subresource }) => {
      const evaluator = evaluatorOf(resource);
      if (!evaluator) return false;
      return operation === 'CREATE'
        ? subresource === ''
        : operation === 'UPDATE' && evaluator.updates.includes(subresource);
    },
    validate(attributes, context) {
      const request = requestOf(attributes, context);
      if (!request) return undefined;
      const all = context.read.list<ResourceQuota>(quotas, attributes.namespace);
      if (all.length === 0 && limitedResources.length === 0) return undefined;
      checkCovered(all, request, limitedResources);
      const concerned = all.filter((quota) => {
        const added = chargeTo(quota, request);
        if (added) charged(quota, added, attributes); // Q2
        return added !== undefined && added.size > 0;
      });
      if (context.dryRun || concerned.length === 0) return undefined; // Q3
      return chargeAll(concerned, request, context.write);
    },
  };
}

export const resourceQuota: AdmissionPlugin = createResourceQuota([]);

function requestOf(
  attributes: AdmissionAttributes,
  { nowMs }: RequestContext,
): Request | undefined {
  const { object, namespace, resource } = attributes;
  if (!object || namespace === '') return undefined;
  const evaluator = evaluatorOf(resource);
  return evaluator && { attributes, object, evaluator, nowMs };
}

interface Charge {
  readonly name: string;
  readonly amounts: Amounts;
}

async function chargeAll(
  concerned: readonly ResourceQuota[],
  request: Request,
  write: ObjectWriter,
): Promise<void> {
  const { namespace } = request.attributes;
  const done: Charge[] = [];
  try {
    for (const { metadata } of concerned) {
      const name = metadata.name ?? '';
      const amounts = await charge(name, request, write);
      if (amounts) done.push({ name, amounts });
    }
  } catch (error) {
    for (const { name, amounts } of done) {
      await unlessGone(
        write.update<ResourceQuota>(
          quotas,
          namespace,
          name,
          (current) => refunded(current, amounts),
          charging,
        ),
      );
    }
    throw error;
  }
}

/** What was charged in the end: the quota may have changed since it was looked at. */
async function charge(
  name: string,
  request: Request,
  write: ObjectWriter,
): Promise<Amounts | undefined> {
  const { attributes } = request;
  let amounts: Amounts | undefined;
  const change = (current: ResourceQuota): ResourceQuota => {
    amounts = chargeTo(current, request);
    return amounts && amounts.size > 0 ? charged(current, amounts, attributes) : current;
  };
  const isThere = await unlessGone(
    write.update(quotas, attributes.namespace, name, change, charging),
  );
  return isThere ? amounts : undefined;
}

/** A quota that is removed meanwhile limits nothing any more. */
async function unlessGone(update: Promise<unknown>): Promise<boolean> {
  try {
    await update;
    return true;
  } catch (error) {
    if (isStatusError(error, 'NotFound')) return false;
    throw error;
  }
}
