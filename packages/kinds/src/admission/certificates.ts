/** Certificates make identities: who may approve and sign for a signer, and what may never be asked for. */
import type { AdmissionAttributes, AdmissionPlugin } from '@navarch/api/extension/admission';
import type { RequestContext } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { CertificateSigningRequest } from '@navarch/api/types/certificates/v1';
import { requestSubject } from '../certificates/subject.ts';
import { semanticallyEqual } from '../equal.ts';
import { isFor } from './objects.ts';
import { refusal } from './refuse.ts';

const group = 'certificates.k8s.io';
const resource = 'certificatesigningrequests';
const clientSigner = 'kubernetes.io/kube-apiserver-client';
const masters = 'system:masters';

function isRequest(object: KubernetesObject | undefined): object is CertificateSigningRequest {
  return object?.kind === 'CertificateSigningRequest';
}

export const certificateApproval: AdmissionPlugin = {
  name: 'CertificateApproval',
  handles: (asked) => asked.operation === 'UPDATE' && isFor(asked, group, resource, 'approval'),
  async validate(attributes, context) {
    const { oldObject } = attributes;
    if (isRequest(oldObject)) await demand('approve', oldObject, attributes, context);
  },
};

export const certificateSigning: AdmissionPlugin = {
  name: 'CertificateSigning',
  handles: (asked) => asked.operation === 'UPDATE' && isFor(asked, group, resource, 'status'),
  async validate(attributes, context) {
    const { object, oldObject } = attributes;
    if (!isRequest(object) || !isRequest(oldObject)) return;
    const same =
      object.status?.certificate === oldObject.status?.certificate &&
      semanticallyEqual(object.status?.conditions, oldObject.status?.conditions);
    if (!same) await demand('sign', oldObject, attributes, context);
  },
};

/** The right to the verb on this signer, or on all signers of its domain. */
async function demand(
  verb: 'approve' | 'sign',
  { spec }: CertificateSigningRequest,
  attributes: AdmissionAttributes,
  { services, user }: RequestContext,
): Promise<void> {
  const { signerName } = spec;
  const domain = signerName.slice(0, Math.max(0, signerName.indexOf('/')));
  for (const name of [signerName, `${domain}/*`]) {
    const signers = {
      group,
      version: '*',
      resource: 'signers',
      subresource: '',
      namespace: '',
      name,
    };
    // One after the other: nearly always the first one decides.
    // oxlint-disable-next-line no-await-in-loop
    const { decision } = await services.authorize({ user, verb, path: '', resource: signers });
    if (decision === 'allow') return;
  }
  const shown = JSON.stringify(signerName);
  throw refusal(attributes, `user not permitted to ${verb} requests with signerName ${shown}`);
}

/** Nobody becomes a member of the group that may do everything by asking for a certificate. */
export const certificateSubjectRestriction: AdmissionPlugin = {
  name: 'CertificateSubjectRestriction',
  handles: (asked) => asked.operation === 'CREATE' && isFor(asked, group, resource),
  validate(attributes) {
    const { object } = attributes;
    if (!isRequest(object) || object.spec.signerName !== clientSigner) return;
    const subject = requestSubject(object.spec.request);
    if (!subject?.organizations.includes(masters)) return;
    const message = `use of ${clientSigner} signer with ${masters} group is not allowed`;
    throw refusal(attributes, message);
  },
};
