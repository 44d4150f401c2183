// A server of identities for the test: any login is somebody, and its pages to log in and
// to consent are the library's own. argv: the address that a login comes back to, the kind
// of key that tokens are signed with.
import { generateKeyPairSync } from 'node:crypto';
import http from 'node:http';
import Provider from 'oidc-provider';

const [redirect, alg] = process.argv.slice(2);
const pair = alg === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
  : generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = { ...pair.privateKey.export({ format: 'jwk' }), use: 'sig', alg };

const server = http.createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'plumbline', client_secret: 'se%cret+&', redirect_uris: [redirect],
      id_token_signed_response_alg: alg,
    }],
    jwks: { keys: [key] },
    pkce: { required: () => true },
    conformIdTokenClaims: false,
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    findAccount: (ctx, id) => ({
      accountId: id,
      claims: () => ({
        sub: id, email: `${id}@example.org`, email_verified: !id.startsWith('unverified'),
      }),
    }),
  });
  server.on('request', provider.callback());
  console.log(issuer);
});
process.stdin.on('data', () => {}).on('end', () => process.exit(0));
