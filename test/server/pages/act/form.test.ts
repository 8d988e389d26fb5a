import assert from 'node:assert/strict';
import { doAct, type PageActs } from '../../../../src/server/pages/act/acts.ts';
import { type ActPage, actPage } from '../../../../src/server/pages/act/form.ts';
import { textIn } from '../../../support/pages/read-page.ts';

const page = (given: Partial<ActPage>): string =>
  actPage({ act: 'mute', fields: {}, about: null, proof: 'p-1', user: 'ann', ...given });
const valueOf = (name: string, text: string): string | undefined =>
  new RegExp(`<input[^>]*name="${name}"\\s+value="([^"]*)"`).exec(text)?.[1];
const chosen = (text: string): readonly string[] =>
  [...text.matchAll(/<option value="([^"]*)" selected>/g)].map(([, value]) => value!);

describe('a form that asks once more', () => {
  it('of a mute takes what stands in the address, or was sent before', () => {
    const empty = page({});
    assert.deepEqual([chosen(empty), valueOf('name', empty)], [['1h'], '']);
    const asked = page({ fields: { filter: 'shop', end: '7d', why: 'moving "on"' } });
    assert.deepEqual([chosen(asked), valueOf('name', asked)], [['filter', '7d'], 'shop']);
    assert.match(asked, /value="moving &quot;on&quot;" maxlength="500" required/);
    const sent = page({ fields: { kind: 'rule', name: 'shop/new', end: 'resolved' }, fault: 'Why is not said.' });
    assert.deepEqual([chosen(sent), valueOf('name', sent)], [['rule', 'resolved'], 'shop/new']);
    assert.match(textIn(sent), /Why is not said\./);
  });

  it('of an issue that is hidden says for how long, and needs no reason', () => {
    const text = page({ act: 'hide', fields: { issue: 'a 1' }, about: 'Error: x (issue a 1)' });
    assert.deepEqual([chosen(text), valueOf('issue', text)], [['30d'], 'a 1']);
    assert.doesNotMatch(text, /required/);
    assert.match(text, /href="\/issues\/a%201">Back to the issue/);
  });

  it('of a ticket has the teams that there are', () => {
    const fields = { issue: '7', project: 'web', team: 'crm', ticket: 'CRM-1' };
    const text = page({ act: 'ticket', fields, about: 'issue 7', teams: ['crm', 'shop'] });
    assert.deepEqual([chosen(text), valueOf('project', text), valueOf('ticket', text)], [['crm'], 'web', 'CRM-1']);
    assert.match(text, /<button>Create, or comment<\/button>/);
    assert.doesNotMatch(page({ act: 'ticket', fields, about: 'issue 7' }), /For team/);
  });

  it('says so where it is done to nothing any more', () => {
    const text = page({ act: 'unmute', fields: { mute: 'm-1' } });
    assert.match(textIn(text), /It is not there any more: it ended, or is no longer kept\./);
    assert.match(text, /href="\/messages"/);
    assert.match(page({ act: 'acknowledge', fields: { alert: 'a' }, about: 'shop' }), /<button>I am on it</);
  });
});

describe('a form without what it must have', () => {
  const asked: unknown[] = [];
  const note =
    (what: string) =>
    async (...given: readonly unknown[]) => {
      asked.push([what, ...given]);
      return { target: '' };
    };
  const acts = {
    ...{ mute: note('mute'), unmute: note('unmute'), hide: note('hide'), acknowledge: note('acknowledge') },
    ...{ sendAgain: note('sendAgain'), about: async () => null },
  } as PageActs;

  it('asks for nothing by its name, and for no tickets or watches where there are none', async () => {
    for (const act of ['unmute', 'hide', 'acknowledge', 'send-again'] as const) await doAct(act, {}, 'ann', acts);
    await doAct('mute', { kind: 'all', end: 'resolved', why: ' ' }, 'ann', acts);
    await doAct('mute', { kind: 'planet', end: '1h', why: ' x ' }, 'ann', acts);
    assert.deepEqual(asked, [
      ['unmute', '', 'ann'],
      ['hide', { issue: '', length: '', why: '' }, 'ann'],
      ['acknowledge', '', 'ann'],
      ['sendAgain', '', 'ann'],
      ['mute', { all: 'true', resolved: 'true' }, 'ann'],
      ['mute', { for: '1h', why: 'x' }, 'ann'],
    ]);
    assert.deepEqual(await doAct('ticket', {}, 'ann', acts), { fault: 'No tickets are set up here.' });
    assert.deepEqual(await doAct('look', {}, 'ann', acts), { fault: 'There are no watches here.' });
  });

  it('asks for a ticket with what is said, and for a look by its watch', async () => {
    const all = { ...acts, ticket: note('ticket'), look: note('look') } as PageActs;
    asked.length = 0;
    await doAct('ticket', {}, 'ann', all);
    await doAct('ticket', { issue: '7', project: 'web', team: ' crm ', ticket: 'CRM-1' }, 'ann', all);
    await doAct('look', {}, 'ann', all);
    assert.deepEqual(asked, [
      ['ticket', { issue: '', project: '', team: null, ticket: null }, 'ann'],
      ['ticket', { issue: '7', project: 'web', team: 'crm', ticket: 'CRM-1' }, 'ann'],
      ['look', '', 'ann'],
    ]);
  });
});
