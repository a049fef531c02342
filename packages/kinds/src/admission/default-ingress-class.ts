/** Ingresses without a class get the cluster's default. */
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import type { IngressClass } from '@navarch/api/types/networking/v1';
import { newestDefault } from './newest-default.ts';
import { isFor, isIngress } from './objects.ts';

const group = 'networking.k8s.io';
const classes = { group, resource: 'ingressclasses' };
const defaultAnnotation = 'ingressclass.kubernetes.io/is-default-class';
const oldAnnotation = 'kubernetes.io/ingress.class';

export const defaultIngressClass: AdmissionPlugin = {
  name: 'DefaultIngressClass',
  handles: (asked) => asked.operation === 'CREATE' && isFor(asked, group, 'ingresses'),
  mutate({ object }, { read }) {
    if (!isIngress(object)) return object;
    const { metadata, spec } = object;
    if (spec.ingressClassName !== undefined) return object;
    if (metadata.annotations?.[oldAnnotation] !== undefined) return object;
    const found = newestDefault(
      read
        .list<IngressClass>(classes, '')
        .filter((known) => known.metadata.annotations?.[defaultAnnotation] === 'true'),
    );
    const name = found?.metadata.name;
    return name === undefined ? object : { ...object, spec: { ...spec, ingressClassName: name } };
  },
};
