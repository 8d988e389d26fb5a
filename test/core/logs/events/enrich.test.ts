import assert from 'node:assert/strict';
import { enrich } from '../../../../src/core/logs/events/enrich.ts';
import { compilePattern } from '../../../../src/platform/patterns.ts';
import { archived, readLog } from '../../../support/logs/read.ts';
import { TRACEBACKS } from '../../../support/logs/tracebacks.ts';

/** Of a fleet whose threads are named after whom they work for. */
const PATTERNS = [
  String.raw`#upd:(?P<account>[^:]+):`,
  String.raw`!quick_start:(?P<account>\w+)`,
  String.raw`#SCH-[0-9a-f-]+:(?P<account>\w+)`,
  String.raw`(?:WS|PV)#(?P<account>[^\s]+)-(?P<user>[^-\s]*@[^\s:]+)`,
].map(compilePattern);

describe('who was affected', () => {
  for (const [line, account, user] of [
    ['16/Apr/2018:23:37:09.674 23502/#upd:acme_09-aws2:3fab   : ERROR    w.update: Failed', 'acme_09-aws2', null],
    ['7339/#prod!310595!AW!quick_start:bees_28910:HB: DEBUG    swf: STOP', 'bees_28910', null],
    ['7392/#SCH-53f16ea3-f310-4adb-bdc5-cc767f85a0a2:ivan: ERROR    swf:', 'ivan', null],
    ['15165/WS#acme-solutions-res-admin@example.net: DEBUG    w: f,1', 'acme-solutions-res', 'admin@example.net'],
    ['17105/WS#maria_b-@mb                 : DEBUG    w: f,1', 'maria_b', '@mb'],
    ['30740/PV#acme-brown-maria@example.org:     DEBUG    w: f,1', 'acme-brown', 'maria@example.org'],
    ['15176/MainThread                     : DEBUG    w: s,1', null, null],
  ] as const)
    it(`is read out of the lines before: ${line}`, () => {
      const found = enrich(PATTERNS, 'Traceback (most recent call last):', [
        line,
        '15165/MainThread : ERROR    w: boom',
      ]);
      assert.deepEqual([found.tags['account'] ?? null, found.user], [account, user]);
    });

  it('is what stands nearest to the record, and the record itself first', () => {
    const lines = ['#upd:far:1', '#upd:near:1', 'nothing'];
    assert.equal(enrich(PATTERNS, 'nothing', lines).tags['account'], 'near');
    assert.equal(enrich(PATTERNS, 'x #upd:own:1', lines).tags['account'], 'own');
  });

  it('stands in the event, with environment and release', () => {
    const lines = ['#upd:acme:1 env=live v=1.2 by=ivan', ...TRACEBACKS['carets']!];
    const log = lines.map((line, n) => archived(n, 'm web', line)).join('\n');
    const more = [String.raw`env=(?P<environment>\w+) v=(?P<release>[\d.]+) by=(?P<user>\w+)`].map(compilePattern);
    const [event] = readLog(log, { format: 'papertrail', rules: { enrich: [...PATTERNS, ...more] } }).events;
    assert.deepEqual(
      [event!.environment, event!.release, event!.user, event!.tags],
      ['live', '1.2', 'ivan', { server_name: 'm', program: 'web', account: 'acme' }],
    );
  });

  it('is not read out of an error before it, which is told by itself', () => {
    const at = (level: string, text: string): string => `${level} 2026-11-29 00:00:00 acme ${text}`;
    const log = [
      at('ERROR', 'no cart #upd:first:1'),
      at('ERROR', 'no cart'),
      at('INFO', '#upd:next:1'),
      at('ERROR', 'x'),
    ];
    const { events } = readLog(log.join('\n'), { format: 'python', rules: { enrich: PATTERNS } });
    assert.deepEqual(
      events.map(({ tags }) => tags['account']),
      ['first', undefined, 'next'],
    );
  });
});
