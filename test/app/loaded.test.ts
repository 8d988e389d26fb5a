import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Loaded } from '../support/process/loaded-modules.ts';
import { ROOT, runNode } from '../support/process/processes.ts';

/** What only those need who decide by rules, and tell people. */
const FOR_PEOPLE = [
  /^src\/core\/alerts\/(cases|decide|explain|fold|judge|trial)\//,
  /^src\/core\/alerts\/outbox\/(forming|sending|relay)/,
  /^src\/core\/alerts\/words\/(worded|fit-words|head)/,
  /^src\/core\/telling\/(acts|deploys|mutes|upkeep)\//,
  /^src\/core\/telling\/(decide-courier|messenger|debug-)/,
  /^src\/app\/alerting\/(whole|tell|chores|releases|actions)/,
  /^src\/integrations\/channels\/[^/]+\/(?!index\.|key\.|addresses\.|smtp-url\.|workflow-url\.)/,
  /^src\/integrations\/vendors\/slack\//,
  /^src\/platform\/posting\//,
  /^src\/platform\/pictures\/drawing\//,
  /^src\/core\/chart\/(?!count|stretches)/,
  /^src\/server\/pages\/messages\/(?!view\.)/,
  /^src\/storage\/(memory\/)?alerts\//,
];

/** What only those need who want digests. */
const FOR_DIGESTS = [
  /^src\/core\/(digests|schedules)\//,
  /^src\/core\/chart\/(?!count|stretches|said)/,
  /^src\/platform\/(cron\.|pictures\/drawing\/)/,
  /^src\/app\/alerting\/digests\/(?!index\.)/,
  /^src\/storage\/ledger\/digests\//,
];

/** What only those need who want events out of queues. */
const FOR_INTAKES = [/^src\/storage\/ledger\/events\//, /^src\/integrations\/intakes\/[^/]+\/(?!index\.)/];

/** What only those need who have watches. */
const FOR_WATCHES = [
  /^src\/core\/watches\//,
  /^src\/storage\/ledger\/watches\//,
  /^src\/platform\/tls\//,
  /^src\/integrations\/watches\/[^/]+\/(?!index\.|values\.)/,
];

/** What only those need who have sheets and calendars. */
const FOR_FEEDS = [
  /^src\/core\/people\//,
  /^src\/storage\/memory\/watches/,
  /^src\/integrations\/(sheets|calendars)\/[^/]+\/(?!index\.)/,
  /^src\/integrations\/vendors\/feeds\/(?!place\.)/,
];

describe('what a service loads', () => {
  let loaded: Loaded;

  before(async () => {
    const { code, stdout, stderr } = await runNode([join(ROOT, 'test/support/process/loaded-modules.ts')]);
    assert.deepEqual([code, stderr], [0, '']);
    loaded = JSON.parse(stdout) as Loaded;
  });

  it('without rules is nothing that decides by them, or tells people', () => {
    assert.ok(loaded.without.includes('src/core/run/run.ts'), 'modules are listed');
    const needless = loaded.without.filter((module) => FOR_PEOPLE.some((pattern) => pattern.test(module)));
    assert.deepEqual(needless, []);
  });

  it('with one rule and one channel is what decides it and what tells there, and no other channel', () => {
    const { more, alerts } = loaded;
    assert.equal(alerts, 1);
    for (const module of ['core/alerts/fold/fold.ts', 'core/alerts/judge/any.ts', 'core/alerts/outbox/relay.ts'])
      assert.ok(more.includes(`src/${module}`), module);
    assert.deepEqual(
      more.filter((module) => /^src\/integrations\/(channels|vendors)\//.test(module)),
      ['src/integrations/channels/console/channel.ts'],
    );
  });

  it('with rules, but without digests, intakes, watches and sheets, is nothing that is for those', () => {
    const all = [...loaded.without, ...loaded.more];
    const isNeedless = (module: string): boolean =>
      [...FOR_DIGESTS, ...FOR_INTAKES, ...FOR_WATCHES, ...FOR_FEEDS].some((pattern) => pattern.test(module));
    assert.deepEqual(all.filter(isNeedless), []);
  });

  it('with rules and a ledger, but without digests, is nothing that is for those', () => {
    const { withLedger } = loaded;
    assert.ok(withLedger.includes('src/storage/ledger/outbox/index.ts'), 'the ledger is used');
    assert.deepEqual(
      withLedger.filter((module) => FOR_DIGESTS.some((pattern) => pattern.test(module))),
      [],
    );
  });

  it('without rules is not more than it was', () => {
    const count = loaded.without.length;
    assert.ok(count <= MOST, `${count} modules; if they are needed by those who have no rules, count them here`);
  });
});

/** Modules of a service without rules, after runs and pages. */
const MOST = 651;
