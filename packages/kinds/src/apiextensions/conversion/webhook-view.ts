/** A version of a custom kind that a webhook converts: what it made is remembered for as long as somebody has the original. */
import type { CustomForm } from '@navarch/api/extension/custom';
import { apiVersionOf, type KubernetesObject } from '@navarch/api/extension/object';
import type { ResourceDefinition, ResourceView } from '@navarch/api/extension/resource';
import type {
  CustomResourceDefinition,
  WebhookConversion,
} from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import { convertByWebhook } from './webhook-converter.ts';

/** Undefined where nobody need be asked. */
export function webhookOf({
  spec: { conversion },
}: CustomResourceDefinition): WebhookConversion | undefined {
  return conversion?.strategy === 'Webhook' ? conversion.webhook : undefined;
}

/** Whatever version objects were stored in: that changes over the life of a definition. */
export function fromOtherVersions(
  webhook: WebhookConversion,
  apiVersion: string,
): NonNullable<CustomForm['fromOther']> {
  return (objects, services) => convertByWebhook(webhook, objects, apiVersion, services);
}

type CustomDefinition = ResourceDefinition & { readonly custom: CustomForm };
type Conversions = Pick<ResourceView<KubernetesObject>, 'ahead' | 'fromStored' | 'toStored'>;

export function webhookConversions(
  webhook: WebhookConversion,
  stored: CustomDefinition,
  served: CustomDefinition,
): Conversions {
  const made = {
    stored: new WeakMap<KubernetesObject, KubernetesObject>(),
    served: new WeakMap<KubernetesObject, KubernetesObject>(),
  };
  const known = (to: keyof typeof made, object: KubernetesObject): KubernetesObject => {
    const converted = made[to].get(object);
    if (!converted)
      throw new Error('an object was to be converted that nobody asked the webhook about');
    return converted;
  };
  return {
    toStored: (object) => known('stored', object),
    fromStored: (object) => known('served', object),
    ahead: async (objects, to, services) => {
      const target = to === 'stored' ? stored : served;
      const fresh = objects.filter((object) => !made[to].has(object));
      if (fresh.length === 0) return;
      const converted = await convertByWebhook(webhook, fresh, apiVersionOf(target), services);
      for (const [i, object] of fresh.entries()) {
        made[to].set(object, inForm(converted[i] ?? object, target.custom));
      }
    },
  };
}

/** Without what the version's schema does not have. */
function inForm(object: KubernetesObject, form: CustomForm): KubernetesObject {
  const draft = structuredClone({ ...object }) as unknown as Record<string, unknown>;
  form.coerce(draft, 'drop');
  return draft as unknown as KubernetesObject;
}
