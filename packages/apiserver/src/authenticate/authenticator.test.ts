/** Who a request is from, by what it shows. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, test } from 'node:test';
import type { ObjectReader } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { createVirtualRuntime } from '@navarch/runtime/testing';
import type { ApiRequest, ClientCertificate } from '../request/request.ts';
import { type Authenticator, createAuthenticator } from './authenticator.ts';
import {
  createKeySigner,
  createRememberingSigner,
  type TokenSigner,
} from './service-account/signing.ts';
import { ServiceAccountTokens } from './service-account/tokens.ts';
import { parseTokenFile, TokenFileError } from './token-file.ts';

const tokenFile = 'admintoken,admin,admin,"system:masters"\nplain,bob,7\n"odd ""one",eve,,"a,b"\n';
const issuer = 'https://kubernetes.default.svc';
const runtime = createVirtualRuntime();
const nowMs = runtime.clock.wallMs();

function keySigner(): TokenSigner {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return createKeySigner({
    signing: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    verifying: [publicKey.export({ type: 'spki', format: 'pem' }).toString()],
    algorithm: 'ES256',
  });
}

/** Objects by `resource/namespace/name`; tests add and remove them. */
function setUp(signer: TokenSigner = createRememberingSigner(runtime.random)) {
  const objects = new Map<string, KubernetesObject>([
    ['serviceaccounts/d/robot', { metadata: { name: 'robot', namespace: 'd', uid: 'u1' } }],
    ['pods/d/p', { metadata: { name: 'p', namespace: 'd', uid: 'p1' } }],
  ]);
  const read = {
    get: (of: { resource: string }, namespace: string, name: string) =>
      objects.get(`${of.resource}/${namespace}/${name}`),
  } as unknown as ObjectReader;
  const { clock, random } = runtime;
  const audiences = [issuer];
  const tokens = new ServiceAccountTokens({ issuer, audiences, signer, read, clock, random });
  const tokenUsers = parseTokenFile(tokenFile);
  const authenticator = createAuthenticator({
    tokenUsers,
    serviceAccountTokens: tokens,
    audiences,
    clock,
  });
  return { objects, tokens, authenticator };
}

function request(headers: Record<string, string>, certificate?: ClientCertificate): ApiRequest {
  return { headers, identity: { certificate } } as unknown as ApiRequest;
}

const certificate: ClientCertificate = {
  commonName: 'ann',
  organizations: ['dev'],
  raw: new Uint8Array(),
  sha256: 'ab',
  validFromMs: nowMs - 1000,
  validToMs: nowMs + 1000,
};

const cases: {
  name: string;
  authorization?: string;
  certificate?: ClientCertificate;
  is: string;
}[] = [
  { name: 'nothing', is: 'system:anonymous system:unauthenticated' },
  {
    name: 'a token of the file',
    authorization: 'Bearer admintoken',
    is: 'admin system:masters system:authenticated',
  },
  { name: 'a lower-case scheme', authorization: 'bearer plain', is: 'bob system:authenticated' },
  {
    name: 'more words than two',
    authorization: 'Bearer plain more',
    is: 'bob system:authenticated',
  },
  { name: 'an unknown token', authorization: 'Bearer nonsense', is: 'refused' },
  { name: 'something that looks like a JWT', authorization: 'Bearer a.b.c', is: 'refused' },
  {
    name: 'a scheme without a token',
    authorization: 'Bearer',
    is: 'system:anonymous system:unauthenticated',
  },
  {
    name: 'an empty token',
    authorization: 'Bearer ',
    is: 'system:anonymous system:unauthenticated',
  },
  {
    name: 'another scheme',
    authorization: 'Basic YTpi',
    is: 'system:anonymous system:unauthenticated',
  },
  { name: 'a certificate', certificate, is: 'ann dev system:authenticated' },
  {
    name: 'a certificate and a token',
    certificate,
    authorization: 'Bearer plain',
    is: 'ann dev system:authenticated',
  },
  {
    name: 'an unverified certificate',
    certificate: { ...certificate, problem: 'x' },
    is: 'refused',
  },
  {
    name: 'an expired certificate',
    certificate: { ...certificate, validToMs: nowMs - 1 },
    is: 'refused',
  },
  {
    name: 'a certificate from tomorrow',
    certificate: { ...certificate, validFromMs: nowMs + 1 },
    is: 'refused',
  },
  {
    name: 'an unverified certificate and a token',
    certificate: { ...certificate, problem: 'x' },
    authorization: 'Bearer plain',
    is: 'bob system:authenticated',
  },
  {
    name: 'a certificate without a name',
    certificate: { ...certificate, commonName: '' },
    is: 'system:anonymous system:unauthenticated',
  },
];

