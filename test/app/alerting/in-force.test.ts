import assert from 'node:assert/strict';
import { channelsInUse } from '../../../src/app/alerting/channels-in-use.ts';
import { rulesIn } from '../../../src/app/alerting/in-force.ts';
import { partKinds } from '../../../src/app/part-kinds.ts';
import { loadFilters } from '../../../src/config/filters/load.ts';
import { firstInForce } from '../../../src/config/reload/in-force.ts';
import type { Channel, SendOutcome } from '../../../src/core/ports/alerting/channel.ts';
import { scopeOf } from '../../support/build/scope.ts';

const SINCE = Date.UTC(2026, 10, 20, 10, 42);
const TEXT = [
  'channels:',
  "  ops: { webhook: 'https://hooks.example.com/', key: OPS_KEY }",
  'filters:',
  '  - { name: crm, projects: [web], alerts: [new], tell: ops }',
].join('\n');

function inForce(isStale: boolean) {
  const texts = [{ path: 'config/filters.yaml', text: TEXT }];
  const fault = { where: 'config/filters.yaml:9', file: 'config/filters.yaml', text: 'is wrong', since: SINCE };
  const set = loadFilters(texts, [], partKinds);
  return firstInForce({ path: 'config', texts, set, stale: isStale ? [fault] : [] }, SINCE + 1);
}

function channelOf(outcome: SendOutcome): Channel {
  const fit = (): never => assert.fail('nothing is fitted');
  return { name: 'ops', repeatSafe: true, isPerSubject: false, fit, send: async () => outcome };
}

describe('what counts of the files', () => {
  it('says of a rule whose file has become faulty of when its text is', () => {
    const places = (isStale: boolean) => [...rulesIn(inForce(isStale)).values()].map(({ where }) => where);
    assert.deepEqual(places(false), ['config/filters.yaml:4']);
    assert.deepEqual(places(true), ['config/filters.yaml:4 (as of 2026-11-20 10:42 UTC: the file has a fault now)']);
  });

  it('says of a channel that takes nothing where it is set up', async () => {
    const outcomeOf = async (outcome: SendOutcome) => {
      const used = channelsInUse([{ channel: channelOf(outcome), budget: null }], inForce(false));
      const message = { id: 'm', thread: null, alerts: [] };
      return used.get('ops')!.channel.send({ body: {}, leftOut: 0 }, message, scopeOf());
    };
    const cut = { status: 'retry', why: 'ops: cannot connect; check webhook' } as const;
    assert.deepEqual(await outcomeOf(cut), { ...cut, why: `${cut.why} (config/filters.yaml:2)` });
    assert.deepEqual(await outcomeOf({ status: 'accepted', ref: '7' }), { status: 'accepted', ref: '7' });
  });
});
