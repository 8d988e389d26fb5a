import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { RunOutcome } from '../../../src/core/model/verdict.ts';
import type { Order } from '../../../src/core/ports/order.ts';
import { statsd } from '../../../src/integrations/observers/statsd.ts';
import { end, PLAIN, summaryOf } from '../../support/build/listeners.ts';
import { scopeOf } from '../../support/build/scope.ts';

async function listening(type: 'udp4' | 'udp6', host: string): Promise<{ socket: Socket; port: number }> {
  const socket = createSocket(type);
  socket.bind(0, host);
  await once(socket, 'listening');
  return { socket, port: socket.address().port };
}

describe('a DogStatsD server', () => {
  let socket: Socket | undefined;
  afterEach(() => {
    socket?.close();
    socket = undefined;
  });

  for (const [type, host] of [
    ['udp4', '127.0.0.1'],
    ['udp6', '::1'],
  ] as const)
    for (const outcome of ['ok', 'partial', 'failed'] as const satisfies readonly RunOutcome[])
      it(`at ${host} hears that a plain run is ${outcome}`, async () => {
        const server = await listening(type, host);
        socket = server.socket;
        const heard = once(socket, 'message') as Promise<[Buffer]>;
        const scope = scopeOf();
        await end(statsd({ host, port: server.port }), summaryOf({ outcome }), scope);
        assert.equal((await heard)[0].toString(), `sentry_monitor.run:1|c|#outcome:${outcome}`);
        assert.deepEqual(scope.log.texts(), []);
      });

  it('hears of plain runs alone', async () => {
    const server = await listening('udp4', '127.0.0.1');
    socket = server.socket;
    const heard: string[] = [];
    socket.on('message', (datagram) => heard.push(datagram.toString()));
    const listener = statsd({ host: '127.0.0.1', port: server.port });
    const debug: Order = { ...PLAIN, kind: 'debug' };
    await end(listener, summaryOf({ outcome: 'failed' }), scopeOf(), debug);
    const next = once(socket, 'message');
    await end(listener, summaryOf({ outcome: 'ok' }), scopeOf());
    await next;
    assert.deepEqual(heard, ['sentry_monitor.run:1|c|#outcome:ok']);
  });

  it('that has no address is a line in the log, and no fault of the run', async () => {
    const scope = scopeOf();
    await end(statsd({ host: 'nowhere.invalid', port: 8125 }), summaryOf({ outcome: 'ok' }), scope);
    assert.deepEqual(scope.log.texts(), ['statsd not told; check STATSD_URL']);
    assert.match(String(scope.log.lines[0]!.fields['error']), /nowhere\.invalid/);
  });
});
