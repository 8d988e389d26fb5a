import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runNode } from '../support/process/processes.ts';

describe('bin/health.js', () => {
  let server: Server;
  let asked: string[];
  let status: number;

  beforeEach(async () => {
    asked = [];
    status = 200;
    server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.writeHead(status).end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterEach(() => server.close());

  const port = (): string => String((server.address() as AddressInfo).port);

  for (const HOST of [undefined, '', ' 0.0.0.0 ', '::', '127.0.0.1', 'localhost']) {
    it(`finds a service that listens on ${HOST ?? 'what is the default'}`, async () => {
      const { code, stdout, stderr } = await runNode(['bin/health.js'], {
        PORT: ` ${port()} `,
        ...(HOST === undefined ? {} : { HOST }),
      });
      assert.deepEqual([code, stdout, stderr, asked], [0, '', '', ['GET /healthz']]);
    });
  }

  it('says what is wrong when the service answers otherwise, or not at all', async () => {
    status = 503;
    const ill = await runNode(['bin/health.js'], { PORT: port() });
    const gone = port();
    await new Promise((done) => server.close(done));
    const dead = await runNode(['bin/health.js'], { PORT: gone });
    assert.deepEqual(
      [ill.code, ill.stderr, dead.code, dead.stderr],
      [
        1,
        `sentry-monitor at 127.0.0.1:${gone}: status 503\n`,
        1,
        `sentry-monitor at 127.0.0.1:${gone}: ECONNREFUSED\n`,
      ],
    );
  });
});
