import assert from 'node:assert/strict';
import { givenBy } from '../../src/app/assemble.ts';
import { draftParts, makeParts } from '../../src/app/make-parts.ts';
import { StartError } from '../../src/app/start-error.ts';
import { muteOf } from '../../src/core/alerts/outbox/forming/mutes.ts';
import { createAdmin } from '../../src/core/telling/own/admin.ts';
import { memoryAlerts } from '../../src/storage/memory/alerts/index.ts';
import { alertOf, tellingOf } from '../support/alerting/tellings.ts';
import { createLogBook, scopeOf } from '../support/build/scope.ts';
import { NOW } from '../support/time/clock.ts';
import { worldOf } from './fake-world.ts';

const MAIL = { SMTP_URL: 'smtp://127.0.0.1:25', MAIL_FROM: 'alerts@example.com' };
const TWO = 'channels:\n  boss: { email: [lead@example.com, cto@example.com], severity: warning }\n';
const FILTERS = `filters:
  - { name: f1, projects: [web], tell: boss, alerts: [new, { when: any, tell: [console, boss] }] }
  - { name: f2, projects: [web], tell: boss/cto@example.com, alerts: [any] }
`;

const ONE = 'filters:\n  - { name: f1, projects: [web] }\n';

function start(text: string, env: Record<string, string> = MAIL) {
  const { world } = worldOf(env, { 'config/filters.yaml': text });
  const given = givenBy(world);
  return makeParts(draftParts(world, given, undefined), world, given);
}

function faultsOf(text: string, env?: Record<string, string>): readonly string[] {
  try {
    return start(text, env).filters.faults.map((fault) => `${fault.where}: ${fault.text}`);
  } catch (error) {
    assert.ok(error instanceof StartError, String(error));
    return ['cannot start', ...error.faults];
  }
}

describe('a channel with several addresses', () => {
  it('is one for each of them, which rules tell by the one name, or alone', () => {
    const { channels, filters } = start(TWO + FILTERS);
    assert.deepEqual(
      channels.map(({ channel }) => channel.name),
      ['console', 'boss/lead@example.com', 'boss/cto@example.com'],
    );
    const both = ['boss/lead@example.com', 'boss/cto@example.com'];
    assert.deepEqual(
      filters.filters.map(({ alerts = [] }) => alerts.map(({ tell }) => tell)),
      [[both, ['console', ...both]], [['boss/cto@example.com']]],
    );
    assert.deepEqual([filters.faults, filters.warnings], [[], []]);
  });

  it('with one address has its own name', () => {
    const { channels } = start(TWO.replace(', cto@example.com', '') + ONE);
    assert.deepEqual(
      channels.map(({ channel }) => channel.name),
      ['console', 'boss'],
    );
  });

  it('says once what is wrong, where it stands, and is told nothing then', () => {
    assert.deepEqual(faultsOf(TWO + FILTERS, { MAIL_FROM: MAIL.MAIL_FROM }), [
      'config/filters.yaml:2: boss: SMTP_URL is not set; set it to the server that takes mail, ' +
        'such as smtp://user:password@mail.example.com:587, or set MAIL=ses',
      'config/filters.yaml:4: tell: "boss" is set up wrong in config/filters.yaml:2; it is told nothing until that is mended',
      'config/filters.yaml:4: alerts[1]: tell: "boss" is set up wrong in config/filters.yaml:2; it is told nothing until that is mended',
      'config/filters.yaml:5: tell: "boss/cto@example.com" is set up wrong in config/filters.yaml:2; it is told nothing until that is mended',
    ]);
    assert.deepEqual(faultsOf(TWO + FILTERS.replace('tell: boss,', 'tell: bos,')), [
      'cannot start',
      'config/filters.yaml:4: tell: "bos" is no channel; did you mean boss?',
    ]);
  });

  for (const [address, fault] of [
    ['lead', '"lead" is not an e-mail address; write one such as lead@example.com'],
    ['"a@b.example, LEAD@example.com, lead@example.com"', 'holds "lead@example.com" twice; remove one'],
    [
      '"Lead <lead@example.com>"',
      '"Lead <lead@example.com>" is not an e-mail address; write one such as lead@example.com',
    ],
    [
      'jörg@example.com',
      '"jörg@example.com" has letters before its @ that not every server takes; name another address',
    ],
  ] as const)
    it(`does not take ${address}`, () =>
      assert.deepEqual(faultsOf(`channels:\n  boss: { email: ${address} }\n${ONE}`), [
        'cannot start',
        `config/filters.yaml:2: email: ${fault}`,
      ]));

  it('may be that of our own failures: each hears of them, and none of itself', async () => {
    const program = start(TWO + FILTERS, { ...MAIL, ADMIN_CHANNEL: 'boss' });
    assert.equal(program.settings.adminChannel, 'boss');
    assert.match(faultsOf(TWO + FILTERS, { ...MAIL, ADMIN_CHANNEL: 'bos' })[1]!, /there are console, boss$/);
    const { outbox } = memoryAlerts(() => NOW);
    const admin = createAdmin({
      channel: 'boss',
      outbox,
      isCollected: false,
      channels: () => new Map(program.channels.map((made) => [made.channel.name, made as never])),
      openScope: () => ({ ...scopeOf(), close: () => undefined }),
      now: () => NOW,
      server: 'host-1',
      log: createLogBook(),
    });
    await admin.tell('rule/a', 'broke');
    assert.deepEqual((await outbox.messages({ from: 0, to: Infinity })).map(({ channel }) => channel).toSorted(), [
      'boss/cto@example.com',
      'boss/lead@example.com',
    ]);
  });

  it('is muted by its name, and each of them by its own', () => {
    const mute = (name: string) => ({
      id: 'm',
      what: { kind: 'channel', name } as const,
      until: { kind: 'resolved' } as const,
      why: '',
      since: 0,
    });
    const telling = tellingOf(alertOf(), { channel: 'boss/lead@example.com' });
    for (const [name, isMuted] of [
      ['boss', true],
      ['boss/lead@example.com', true],
      ['boss/cto@example.com', false],
      ['bos', false],
    ] as const)
      assert.equal(muteOf(telling, [mute(name)], { now: NOW, sure: NOW }) !== undefined, isMuted, name);
  });
});
