import assert from 'node:assert/strict';
import type { Item } from '../../../../src/core/model/item.ts';
import type { Report } from '../../../../src/core/model/report.ts';
import { anodotSink } from '../../../support/build/anodot.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { filterOf, reportOf } from '../../../support/build/reports.ts';

function encode(report: Report, env: Record<string, string> = {}): readonly Item[] {
  return anodotSink(depsOf(), env).encode(report);
}

describe('Anodot samples', () => {
  const sample = (what: string, project: string, target_type: string, value: number): object => ({
    properties: { what, project, filter: 'crm-checkout', type: 'event_count', target_type },
    timestamp: 1_795_168_800,
    value,
  });

  it('are three per project, zeros included, stamped with the start in whole seconds', () => {
    const expected = [
      sample('sentry_events', 'crm-web', 'counter', 60),
      sample('sentry_issues', 'crm-web', 'gauge', 2),
      sample('sentry_users', 'crm-web', 'gauge', 40),
      sample('sentry_events', 'crm-api', 'counter', 0),
      sample('sentry_issues', 'crm-api', 'gauge', 0),
      sample('sentry_users', 'crm-api', 'gauge', 0),
    ];
    assert.deepEqual(
      encode(reportOf()).map(({ body }) => body),
      expected,
    );
  });

  it('with gauge differ in the target type of the events only', () => {
    assert.deepEqual(
      encode(reportOf(), { ANODOT_EVENTS_AS: 'gauge' })
        .slice(0, 2)
        .map(({ body }) => body),
      [sample('sentry_events', 'crm-web', 'gauge', 60), sample('sentry_issues', 'crm-web', 'gauge', 2)],
    );
  });

  it('never have more properties, whatever the filter has: names and values are the identity', () => {
    const filter = filterOf({ projects: ['crm-web', 'crm-api'], team: 't', labels: { a: 'b' }, tags: ['release'] });
    for (const { body } of encode(reportOf({ filter })))
      assert.deepEqual(Object.keys(body['properties'] as object), ['what', 'project', 'filter', 'type', 'target_type']);
  });

  it('have names without points, spaces, equals signs or non-ASCII, at most 150 characters', () => {
    const name = `a.b c=d/é-${'x'.repeat(200)}`;
    const [item] = encode(reportOf({ totals: [{ project: name, projectId: '1', events: 1, users: 1, issues: 1 }] }));
    assert.equal((item?.body['properties'] as { project: string }).project, `a_b_c_d__-${'x'.repeat(140)}`);
  });

  it('are none for a project that could not be read', () => {
    assert.deepEqual(encode(reportOf({ totals: [] })), []);
  });

  it('are none where the number is not known, whatever was counted: nothing here could mark it', () => {
    const whats = (gaps: Report['gaps']): unknown[] =>
      encode(reportOf({ gaps })).map(({ body }) => {
        const { what, project } = body['properties'] as Record<string, string>;
        return `${what} ${project}`;
      });
    const events = (project: string): string[] => [`sentry_events ${project}`, `sentry_users ${project}`];
    const all = (project: string): string[] => [events(project)[0]!, `sentry_issues ${project}`, events(project)[1]!];
    assert.deepEqual(whats([{ part: 'totals', reason: 'not_known', project: 'crm-web' }]), all('crm-api'));
    assert.deepEqual(whats([{ part: 'totals', reason: 'page_limit', project: 'crm-api' }]), all('crm-web'));
    assert.deepEqual(whats([{ part: 'totals', reason: 'source_silent' }]), [], 'no all-clear');
    assert.deepEqual(whats([{ part: 'issues', reason: 'row_limit' }]), [...events('crm-web'), ...events('crm-api')]);
    for (const gap of [
      { part: 'issues', reason: 'rows_differ' },
      { part: 'splits', reason: 'not_answered' },
      { part: 'details', reason: 'not_answered' },
      { part: 'totals', reason: 'project_not_found', project: 'crm-gone' },
    ] as const)
      assert.deepEqual(whats([gap]), [...all('crm-web'), ...all('crm-api')], gap.reason);
  });

  it('of a correction are the whole count where none was sent because it was not known, and none while it is not', () => {
    const { totals } = reportOf();
    const gaps = [{ part: 'totals', reason: 'page_limit', project: 'crm-web' }] as const;
    const correct = (told: Report['gaps'], now: Report['gaps']): unknown[] =>
      anodotSink(depsOf()).encodeCorrection!(
        { totals, gaps: told },
        reportOf({ revision: 1, gaps: now, totals: higher }),
      ).map(({ body }) => body);
    const higher = [{ ...totals[0]!, events: 90 }, totals[1]!];
    assert.deepEqual(correct(gaps, []), [sample('sentry_events', 'crm-web', 'counter', 90)]);
    assert.deepEqual(correct([], []), [sample('sentry_events', 'crm-web', 'counter', 30)]);
    assert.deepEqual([correct([], gaps), correct(gaps, gaps)], [[], []]);
  });

  it('have the same keys on every server', () => {
    assert.deepEqual(
      encode(reportOf({ revision: 3 }))
        .map(({ key }) => key)
        .slice(0, 2),
      [
        '["crm-checkout@2026-11-20T10:00:00.000Z",3,"sentry_events","crm-web"]',
        '["crm-checkout@2026-11-20T10:00:00.000Z",3,"sentry_issues","crm-web"]',
      ],
    );
  });

  it('of a correction are the difference of the events alone, on top of what was told; a project that could not be read then has its whole count', () => {
    const { totals } = reportOf();
    const [web, api] = totals as [(typeof totals)[0], (typeof totals)[0]];
    const correct = (told: typeof totals, now: typeof totals) =>
      anodotSink(depsOf()).encodeCorrection!({ totals: told, gaps: [] }, reportOf({ revision: 2, totals: now }));
    assert.deepEqual(correct(totals, [{ ...web, events: 67, users: 50, issues: null }, api]), [
      {
        key: '["crm-checkout@2026-11-20T10:00:00.000Z",2,"sentry_events","crm-web"]',
        body: sample('sentry_events', 'crm-web', 'counter', 7),
      },
    ]);
    assert.deepEqual(
      correct([web], totals).map(({ body }) => body),
      [sample('sentry_events', 'crm-api', 'counter', 0)],
    );
    assert.deepEqual(correct(totals, [{ ...web, events: 59 }, api]), [], 'never less');
    assert.equal(anodotSink(depsOf(), { ANODOT_EVENTS_AS: 'gauge' }).encodeCorrection, undefined);
  });
});
