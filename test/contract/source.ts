import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { Filter } from '../../src/core/model/filter.ts';
import type { Answer, Ask } from '../../src/core/model/reading.ts';
import type { Source } from '../../src/core/ports/source.ts';
import type { Deps } from '../../src/integrations/plugin.ts';
import { depsOf } from '../support/build/deps.ts';
import { filterOf, WINDOW } from '../support/build/reports.ts';
import { scopeOf, type TestScope } from '../support/build/scope.ts';
import { until } from '../support/time/until.ts';
import { complaintsOf } from '../support/build/findings.ts';

/** How the service behind the source stands for a test. It knows two projects, `crm-web` and the empty `crm-api`. */
export interface SourceSubject {
  readonly name: string;
  readonly secrets: readonly string[];
  create(deps: Deps): Source;
  /** Answers one full read of each of the filters `one` and `two` over both projects: 5 and 7 events in crm-web. */
  serveTwo(): void;
  /** Answers a full read of `one` as above, and refuses the search of `two`, made so by `refused`. */
  serveOneRefuseTwo(): void;
  readonly refused?: Partial<Filter>;
  /** Answers a read of the totals of `one` only; a request for rows has no mock. */
  serveTotals(): void;
  /** As `serveTwo` for `one` alone, which also names a project that does not exist. */
  serveWithoutGone(): void;
  /** Refuses everything with the given words. */
  refuseAll(words: string): void;
  /** Takes every request and never answers; calls `asked` for each. */
  hang(asked: () => void): void;
}

const BOTH = ['crm-web', 'crm-api'];
const ONE: Ask = {
  filter: filterOf({ name: 'one', projects: BOTH, searchTerms: ['one'] }),
  window: WINDOW,
  want: 'full',
};
const TWO: Ask = {
  filter: filterOf({ name: 'two', projects: BOTH, searchTerms: ['two'] }),
  window: WINDOW,
  want: 'full',
};

interface Read {
  readonly answers: readonly Answer[];
  readonly scope: TestScope;
}

/** What every source must do, whatever it reads. */
export function sourceContract(subject: SourceSubject): void {
  const read = async (asks: readonly Ask[], scope: TestScope = scopeOf()): Promise<Read> => {
    const answers: Answer[] = [];
    for await (const answer of subject.create(depsOf()).read(asks, scope)) answers.push(answer);
    return { answers, scope };
  };

  describe('keeps the contract of sources', () => {
    it('bears the name of its instance', () => assert.equal(subject.create(depsOf()).name, subject.name));

    it('gives exactly one answer per ask, with the very ask, and counts its requests', async () => {
      subject.serveTwo();
      const { answers, scope } = await read([ONE, TWO]);
      assert.deepEqual(answers.map(({ ask }) => ask.filter.name).toSorted(), ['one', 'two']);
      for (const { ask } of answers) assert.ok(ask === ONE || ask === TWO);
      assert.ok(scope.requests() > 0);
    });

    it('asked for nothing, gives nothing', async () => assert.deepEqual((await read([])).answers, []));

    it('has a total for every project, zeros included, in the order of the filter, and its rows add up', async () => {
      subject.serveTwo();
      const { answers } = await read([ONE, TWO]);
      const counts = answers.map((answer) =>
        'reading' in answer
          ? [
              answer.ask.filter.name,
              answer.reading.totals.map(({ project, events }) => [project, events]),
              sum(answer.reading.issues),
              answer.reading.unattributed,
              answer.reading.gaps,
            ]
          : answer,
      );
      assert.deepEqual(counts.toSorted(), [
        [
          'one',
          [
            ['crm-web', 5],
            ['crm-api', 0],
          ],
          5,
          0,
          [],
        ],
        [
          'two',
          [
            ['crm-web', 7],
            ['crm-api', 0],
          ],
          7,
          0,
          [],
        ],
      ]);
    });

    it("keeps one filter's fault to itself", async () => {
      subject.serveOneRefuseTwo();
      const { answers } = await read([ONE, { ...TWO, filter: { ...TWO.filter, ...subject.refused } }]);
      const found = answers.map((answer) => [
        answer.ask.filter.name,
        'fault' in answer ? answer.fault.retryable : 'read',
      ]);
      assert.deepEqual(found.toSorted(), [
        ['one', 'read'],
        ['two', false],
      ]);
    });

    it('asked for totals, asks for nothing else', async () => {
      subject.serveTotals();
      const {
        answers: [answer],
      } = await read([{ ...ONE, want: 'totals' }]);
      assert.ok(answer !== undefined && 'reading' in answer, inspect(answer));
      const { totals, issues, splits, gaps, details } = answer.reading;
      assert.deepEqual(
        [totals.map(({ events }) => events), issues, splits, gaps, details.size],
        [[5, 0], [], [], [], 0],
      );
    });

    it('names a project that is missing as a gap, and reports the others', async () => {
      subject.serveWithoutGone();
      const {
        answers: [answer],
      } = await read([{ ...ONE, filter: { ...ONE.filter, projects: [...BOTH, 'crm-gone'] } }]);
      assert.ok(answer !== undefined && 'reading' in answer, inspect(answer));
      assert.deepEqual(
        answer.reading.totals.map(({ project }) => project),
        BOTH,
      );
      assert.deepEqual(
        answer.reading.gaps.map(({ part, reason, project }) => [part, reason, project]),
        [['totals', 'project_not_found', 'crm-gone']],
      );
    });

    it('shows no secret in any answer, log line or complaint, whatever the service echoes', async () => {
      for (const secret of subject.secrets) {
        for (const form of forms(secret)) {
          subject.refuseAll(`${'x'.repeat(185)} ${form}`);
          const { answers, scope } = await read([ONE]);
          subject.refuseAll(`your token ${form} is bad`);
          const complaints = complaintsOf(await subject.create(depsOf()).prepare([ONE.filter], scope));
          const all =
            inspect([answers, scope.log.lines, complaints], { depth: 20, showHidden: true }) +
            JSON.stringify([answers, scope.log.lines, complaints]);
          assert.ok(answers.every((answer) => 'fault' in answer) && complaints.length > 0);
          for (const part of forms(secret)) assert.ok(!all.includes(part.slice(0, 10)), all);
        }
      }
    });

    it('ends at once when the run ends, with a fault for every ask', async () => {
      const stop = new AbortController();
      let asked = 0;
      subject.hang(() => asked++);
      const reading = read([ONE, TWO], scopeOf({ signal: stop.signal }));
      await until('a request comes', () => asked > 0);
      stop.abort();
      const { answers } = await reading;
      assert.deepEqual(
        answers.map((answer) => 'fault' in answer && answer.fault.retryable),
        [true, true],
      );
    });

    it('asks nothing when the run has ended already', async () => {
      const { answers, scope } = await read([ONE, TWO], scopeOf({ signal: AbortSignal.abort() }));
      assert.deepEqual([answers.map((answer) => 'fault' in answer), scope.requests()], [[true, true], 0]);
    });

    it('prepared, never rejects, and says what to mend', async () => {
      subject.refuseAll('no');
      assert.equal(complaintsOf(await subject.create(depsOf()).prepare([ONE.filter], scopeOf())).length, 1);
    });
  });
}

function sum(rows: readonly { readonly events: number }[]): number {
  return rows.reduce((all, { events }) => all + events, 0);
}

function forms(secret: string): readonly string[] {
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
}
