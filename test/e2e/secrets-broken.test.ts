import assert from 'node:assert/strict';
import axios from 'axios';
import request from 'supertest';
import type { Plugin } from '../../src/integrations/plugin.ts';
import { sinks } from '../../src/integrations/sinks/index.ts';
import { sources } from '../../src/integrations/sources/index.ts';
import { stageOf } from '../support/build/app.ts';
import { fakeSink, fakeSource } from '../support/build/fakes.ts';
import { burst } from '../support/e2e/bench.ts';
import { until } from '../support/time/until.ts';
import { openSecretsBench, SECRETS, type SecretsBench } from '../support/secrets/bench.ts';
import { createSearch } from '../support/secrets/leaks.ts';
import { watchPorts } from '../support/secrets/watch-ports.ts';

const WORDS = Object.values(SECRETS).join(' ');
const search = createSearch(SECRETS);

/** Holds the HTTP client's own error, as a part with a bug would let it through. */
async function clientError(): Promise<Error> {
  const cause: unknown = await axios
    .get('http://127.0.0.1:1/', { params: { token: WORDS }, headers: { authorization: WORDS } })
    .catch((thrown: unknown) => thrown);
  assert.ok(search('it', JSON.stringify(cause)).length > 0, 'the client keeps our keys');
  return Object.assign(new TypeError(`broke on ${WORDS}`, { cause }), { config: cause });
}

/** Lets a method of the plug-in's part throw; gives back how to undo it. */
function breakPart(registry: object, name: string, method: string, error: Error): () => void {
  const plugins = registry as Record<string, Plugin<object>>;
  const before = plugins[name]!;
  const fail = (): never => {
    throw error;
  };
  plugins[name] = {
    ...before,
    read: (env) => {
      const configured = before.read(env);
      return {
        ...configured,
        create: (...args) => {
          const built = configured.create(...args);
          // NOTE: in the part itself: what listens for it was made with it.
          Object.assign(built.part, { [method]: fail });
          return built;
        },
      };
    },
  };
  return () => void (plugins[name] = before);
}

describe('secrets in a run with a part that breaks the rules', () => {
  let bench: SecretsBench;
  let error: Error;

  before(async () => {
    error = await clientError();
  });
  beforeEach(async () => {
    bench = await openSecretsBench();
    bench.sandbox.world.addProject({ slug: 'web' });
    bench.sandbox.world.addEvents(burst('web', 101, 4));
  });
  afterEach(() => bench.close());

  for (const [registry, name, method, line, status] of [
    [sinks, 'anodot', 'send', 'sink broke', 502],
    [sinks, 'newrelic', 'send', 'observer broke', 502],
    [sinks, 'anodot', 'encode', undefined, 502],
    [sources, 'sentry', 'read', 'source broke', 503],
  ] as const) {
    it(`${name} throws in ${method}: masked in log and answer, without what the error holds`, async () => {
      const undo = breakPart(registry, name, method, error);
      const service = await bench.serveSecret([{ name: 'web', projects: ['web'] }]).finally(undo);
      const real = await service.post();
      const debug = await service.post('?debug=true');
      assert.equal(real.status, status);
      if (line !== undefined)
        await until(`a line says ${line}`, () =>
          service.log.some(({ msg, error: text }) => msg === line && /broke on \*\*\* \*\*\*/.test(String(text))),
        );
      assert.ok(method === 'read' || real.text.includes('broke on *** ***'), real.text);
      assert.ok(method !== 'encode' || debug.text.includes('broke on *** ***'));
      const all = bench
        .said()
        .filter(([where]) => where !== 'error')
        .map(([, text]) => text)
        .join('\n');
      assert.doesNotMatch(all, /ECONNREFUSED|"config"|"cause"/);
      assert.deepEqual(bench.leaks(), []);
    });
  }

  it('an observer breaks after the answer went out: nothing of it on stderr', async () => {
    const watch = watchPorts();
    const { app, log } = stageOf(fakeSource(), [fakeSink()], {
      listeners: { begun: async () => undefined, ended: () => Promise.reject(error) },
      secrets: Object.values(SECRETS),
    });
    const answer = await request(app.express).post('/run');
    await app.idle();
    await until('it is logged', () => log.lines.some(({ text }) => text === 'internal error'));
    watch.stop();
    assert.equal(answer.status, 200);
    assert.deepEqual(watch.written, []);
    assert.doesNotMatch(JSON.stringify(log.lines), /ECONNREFUSED|"config"|"cause"/);
  });
});
