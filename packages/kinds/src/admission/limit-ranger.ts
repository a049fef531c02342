/** The limit ranges of a namespace: what containers ask for when they do not say, and what they may not ask for. */
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import type { ObjectReader } from '@navarch/api/extension/context';
import type { Container } from '@navarch/api/types/core/v1/container';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { LimitRange } from '@navarch/api/types/core/v1/quota';
import type { ResourceList } from '@navarch/api/types/core/v1/resources';
import { listOf } from '../nil.ts';
import { compareText } from '../table/cells.ts';
import { claimProblems, podProblems } from './limit-range-problems.ts';
import { isClaim, isFor, isPod } from './objects.ts';
import { refusal } from './refuse.ts';

const limitRanges = { group: '', resource: 'limitranges' };
const annotation = 'kubernetes.io/limit-ranger';

export const limitRanger: AdmissionPlugin = {
  name: 'LimitRanger',
  handles: (asked) =>
    (asked.operation === 'CREATE' && isFor(asked, '', 'pods')) ||
    (asked.operation === 'UPDATE' && isFor(asked, '', 'pods', 'resize')) ||
    ((asked.operation === 'CREATE' || asked.operation === 'UPDATE') &&
      isFor(asked, '', 'persistentvolumeclaims')),
  mutate({ object, namespace }, { read }) {
    if (!isPod(object)) return object;
    return rangesOf(namespace, read).reduce(withDefaults, object);
  },
  validate(attributes, { read }) {
    const { object, namespace } = attributes;
    for (const range of rangesOf(namespace, read)) {
      const problems = isPod(object)
        ? podProblems(object, range)
        : isClaim(object)
          ? claimProblems(object, range)
          : [];
      if (problems.length === 0) continue;
      const [first = ''] = problems;
      throw refusal(attributes, problems.length === 1 ? first : `[${problems.join(', ')}]`);
    }
  },
};

function rangesOf(namespace: string, read: ObjectReader): readonly LimitRange[] {
  return read.list<LimitRange>(limitRanges, namespace);
}

function withDefaults(pod: Pod, range: LimitRange): Pod {
  const items = listOf(range.spec.limits).filter((item) => item.type === 'Container');
  const defaults = {
    limits: Object.assign({}, ...items.map((item) => item.default)) as ResourceList,
    requests: Object.assign({}, ...items.map((item) => item.defaultRequest)) as ResourceList,
  };
  const notes: string[] = [];
  const complete = (what: string) => (container: Container) =>
    withContainerDefaults(container, defaults, `${what} ${container.name}`, notes);
  const containers = pod.spec.containers.map(complete('container'));
  const initContainers = pod.spec.initContainers?.map(complete('init container'));
  if (notes.length === 0) return pod;
  const { metadata, spec } = pod;
  const note = `LimitRanger plugin set: ${notes.join('; ')}`;
  return {
    ...pod,
    metadata: { ...metadata, annotations: { ...metadata.annotations, [annotation]: note } },
    spec: { ...spec, containers, ...(initContainers && { initContainers }) },
  };
}

interface Defaults {
  readonly limits: ResourceList;
  readonly requests: ResourceList;
}

function withContainerDefaults(
  container: Container,
  defaults: Defaults,
  who: string,
  notes: string[],
): Container {
  const { limits, requests } = container.resources ?? {};
  const missing = (given: ResourceList | undefined, usual: ResourceList) =>
    Object.keys(usual)
      .filter((name) => given?.[name] === undefined)
      .toSorted(compareText);
  const newRequests = missing(requests, defaults.requests);
  const newLimits = missing(limits, defaults.limits);
  if (newRequests.length === 0 && newLimits.length === 0) return container;
  if (newRequests.length > 0) notes.push(`${newRequests.join(', ')} request for ${who}`);
  if (newLimits.length > 0) notes.push(`${newLimits.join(', ')} limit for ${who}`);
  return {
    ...container,
    resources: {
      ...container.resources,
      ...merged('limits', defaults.limits, limits),
      ...merged('requests', defaults.requests, requests),
    },
  };
}

function merged(
  name: 'limits' | 'requests',
  usual: ResourceList,
  given: ResourceList | undefined,
): { readonly [key in typeof name]?: ResourceList } {
  const all = Object.entries({ ...usual, ...given }).toSorted(([a], [b]) => compareText(a, b));
  return all.length === 0 ? {} : { [name]: Object.fromEntries(all) };
}
