/** Users who show a client certificate: the common name is the user, the organizations are the groups. */
import type { UserInfo } from '@navarch/api/extension/context';
import type { ClientCertificate } from '../request/request.ts';
import { asAuthenticated, credentialIdKey } from './groups.ts';

export class CertificateUsers {
  /** A connection shows the same certificate with each of its requests. */
  readonly #users = new WeakMap<ClientCertificate, UserInfo>();

  /** Undefined when the certificate names nobody; 'refused' when it does not count (any more). */
  userOf(certificate: ClientCertificate, nowMs: number): UserInfo | 'refused' | undefined {
    if (certificate.problem !== undefined) return 'refused';
    // A connection may outlive the certificate that it began with.
    if (nowMs < certificate.validFromMs || nowMs > certificate.validToMs) return 'refused';
    if (certificate.commonName === '') return undefined;
    let user = this.#users.get(certificate);
    if (!user) {
      user = asAuthenticated({
        username: certificate.commonName,
        groups: certificate.organizations,
        extra: { [credentialIdKey]: [`X509SHA256=${certificate.sha256}`] },
      });
      this.#users.set(certificate, user);
    }
    return user;
  }
}
