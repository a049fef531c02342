/** The webhooks of all configurations, in the order in which they are asked, made ready once per change. */
import type { ObjectReader } from '@navarch/api/extension/context';
import type { WebhookAddress } from '@navarch/api/extension/webhook';
import type { RuleWithOperations } from '@navarch/api/types/admissionregistration/v1/matching';
import type {
  MutatingWebhook,
  MutatingWebhookConfiguration,
  ValidatingWebhook,
  ValidatingWebhookConfiguration,
} from '@navarch/api/types/admissionregistration/v1/webhook';
import type { Expression } from '../../cel/admission-expressions.ts';
import { listOf } from '../../nil.ts';
import { compileSelectors, type RequestSelectors } from '../match/selectors.ts';
import { compileConditions } from './conditions.ts';

export interface Hook {
  readonly name: string;
  readonly configuration: string;
  /** Tells it from all others of its kind. */
  readonly id: string;
  readonly rules: readonly RuleWithOperations[];
  /** Requests through other versions of what the rules name count, too. */
  readonly matchesEquivalents: boolean;
  readonly selectors: RequestSelectors;
  readonly conditions: readonly Expression[];
  readonly address: WebhookAddress;
  readonly timeoutSeconds: number;
  /** A request goes on when it cannot be asked. */
  readonly failsOpen: boolean;
  readonly allowsDryRun: boolean;
  readonly reviewVersions: readonly string[];
  readonly isReinvoked: boolean;
}

type Configuration = MutatingWebhookConfiguration | ValidatingWebhookConfiguration;

/** Finds the webhooks in force. Costs next to nothing while no configuration changes. */
export function createHookSource(plural: string): (read: ObjectReader) => readonly Hook[] {
  const resource = { group: 'admissionregistration.k8s.io', resource: plural };
  const known = new WeakMap<ObjectReader, { version: number; hooks: readonly Hook[] }>();
  return (read) => {
    const version = read.version(resource);
    const before = known.get(read);
    if (before?.version === version) return before.hooks;
    const hooks = compileHooks(read.list<Configuration>(resource, ''));
    known.set(read, { version, hooks });
    return hooks;
  };
}

/** Ordered by the names of their configurations, and in each as it lists them. */
export function compileHooks(configurations: readonly Configuration[]): readonly Hook[] {
  return configurations
    .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
    .flatMap((configuration) => {
      const seen = new Map<string, number>();
      return listOf<MutatingWebhook | ValidatingWebhook>(configuration.webhooks).map((webhook) => {
        const count = seen.get(webhook.name) ?? 0;
        seen.set(webhook.name, count + 1);
        return compileHook(webhook, nameOf(configuration), count);
      });
    });
}

function nameOf({ metadata }: Configuration): string {
  return metadata.name ?? '';
}

const timeoutSecondsDefault = 10;

function compileHook(
  webhook: MutatingWebhook | ValidatingWebhook,
  configuration: string,
  count: number,
): Hook {
  const { name, sideEffects } = webhook;
  return {
    name,
    configuration,
    id: `${configuration}/${name}/${count}`,
    rules: listOf(webhook.rules),
    matchesEquivalents: webhook.matchPolicy !== 'Exact',
    selectors: compileSelectors(webhook),
    conditions: compileConditions(listOf(webhook.matchConditions)),
    address: webhook.clientConfig,
    timeoutSeconds: webhook.timeoutSeconds ?? timeoutSecondsDefault,
    failsOpen: webhook.failurePolicy === 'Ignore',
    allowsDryRun: sideEffects === 'None' || sideEffects === 'NoneOnDryRun',
    reviewVersions: listOf(webhook.admissionReviewVersions),
    isReinvoked: 'reinvocationPolicy' in webhook && webhook.reinvocationPolicy === 'IfNeeded',
  };
}
