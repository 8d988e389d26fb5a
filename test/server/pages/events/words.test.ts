import assert from 'node:assert/strict';
import { eventsPage, type EventsPage } from '../../../../src/server/pages/events/page.ts';
import { textIn } from '../../../support/pages/read-page.ts';

const NOW = Date.UTC(2026, 10, 20, 10, 2);
const NOTHING = { span: { start: NOW - 3_600_000, end: NOW }, events: [], next: null, isCut: false, hidden: new Map() };

describe('the page of events without any', () => {
  const page = (view: EventsPage['view'], projects = ['web'], data: object = {}) =>
    textIn(
      eventsPage({
        ...{ view, projects, faults: [], now: NOW, server: 'host-1', hasMessages: false, hasActions: false },
        data: { ...NOTHING, ...data },
      }),
    );

  it('says why there are none', () => {
    assert.match(page({}), /No intake has stored an event of this range\./);
    assert.match(page({ q: 'cart' }), /No event is like that in this range\./);
    assert.match(page({ after: { at: NOW, project: 'web', id: 'e' } }), /There are no older ones in this range\./);
    assert.match(page({ q: 'cart' }, ['web'], { isCut: true }), /None of those that were looked at is like that\./);
  });

  it('lets choose among intakes where there are several', () => {
    const choices = (projects: readonly string[]) =>
      /<select[^>]*name="project"/.test(
        eventsPage({
          ...{ view: {}, projects, faults: [], now: NOW, server: 'host-1', hasMessages: false, hasActions: false },
          data: NOTHING,
        }),
      );
    assert.deepEqual([choices(['web']), choices(['web', 'api'])], [false, true]);
  });
});
