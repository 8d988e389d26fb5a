import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { createServer, getCACertificates, type Server, setDefaultCACertificates } from 'node:tls';
import { UpstreamError } from '../../../../src/core/model/errors.ts';
import { mayPass } from '../../../../src/core/model/fault.ts';
import type { Measured } from '../../../../src/core/ports/watches/watch.ts';
import { tls } from '../../../../src/integrations/watches/tls/index.ts';
import { createTlsWatch } from '../../../../src/integrations/watches/tls/watch.ts';
import { selfSigned } from '../../../support/apm/certificate.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { scopeOf } from '../../../support/build/scope.ts';

const DAY_MS = 86_400_000;

describe('a watch over a certificate', () => {
  const usual = getCACertificates('default');
  const servers: Server[] = [];
  afterEach(() => {
    setDefaultCACertificates(usual);
    for (const server of servers.splice(0)) server.close();
  });

  /** With a certificate that is good until a day after `made`. */
  async function serve(made: number, isTrusted = true): Promise<string> {
    const { key, cert } = selfSigned(made);
    if (isTrusted) setDefaultCACertificates([...usual, cert]);
    const server = createServer({ key, cert }, (socket) => socket.end());
    server.on('tlsClientError', () => undefined);
    servers.push(server);
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
    return `localhost:${String((server.address() as AddressInfo).port)}`;
  }

  const look = (place: string, now = Date.now()): Promise<Measured> =>
    tls
      .read({ 'watches.tls': place })
      .create({ ...depsOf(), now: () => now }, 'site')
      .part.look(scopeOf());
  const factsOf = async (place: string) => {
    try {
      return (await look(place), null);
    } catch (error) {
      assert.ok(error instanceof UpstreamError);
      return { passes: mayPass(error.facts), message: error.message };
    }
  };

  it('has the days that are left, whole ones', async () => {
    const now = Date.now();
    const place = await serve(now);
    assert.deepEqual(await look(place, now - 12.5 * DAY_MS), { value: 13, more: {}, answer: null });
    assert.equal((await look(place, now)).value, 0);
  });

  it('counts below zero once it ended', async () => {
    const now = Date.now();
    assert.equal((await look(await serve(now - 3.5 * DAY_MS), now)).value, -3);
  });

  it('does not believe one that nobody vouches for, which may pass', async () => {
    assert.deepEqual(await factsOf(await serve(Date.now(), false)), {
      passes: true,
      message: 'site: its certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT); check tls and NODE_EXTRA_CA_CERTS',
    });
  });

  it('has no answer where nobody listens', async () => {
    const place = await serve(Date.now());
    await new Promise((done) => servers.pop()!.close(done));
    assert.deepEqual(await factsOf(place), {
      passes: true,
      message: 'site: cannot connect (ECONNREFUSED); check tls and the network',
    });
  });

  it('asks no address of a cloud’s machines', async () =>
    assert.rejects(
      createTlsWatch({ place: { host: '169.254.169.254', port: 443 } }, depsOf(), 'site').look(scopeOf()),
      /not asked, its address 169\.254\.169\.254 is link/,
    ));
});
