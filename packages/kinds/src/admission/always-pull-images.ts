/** Nobody runs an image because somebody else's pod left it on a node: every start asks the registry, with the pod's own rights. */
import type { AdmissionAttributes, AdmissionPlugin } from '@navarch/api/extension/admission';
import { aggregateMessage, notSupported, Path } from '@navarch/api/field-error';
import type { Pod, PodSpec } from '@navarch/api/types/core/v1/pod';
import { listOf } from '../nil.ts';
import { isFor, isPod } from './objects.ts';
import { refusal } from './refuse.ts';

const always = 'Always';
const kinds = ['initContainers', 'containers', 'ephemeralContainers'] as const;

export const alwaysPullImages: AdmissionPlugin = {
  name: 'AlwaysPullImages',
  handles: (asked) =>
    (asked.operation === 'CREATE' || asked.operation === 'UPDATE') && isFor(asked, '', 'pods'),
  mutate(attributes) {
    const { object } = attributes;
    if (!isPod(object) || bringsNoImage(attributes)) return object;
    return { ...object, spec: pullingAlways(object.spec) };
  },
  validate(attributes) {
    const { object } = attributes;
    if (!isPod(object) || bringsNoImage(attributes)) return;
    const errors = kinds.flatMap((kind) =>
      listOf(object.spec[kind]).flatMap(({ imagePullPolicy }, index) => {
        if (imagePullPolicy === always) return [];
        const path = Path.of('spec', kind).index(index).child('imagePullPolicy');
        return [notSupported(path, imagePullPolicy ?? '', [always])];
      }),
    );
    if (errors.length > 0) throw refusal(attributes, aggregateMessage(errors));
  },
};

/** Pods that were there before keep what they have. */
function bringsNoImage({ object, oldObject }: AdmissionAttributes): boolean {
  if (!isPod(object) || !isPod(oldObject)) return false;
  const known = imagesOf(oldObject);
  return imagesOf(object).every((image) => known.includes(image));
}

function imagesOf({ spec }: Pod): readonly string[] {
  return kinds.flatMap((kind) => listOf(spec[kind]).map(({ image }) => image ?? ''));
}

function pullingAlways(spec: PodSpec): PodSpec {
  const pulled = <T extends object>(list: readonly T[]): readonly T[] =>
    list.map((container) => ({ ...container, imagePullPolicy: always }));
  const { initContainers, containers, ephemeralContainers, volumes } = spec;
  return {
    ...spec,
    ...(initContainers && { initContainers: pulled(initContainers) }),
    containers: pulled(listOf(containers)),
    ...(ephemeralContainers && { ephemeralContainers: pulled(ephemeralContainers) }),
    ...(volumes && {
      volumes: volumes.map((volume) =>
        volume.image ? { ...volume, image: { ...volume.image, pullPolicy: always } } : volume,
      ),
    }),
  };
}
