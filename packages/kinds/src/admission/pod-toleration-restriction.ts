/** What a namespace's pods tolerate: what the namespace, or the cluster, gives them, and at most what it allows. */
import type { AdmissionAttributes, AdmissionPlugin } from '@navarch/api/extension/admission';
import type { RequestContext } from '@navarch/api/extension/context';
import { notFound, unknownReason } from '@navarch/api/status';
import type { Namespace } from '@navarch/api/types/core/v1/namespace';
import type { Toleration } from '@navarch/api/types/core/v1/scheduling';
import { computeQosClass } from '../core/pod/qos.ts';
import { semanticallyEqual } from '../equal.ts';
import { listOf } from '../nil.ts';
import { isFor, isPod } from './objects.ts';

const namespaces = { group: '', resource: 'namespaces' };
const defaultAnnotation = 'scheduler.alpha.kubernetes.io/defaultTolerations';
const allowedAnnotation = 'scheduler.alpha.kubernetes.io/tolerationsWhitelist';

/** Only best-effort pods leave a node that runs short of memory. */
const memoryPressure: Toleration = {
  key: 'node.kubernetes.io/memory-pressure',
  operator: 'Exists',
  effect: 'NoSchedule',
};

const conflictText =
  'pod tolerations (possibly merged with namespace default tolerations) conflict with its namespace whitelist';

/** podtolerationrestriction.admission.k8s.io/v1alpha1 Configuration: for namespaces that do not say. */
export interface TolerationDefaults {
  readonly default: readonly Toleration[];
  readonly whitelist: readonly Toleration[];
}

export function createPodTolerationRestriction(defaults: TolerationDefaults): AdmissionPlugin {
  return {
    name: 'PodTolerationRestriction',
    handles: (asked) =>
      (asked.operation === 'CREATE' || asked.operation === 'UPDATE') && isFor(asked, '', 'pods'),
    mutate(attributes, context) {
      const { object, operation } = attributes;
      if (!isPod(object)) return object;
      const more = [
        ...(operation === 'CREATE'
          ? (said(attributes, context, defaultAnnotation) ?? defaults.default)
          : []),
        ...(computeQosClass(object) === 'BestEffort' ? [] : [memoryPressure]),
      ];
      if (more.length === 0) return object;
      const tolerations = merged([...listOf(object.spec.tolerations), ...more]);
      return { ...object, spec: { ...object.spec, tolerations } };
    },
    validate(attributes, context) {
      const { object } = attributes;
      if (!isPod(object)) return;
      const allowed = said(attributes, context, allowedAnnotation) ?? defaults.whitelist;
      if (allowed.length === 0) return;
      const fits = listOf(object.spec.tolerations).every((toleration) =>
        allowed.some((wider) => includes(wider, toleration)),
      );
      if (!fits) throw unknownReason(conflictText);
    },
  };
}

export const podTolerationRestriction: AdmissionPlugin = createPodTolerationRestriction({
  default: [],
  whitelist: [],
});

function said(
  { namespace }: AdmissionAttributes,
  { read }: RequestContext,
  annotation: string,
): readonly Toleration[] | undefined {
  const home = read.get<Namespace>(namespaces, '', namespace);
  if (!home) throw notFound(namespaces, namespace);
  const text = home.metadata.annotations?.[annotation];
  if (text === undefined || text === '') return undefined;
  const value = parseTolerations(text);
  if (!Array.isArray(value)) throw unknownReason(`${annotation}: not a list of tolerations`);
  return value as readonly Toleration[];
}

function parseTolerations(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw unknownReason(error instanceof Error ? error.message : String(error));
  }
}

/** Those that no other one includes; of equal ones the first. */
function merged(all: readonly Toleration[]): readonly Toleration[] {
  const kept: Toleration[] = [];
  for (const [index, toleration] of all.entries()) {
    if (kept.some((wider) => includes(wider, toleration))) continue;
    const later = all.slice(index + 1);
    const isCovered = later.some(
      (wider) => !semanticallyEqual(wider, toleration) && includes(wider, toleration),
    );
    if (!isCovered) kept.push(toleration);
  }
  return kept;
}

/** Whether `wider` tolerates all that `narrow` does. */
function includes(wider: Toleration, narrow: Toleration): boolean {
  if (semanticallyEqual(wider, narrow)) return true;
  const { key = '', operator = 'Equal', effect = '', value = '', tolerationSeconds } = wider;
  if ((narrow.key ?? '') !== key && (key !== '' || operator !== 'Exists')) return false;
  if ((narrow.effect ?? '') !== effect && effect !== '') return false;
  if (effect === 'NoExecute' && tolerationSeconds !== undefined) {
    if ((narrow.tolerationSeconds ?? Number.POSITIVE_INFINITY) > tolerationSeconds) return false;
  }
  if (operator === 'Exists') return true;
  return operator === (narrow.operator ?? 'Equal') && (narrow.value ?? '') === value;
}
