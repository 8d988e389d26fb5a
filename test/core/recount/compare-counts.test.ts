import assert from 'node:assert/strict';
import type { Gap } from '../../../src/core/model/gap.ts';
import type { Report } from '../../../src/core/model/report.ts';
import { changes, compare } from '../../../src/core/recount/compare-counts.ts';

type Totals = Report['totals'];

const of = (counts: Readonly<Record<string, number>>, issues: number | null = 4): Totals =>
  Object.entries(counts).map(([project, events]) => ({ project, projectId: project, events, users: events, issues }));
const gap = (project: string | undefined, reason: Gap['reason'] = 'page_limit'): Gap => ({
  part: 'totals',
  reason,
  project,
});
const told = ({ totals, grown, shrunk, gaps, isWhole }: ReturnType<typeof compare>): unknown => ({
  totals: Object.fromEntries(totals.map(({ project, events, issues }) => [project, [events, issues]])),
  grown: grown.map(({ project, from, to }) => `${project} ${String(from)} ${to}`),
  shrunk: shrunk.map(({ project, from, to }) => `${project} ${String(from)} ${to}`),
  gaps: gaps.map(({ part, reason, project }) => `${part} ${reason} ${project ?? ''}`),
  isWhole,
});

describe('a window counted again', () => {
  const cases: readonly {
    readonly name: string;
    readonly before: Parameters<typeof compare>[0];
    readonly now: Parameters<typeof compare>[1];
    readonly wanted: unknown;
  }[] = [
    {
      name: 'as before: nothing',
      before: { totals: of({ a: 5, b: 0 }), gaps: [] },
      now: { totals: of({ a: 5, b: 0 }), gaps: [] },
      wanted: { totals: { a: [5, 4], b: [0, 4] }, grown: [], shrunk: [], gaps: [], isWhole: true },
    },
    {
      name: 'more: what grew, with the issues of the first count',
      before: { totals: of({ a: 5, b: 2 }), gaps: [] },
      now: { totals: of({ a: 7, b: 2 }, 0), gaps: [] },
      wanted: { totals: { a: [7, 4], b: [2, 4] }, grown: ['a 5 7'], shrunk: [], gaps: [], isWhole: true },
    },
    {
      name: 'fewer: noted, and the higher count stays',
      before: { totals: of({ a: 5, b: 2 }), gaps: [] },
      now: { totals: of({ a: 3, b: 6 }), gaps: [] },
      wanted: { totals: { a: [5, 4], b: [6, 4] }, grown: ['b 2 6'], shrunk: ['a 5 3'], gaps: [], isWhole: true },
    },
    {
      name: 'a lower bound never says fewer',
      before: { totals: of({ a: 5 }), gaps: [] },
      now: { totals: of({ a: 3 }), gaps: [gap('a')] },
      wanted: { totals: { a: [5, 4] }, grown: [], shrunk: [], gaps: [], isWhole: false },
    },
    {
      name: 'a lower bound may say more, and stays one',
      before: { totals: of({ a: 5 }), gaps: [] },
      now: { totals: of({ a: 8 }), gaps: [gap('a')] },
      wanted: { totals: { a: [8, 4] }, grown: ['a 5 8'], shrunk: [], gaps: ['totals page_limit a'], isWhole: false },
    },
    {
      name: 'a gap is filled',
      before: { totals: of({ a: 5 }), gaps: [gap('b', 'project_forbidden'), { part: 'details', reason: 'not_known' }] },
      now: { totals: of({ a: 5, b: 0 }), gaps: [] },
      wanted: {
        totals: { a: [5, 4], b: [0, null] },
        grown: ['b null 0'],
        shrunk: [],
        gaps: ['details not_known '],
        isWhole: false,
      },
    },
    {
      name: 'a lower bound becomes whole',
      before: { totals: of({ a: 5 }), gaps: [gap('a')] },
      now: { totals: of({ a: 9 }), gaps: [] },
      wanted: { totals: { a: [9, 4] }, grown: ['a 5 9'], shrunk: [], gaps: [], isWhole: false },
    },
    {
      name: 'a project that cannot be read any more stays as it was',
      before: { totals: of({ a: 5, b: 2 }), gaps: [] },
      now: { totals: of({ a: 6 }), gaps: [gap('b', 'project_forbidden')] },
      wanted: { totals: { a: [6, 4], b: [2, 4] }, grown: ['a 5 6'], shrunk: [], gaps: [], isWhole: false },
    },
    {
      name: 'a project that never could be read stays a gap',
      before: { totals: of({ a: 5 }), gaps: [gap('b', 'project_not_found')] },
      now: { totals: of({ a: 6 }), gaps: [gap('b', 'project_not_found')] },
      wanted: {
        totals: { a: [6, 4] },
        grown: ['a 5 6'],
        shrunk: [],
        gaps: ['totals project_not_found b'],
        isWhole: true,
      },
    },
    {
      name: 'silence that stays is still no all-clear',
      before: { totals: of({ a: 0 }), gaps: [gap(undefined, 'source_silent')] },
      now: { totals: of({ a: 0 }), gaps: [] },
      wanted: { totals: { a: [0, 4] }, grown: [], shrunk: [], gaps: ['totals source_silent '], isWhole: false },
    },
    {
      name: 'silence that was a delay is over',
      before: { totals: of({ a: 0, b: 0 }), gaps: [gap(undefined, 'source_silent')] },
      now: { totals: of({ a: 9, b: 0 }), gaps: [] },
      wanted: { totals: { a: [9, 4], b: [0, 4] }, grown: ['a 0 9'], shrunk: [], gaps: [], isWhole: false },
    },
  ];
  for (const { name, before, now, wanted } of cases)
    it(name, () => assert.deepEqual(told(compare(before, now)), wanted));

  it('what changed between two counts: only what is higher or new', () => {
    assert.deepEqual(changes(of({ a: 5, b: 3, c: 1 }), of({ a: 6, b: 2, c: 1, d: 0 })), [
      { project: 'a', from: 5, to: 6 },
      { project: 'd', from: null, to: 0 },
    ]);
  });
});