describe('a request that shows', () => {
  const { authenticator } = setUp();
  for (const { name, authorization, certificate, is } of cases) {
    test(name, async () => {
      const shown = request(authorization === undefined ? {} : { authorization }, certificate);
      assert.equal(await identify(authenticator, shown), is);
    });
  }
});

async function identify(authenticator: Authenticator, shown: ApiRequest): Promise<string> {
  try {
    const user = await authenticator.authenticate(shown);
    return [user.username, ...user.groups].join(' ');
  } catch {
    return 'refused';
  }
}

const robot = {
  namespace: 'd',
  name: 'robot',
  uid: 'u1',
  audiences: [],
  expirationSeconds: 3600,
  nowMs,
};

for (const [name, signer] of [
  ['signed with a key', keySigner],
  ['remembered', () => createRememberingSigner(runtime.random)],
] as const) {
  describe(`a service-account token, ${name}`, () => {
    test('names its account, and what it is bound to', async () => {
      const { tokens, authenticator } = setUp(signer());
      const token = await tokens.sign({ ...robot, boundTo: { kind: 'Pod', name: 'p', uid: 'p1' } });
      const user = await authenticator.authenticate(request({ authorization: `Bearer ${token}` }));
      assert.equal(user.username, 'system:serviceaccount:d:robot');
      assert.equal(user.uid, 'u1');
      assert.deepEqual(user.groups, [
        'system:serviceaccounts',
        'system:serviceaccounts:d',
        'system:authenticated',
      ]);
      assert.deepEqual(user.extra?.['authentication.kubernetes.io/pod-name'], ['p']);
      assert.match(
        user.extra?.['authentication.kubernetes.io/credential-id']?.[0] ?? '',
        /^JTI=[0-9a-f-]{36}$/,
      );
    });

    test('is refused when it was changed', async () => {
      const { tokens, authenticator } = setUp(signer());
      const token = await tokens.sign(robot);
      assert.equal(
        await identify(authenticator, request({ authorization: `Bearer ${token}x` })),
        'refused',
      );
    });

    const ends: {
      name: string;
      after: (objects: Map<string, KubernetesObject>) => void;
      error: string;
    }[] = [
      {
        name: 'its account is gone',
        after: (objects) => void objects.delete('serviceaccounts/d/robot'),
        error: '[invalid bearer token, serviceaccounts "robot" not found]',
      },
      {
        name: 'its account was made anew',
        after: (objects) =>
          void objects.set('serviceaccounts/d/robot', {
            metadata: { name: 'robot', namespace: 'd', uid: 'u2' },
          }),
        error: '[invalid bearer token, serviceaccounts UID (u2) does not match claim (u1)]',
      },
      {
        name: 'its pod is gone',
        after: (objects) => void objects.delete('pods/d/p'),
        error: '[invalid bearer token, pods "p" not found]',
      },
    ];
    for (const { name, after, error } of ends) {
      test(`ends when ${name}, though it was known`, async () => {
        const { objects, tokens, authenticator } = setUp(signer());
        const token = await tokens.sign({
          ...robot,
          boundTo: { kind: 'Pod', name: 'p', uid: 'p1' },
        });
        assert.ok(await authenticator.authenticateToken(token, []));
        after(objects);
        await assert.rejects(authenticator.authenticateToken(token, []), { message: error });
        assert.equal(
          await identify(authenticator, request({ authorization: `Bearer ${token}` })),
          'refused',
        );
      });
    }

    test('counts for its audiences only', async () => {
      const { tokens, authenticator } = setUp(signer());
      const token = await tokens.sign({ ...robot, audiences: ['a.example.com'] });
      assert.deepEqual(
        (await authenticator.authenticateToken(token, ['b', 'a.example.com']))?.audiences,
        ['a.example.com'],
      );
      await assert.rejects(authenticator.authenticateToken(token, []), {
        message: `[invalid bearer token, token audiences ["a.example.com"] is invalid for the target audiences ["${issuer}"]]`,
      });
    });

    test('expires', async () => {
      const { tokens, authenticator } = setUp(signer());
      const token = await tokens.sign({ ...robot, nowMs: nowMs - 7_200_000 });
      await assert.rejects(authenticator.authenticateToken(token, []), /expired/);
    });
  });
}

test('a token of the file is reviewed for the audiences of the server', async () => {
  const { authenticator } = setUp();
  assert.deepEqual((await authenticator.authenticateToken('plain', []))?.audiences, [issuer]);
  assert.equal(await authenticator.authenticateToken('plain', ['other']), undefined);
  assert.equal(await authenticator.authenticateToken('nonsense', []), undefined);
});

test('the token file', () => {
  assert.deepEqual(parseTokenFile(tokenFile).get('odd "one'), {
    username: 'eve',
    groups: ['a', 'b', 'system:authenticated'],
  });
  assert.throws(() => parseTokenFile('a,b'), TokenFileError);
});
