import assert from 'node:assert/strict';
import fc from 'fast-check';
import { at } from '../../../support/alerting/engine/engine.ts';
import { ruleOf } from '../../../support/alerting/engine/rules.ts';
import { factsOf, happenings } from '../../../support/alerting/engine/histories.ts';
import { factsIn, issueIn } from '../../../support/alerting/stage.ts';
import { emptyAlerts } from '../../../support/alerting/tables.ts';
import { HOUR, TEN } from '../../../support/alerting/tellings.ts';
import { eventsOf, eventsSource } from '../../../support/alerting/whole/events-source.ts';
import { fillWindow, stateIn } from '../../../support/alerting/whole/filling.ts';
import { placeIn } from '../../../support/alerting/whole/in-ledger.ts';
import { live } from '../../../support/alerting/whole/live.ts';
import { inMemory, reportFor } from '../../../support/alerting/whole/play.ts';
import { runs } from '../../../support/build/runs.ts';
import { KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';

const RULES = [
  ruleOf('events > 20', { clear: 2, tell: ['ops', 'boss'], repeatMs: HOUR }),
  ruleOf('events > 100 in 15m', { tell: ['boss'] }),
  ruleOf('new', { tell: ['ops', 'boss'] }),
  ruleOf('none for 15m', { repeatMs: null }),
];
const POLICIES = ['ops', 'boss'].map((name) => ({ name, budget: null, quiet: null, severity: 'info' as const }));

for (const { kind, open } of KINDS) {
  describe(`windows in any order, in ${kind}`, () => {
    let box: LedgerBox;
    before(async () => {
      box = await open();
    });
    after(() => box.close());

    for (const [what, isAhead] of [
      ['', false],
      ['; all reports are kept before any is decided', true],
    ] as const)
      it(`end in the same states, also where two servers fill them at once${what}`, () =>
        fc.assert(
          fc.asyncProperty(happenings, fc.infiniteStream(fc.nat()), async (all, picks) => {
            await emptyAlerts(box.database);
            const facts = factsOf(all);
            const ordered = inMemory();
            for (const it of facts) await fillWindow(it, ordered);
            const servers = [box.database, box.another()].map((database) => placeIn({ ...box, database }));
            if (isAhead) await servers[0]!.keep(facts.map(reportFor));
            const left = [...facts];
            while (left.length > 0) {
              const some = servers.flatMap(() => left.splice(picks.next().value! % Math.max(1, left.length), 1));
              await Promise.all(some.map((it, index) => fillWindow(it, servers[index]!)));
            }
            assert.deepEqual(await stateIn(servers[0]!), await stateIn(ordered));
          }),
          { numRuns: runs(5), endOnFailure: true },
        ));

    it('end nothing while a report is kept that another server has not decided yet', async () => {
      await emptyAlerts(box.database);
      const place = placeIn(box);
      const [first, ...later] = [101, 0, 0, 101, 0, 0, 0].map((events, index) =>
        factsIn('crm', at(index + 1), { events, users: 0, issues: events === 0 ? [] : [issueIn('c', events)] }),
      );
      await fillWindow(first!, place);
      await place.keep([reportFor(later[2]!)]);
      for (const it of later.toSpliced(2, 1)) await fillWindow(it, place);
      const kept = await place.alerts.look((trx) => trx.alerts([{ filter: 'crm', at: 0 }]));
      const sums = kept.get('crm')!.filter(({ rule }) => rule === 'issue-sums');
      assert.deepEqual(
        sums.map(({ since, until }) => [since, until]),
        [[at(1), null]],
      );
    });

    it('of events that come late and in any order people are told as by a memory', async () => {
      for (let seed = 1; seed <= runs(6); seed++) {
        await emptyAlerts(box.database);
        const parts = { from: TEN, windows: 40, rules: RULES, policies: POLICIES };
        const source = () => eventsSource('crm', eventsOf(seed, TEN, parts.windows, 25));
        const place = placeIn(box);
        place.moveTo(TEN);
        const [told, wanted] = [await live(source(), parts, place), await live(source(), parts)];
        assert.ok(wanted.messages.length > 2, `${wanted.messages.length} messages`);
        for (const { name } of POLICIES) {
          const [own, others] = [told, wanted].map(({ messages }) =>
            messages.filter(({ channel }) => channel === name),
          );
          assert.deepEqual(own, others);
        }
      }
    });
  });
}
