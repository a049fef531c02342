/** What others need in order to verify service-account tokens by themselves: OpenID Connect discovery. */
import type { TokenSigner } from '../authenticate/service-account/signing.ts';
import { checkAccepts } from '../endpoints/acceptable.ts';
import { jsonResponse } from '../http/answers.ts';
import type { PathRequest, PathRoute } from '../http/path-routes.ts';
import type { ApiResponse } from '../request/request.ts';

const keySetType = 'application/jwk-set+json';
/** Keys change seldom. */
const cacheable = { 'cache-control': 'public, max-age=3600' };

export interface IssuerOptions {
  readonly issuer: string;
  readonly signer: TokenSigner;
  /** `host:port` of this server. */
  readonly serverAddress: () => string;
}

export function issuerRoutes({
  issuer,
  signer,
  serverAddress,
}: IssuerOptions): readonly PathRoute[] {
  return [
    {
      path: '/.well-known/openid-configuration',
      covers: 'exact',
      methods: 'get',
      answer: ({ request }) => {
        checkAccepts(request, ['application/json']);
        const document = {
          issuer,
          jwks_uri: `https://${serverAddress()}/openid/v1/jwks`,
          response_types_supported: ['id_token'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: signer.algorithms,
        };
        return jsonResponse(document, cacheable);
      },
    },
    {
      path: '/openid/v1/jwks',
      covers: 'exact',
      methods: 'get',
      answer: (asked) => answerKeys(asked, signer),
    },
  ];
}

async function answerKeys({ request }: PathRequest, signer: TokenSigner): Promise<ApiResponse> {
  checkAccepts(request, [keySetType]);
  return jsonResponse(await signer.keySet(), { ...cacheable, 'content-type': keySetType });
}
