import assert from 'node:assert/strict';
import { runsPart } from '../../../../src/server/pages/parts/runs.ts';
import { LOOK, pageDataOf, runOf } from '../../../support/pages/page-data.ts';
import { textIn } from '../../../support/pages/read-page.ts';

const said = (...runs: readonly Parameters<typeof runOf>[0][]): string =>
  textIn(runsPart(pageDataOf({ runs: runs.map(runOf) })).text);

describe('the last runs on a page', () => {
  it('are of one server without its name in the head, of several with all names', () => {
    assert.match(said({}), /Last runs times are UTC/);
    assert.match(said({}, { server: 'host-2' }), /Last runs of host-1, host-2; times are UTC/);
    assert.match(said(), /None is known/);
  });

  it('are under way, never ended or over, and some are of a source that counts no requests', () => {
    const open = { endedAt: null, outcome: null } as const;
    assert.match(said({ ...open, sourceRequests: null }), /– · under way 2 –$/);
    assert.match(said({ ...open, startedAt: LOOK - 3_600_000 }), /– · never ended 2 9$/);
    assert.match(said({ outcome: 'partial' }), /5\.0 s ! partial 2 9$/);
  });
});
