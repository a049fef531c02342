/** The server of `rows/bare.ts`: answers GET with 3.8 KB, and POST with what it was sent, parsed and written anew. */
import { createSecureServer, type ServerHttp2Stream } from 'node:http2';
import process from 'node:process';
import { selfSigned } from '../packages/cluster/src/pki/self-signed/node.ts';

const { certificate, key } = selfSigned({ commonName: 'localhost' }, '127.0.0.1', Date.now());
const body = Buffer.alloc(3800, 'x');

const server = createSecureServer({ cert: certificate, key });
server.on('stream', (stream: ServerHttp2Stream, headers) => {
  if (headers[':method'] === 'GET') {
    stream.respond({ ':status': 200, 'content-type': 'application/json' });
    stream.end(body);
    return;
  }
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString());
    stream.respond({ ':status': 201, 'content-type': 'application/json' });
    stream.end(JSON.stringify(value));
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0, certificate });
});
