import assert from 'node:assert/strict';
import { assemble, variables } from '../../src/app/assemble.ts';
import { filterOf, reportOf } from '../support/build/reports.ts';
import { TOKEN, FILTERS, worldOf } from './fake-world.ts';

describe('the parts', () => {
  it('are made from settings and filters, without touching the network or the log', () => {
    const { world, lines } = worldOf();
    const parts = assemble(world);
    assert.deepEqual(
      [parts.source.name, parts.sinks.map(({ name }) => name), parts.filters.filters.map(({ name }) => name), lines],
      ['sentry', ['anodot', 'newrelic'], ['crm', 'web'], []],
    );
  });

  it('are those that SINKS names', () => {
    assert.deepEqual(
      assemble(worldOf({ SINKS: 'anodot' }).world).sinks.map(({ name }) => name),
      ['anodot'],
    );
  });

  it('have no secret in what corrects a sink, as in nothing else that it is told', () => {
    const secret = 'label-holds-license-0123456789';
    const { sinks } = assemble(worldOf().world);
    const report = reportOf({ revision: 1, filter: filterOf({ projects: ['crm-web'], labels: { note: secret } }) });
    const items = sinks.find(({ name }) => name === 'newrelic')!.encodeCorrection!({ totals: [], gaps: [] }, report);
    assert.deepEqual(
      [
        items.length > 0,
        JSON.stringify(items).includes('license-0123456789'),
        JSON.stringify(items).includes('label-holds-***'),
      ],
      [true, false, true],
    );
  });

  it('mask the secrets of every part, in log and answers', () => {
    const { world, lines } = worldOf({ TRIGGER_TOKEN: 'trigger-0123456789, second-0123456789' });
    const { log, redact } = assemble(world);
    const secrets = [TOKEN, 'license-0123456789', 'anodot-0123456789', 'trigger-0123456789', 'second-0123456789'];
    log.info({ secrets }, 'all');
    assert.equal(redact(secrets.join(' ')), '*** *** *** *** ***');
    for (const secret of secrets) assert.ok(!lines.join('').includes(secret));
  });

  it('may have their secrets from files', () => {
    const { world } = worldOf(
      { SENTRY_AUTH_TOKEN: '', SENTRY_AUTH_TOKEN_FILE: '/run/secrets/sentry' },
      { 'config/filters.yaml': FILTERS, '/run/secrets/sentry': `${TOKEN}\n` },
    );
    assert.equal(assemble(world).redact(TOKEN), '***');
  });

  it('mask what a part alone can tell is a secret: the password in the address of its ledger', () => {
    const { redact } = assemble(worldOf({ LEDGER_URL: 'postgres://u:p%40ssword-1%24@db.example.com/ledger' }).world);
    assert.equal(redact('no entry for u with p@ssword-1$'), 'no entry for u with ***');
  });

  it('mask an address that is a secret, and the key in it alone', () => {
    const { redact } = assemble(
      worldOf({
        HEARTBEAT_URL: 'https://hc.example.com/my-check/5ab0d0c4-1111-4222-8333-444455556666/?k=AbcdEfghIjklMnopQrst',
      }).world,
    );
    assert.equal(
      redact(
        'at https://hc.example.com/my-check/5ab0d0c4-1111-4222-8333-444455556666/?k=AbcdEfghIjklMnopQrst or /my-check/5ab0d0c4-1111-4222-8333-444455556666/fail, k AbcdEfghIjklMnopQrst at hc.example.com',
      ),
      'at *** or ***/fail, k *** at hc.example.com',
    );
    assert.equal(assemble(worldOf().world).redact('/src/ledger/sql'), '/src/ledger/sql');
  });

  it('mask the path of such an address also when nothing in it looks like a key', () => {
    const { redact } = assemble(worldOf({ HEARTBEAT_URL: 'https://hc.example.com/hook/ab-cd/' }).world);
    assert.equal(
      redact('cannot GET /hook/ab-cd/start, %2Fhook%2Fab-cd; /hook is known'),
      'cannot GET ***/start, ***; /hook is known',
    );
  });

  it('know every variable once', () => {
    const names = variables.map(({ env }) => env);
    assert.equal(new Set(names).size, names.length);
    for (const name of ['PORT', 'SENTRY_ORG', 'NEW_RELIC_REGION', 'ANODOT_EVENTS_AS'])
      assert.ok(names.includes(name), name);
  });
});
