import assert from 'node:assert/strict';
import { ticketIn } from '../../../../src/integrations/trackers/jira/issue.ts';
import { fieldsIn, wordsIn } from '../../../../src/integrations/trackers/jira/refusals.ts';
import { wayBack } from '../../../../src/integrations/trackers/jira/way-back.ts';

const AT = '2026-11-20T10:00:00.000+0000';
const FIELDS = { status: { name: 'Done' }, created: AT, updated: AT };
const hide = (text: string): string => text.replaceAll('s3cret', '…');

describe('an issue of Jira', () => {
  const read = (fields: object) =>
    ticketIn({ id: '1', key: 'CRM-1', fields: { ...FIELDS, ...fields } }, 'https://jira.example.com', {
      plainOf: (text) => (text ?? '') as string,
    });

  it('with nothing but what it must have is open, nobody’s and without words', () => {
    assert.deepEqual(read({}), {
      ...{ id: '1', key: 'CRM-1', url: 'https://jira.example.com/browse/CRM-1', summary: '', status: 'Done' },
      ...{ isDone: false, doneAt: null, resolution: null, assignee: null, labels: [], text: '' },
      ...{ createdAt: Date.UTC(2026, 10, 20, 10), updatedAt: Date.UTC(2026, 10, 20, 10) },
    });
  });

  it('is done by the kind of its status or a resolution, since the instant that Jira has of it', () => {
    const done = (fields: object) => {
      const { isDone, doneAt } = read(fields)!;
      return [isDone, doneAt === null ? null : new Date(doneAt).toISOString()];
    };
    const status = { name: 'Fertig', statusCategory: { key: 'done' } };
    assert.deepEqual(done({ status, resolutiondate: '2026-11-19T08:00:00.000+0100' }), [
      true,
      '2026-11-19T07:00:00.000Z',
    ]);
    assert.deepEqual(done({ status, statuscategorychangedate: '2026-11-18T07:00:00.000+0000' }), [
      true,
      '2026-11-18T07:00:00.000Z',
    ]);
    assert.deepEqual(done({ resolution: { name: 'Fixed' } }), [true, null]);
  });

  it('has its assignee, labels, and description and comments as one text', () => {
    const comments = [{ body: 'once more' }, {}];
    const ticket = read({
      ...{ summary: 'Broken', resolution: { name: 'Fixed' }, assignee: { displayName: 'Ann' }, labels: ['night'] },
      ...{ description: 'it breaks', comment: { comments } },
    })!;
    assert.deepEqual(
      [ticket.summary, ticket.resolution, ticket.assignee, ticket.labels, ticket.text],
      ['Broken', 'Fixed', 'Ann', ['night'], 'it breaks\nonce more\n'],
    );
    assert.equal(read({ assignee: {} })!.assignee, null);
  });

  it('of another shape, or without instants that can be read, is none', () => {
    assert.equal(ticketIn({ id: '1' }, '', { plainOf: String }), null);
    assert.equal(read({ created: 'yesterday' }), null);
    assert.equal(read({ updated: '' }), null);
  });
});

describe('a refusal of Jira', () => {
  it('is told on one line, with fields by their ids and no secret', () => {
    const text = JSON.stringify({ errorMessages: ['no s3cret\nhere', ''], errors: { priority: 'is required' } });
    assert.equal(wordsIn(text, hide), 'no … here; priority: is required');
    assert.deepEqual(fieldsIn(text, hide), { priority: 'is required' });
  });

  it('that is no JSON of its kind says nothing', () => {
    for (const text of [
      '',
      '<html>',
      'null',
      '{"errors":[1],"errorMessages":"x"}',
      '{"errors":"x"}',
      '{"errors":null}',
    ])
      assert.deepEqual([wordsIn(text, hide), fieldsIn(text, hide)], ['', {}], text);
  });
});

describe('the way back of an issue of Jira', () => {
  const way = (id: string, key: string) => ({ id, to: { statusCategory: { key } } });

  it('leads to what is new, else to what is under way, else nowhere', () => {
    assert.equal(wayBack([way('1', 'done'), way('2', 'indeterminate'), way('3', 'new')]), '3');
    assert.equal(wayBack([way('1', 'done'), way('2', 'indeterminate')]), '2');
    assert.equal(wayBack([way('1', 'done')]), null);
    assert.equal(wayBack({ message: 'no' }), null);
  });
});
