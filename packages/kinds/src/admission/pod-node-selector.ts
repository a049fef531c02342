/** A namespace's pods run on the nodes that the namespace, or the cluster, has for them. */
import type { AdmissionAttributes, AdmissionPlugin } from '@navarch/api/extension/admission';
import type { RequestContext } from '@navarch/api/extension/context';
import { notFound, unknownReason } from '@navarch/api/status';
import type { Namespace } from '@navarch/api/types/core/v1/namespace';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { isFor, isPod } from './objects.ts';
import { refusal } from './refuse.ts';

const annotation = 'scheduler.alpha.kubernetes.io/node-selector';
const namespaces = { group: '', resource: 'namespaces' };
const clusterDefault = 'clusterDefaultNodeSelector';

type Labels = Readonly<Record<string, string>>;

/**
 * podNodeSelectorPluginConfig: labels as `a=b,c=d`, by namespace: the only ones that its pods may ask for; and under
 * `clusterDefaultNodeSelector` those for namespaces whose annotation does not say.
 */
export function createPodNodeSelector(configuration: Labels): AdmissionPlugin {
  return {
    name: 'PodNodeSelector',
    handles: (asked) => asked.operation === 'CREATE' && isFor(asked, '', 'pods'),
    mutate(attributes, context) {
      const { object } = attributes;
      if (!isPod(object)) return object;
      const wanted = selectorOf(attributes, context, configuration);
      checkPod(object, wanted, attributes, configuration);
      if (Object.keys(wanted).length === 0) return object;
      const nodeSelector = { ...wanted, ...object.spec.nodeSelector };
      const merged = { ...object, spec: { ...object.spec, nodeSelector } };
      checkPod(merged, wanted, attributes, configuration);
      return merged;
    },
    validate(attributes, context) {
      const { object } = attributes;
      if (!isPod(object)) return;
      checkPod(object, selectorOf(attributes, context, configuration), attributes, configuration);
    },
  };
}

export const podNodeSelector: AdmissionPlugin = createPodNodeSelector({});

function selectorOf(
  { namespace }: AdmissionAttributes,
  { read }: RequestContext,
  configuration: Labels,
): Labels {
  const home = read.get<Namespace>(namespaces, '', namespace);
  if (!home) throw notFound(namespaces, namespace);
  return parseLabels(home.metadata.annotations?.[annotation] ?? configuration[clusterDefault]);
}

function parseLabels(text: string | undefined): Labels {
  if (text === undefined || text === '') return {};
  const entries = text.split(',').map((part) => {
    const [key = '', value, ...rest] = part.split('=');
    if (value === undefined || rest.length > 0) {
      throw unknownReason(`invalid selector: [${text.split(',').join(' ')}]`);
    }
    return [key.trim(), value.trim()] as const;
  });
  return Object.fromEntries(entries);
}

function checkPod(
  { spec }: Pod,
  wanted: Labels,
  attributes: AdmissionAttributes,
  configuration: Labels,
): void {
  const asked = Object.entries(spec.nodeSelector ?? {});
  if (asked.some(([key, value]) => (wanted[key] ?? value) !== value)) {
    const message = 'pod node label selector conflicts with its namespace node label selector';
    throw refusal(attributes, message);
  }
  const allowed = parseLabels(configuration[attributes.namespace]);
  if (Object.keys(allowed).length === 0) return;
  if (asked.some(([key, value]) => allowed[key] !== value)) {
    const message = 'pod node label selector labels conflict with its namespace whitelist';
    throw refusal(attributes, message);
  }
}
