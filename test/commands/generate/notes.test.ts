import assert from 'node:assert/strict';
import { notesOn } from '../../../src/commands/generate/notes.ts';
import { filterOf } from '../../support/build/reports.ts';

describe('what stands at the top of all that is generated', () => {
  const filters = (count: number) =>
    Array.from({ length: count }, (_, n) =>
      filterOf({ name: `f${n}`, projects: ['web'], team: n === 0 ? 'crm' : undefined }),
    );

  it('is how much there is, and what is left out, by name as far as there is room', () => {
    assert.deepEqual(notesOn(filters(2), undefined, []), ['2 filters, 1 teams, 1 projects.']);
    const left = (count: number, sink?: { name: string; vendor: string }) => notesOn([], sink, filters(count)).at(-1);
    assert.equal(left(2), 'Left out, because they are not sent to it: f0, f1.');
    assert.match(
      left(21, { name: 'own', vendor: 'none' })!,
      /^Left out, because they are not sent to own: f0, .*, f19, and 1 more\.$/,
    );
  });

  it('is what is planned of a vendor that says its price, and nothing of another', () => {
    const planned = (vendor: string) => notesOn(filters(1), { name: 'x', vendor }, []).slice(1);
    assert.match(
      planned('newrelic')[0]!,
      /^Planned: .*, at 20 issues a filter and window; the command plan says more\.$/,
    );
    assert.deepEqual(planned('nobody'), []);
  });
});
