import assert from 'node:assert/strict';
import type { KnownTicket } from '../../../../src/core/ports/tickets/ticket-store.ts';
import { knownOf } from '../../../../src/core/tickets/matching/known.ts';
import { linkIssues, linkTickets } from '../../../../src/core/tickets/matching/link.ts';
import { withoutStrangers } from '../../../../src/core/tickets/matching/pasted.ts';
import { ISSUE, sha256, TRACEBACK } from '../../../support/tickets/filing.ts';
import { memoryTickets } from '../../../support/tickets/memory-store.ts';
import { NOW } from '../../../support/time/clock.ts';

const KEY = 'manager/1:abc';
const at = (host: string, program: string, text: string): string => `Aug 12 03:18:39 ${host} ${program}:  ${text}`;
const column = (host: string, program: string, text: string): string =>
  ['70', '2016-08-12T03:18:39', '2016-08-12T03:18:40', '7', host, '10.0.0.1', 'User', 'Info', program, text].join('\t');

/** The traceback of a machine, with lines of others between its own. */
function pasted(traceback: string, form: typeof at): string {
  const own = traceback.split('\n').map((line) => form('i-2ee330b7', 'manager.debug', line));
  const others = ['GET /carts took 12 ms', '  File "/srv/other.py", line 7, in other', 'KeyError: of another machine'];
  const mixed = own.flatMap((line, index) => [
    line,
    form('i-9bd4', 'web', others[index % 3]!),
    form('i-2ee330b7', 'cron', 'tick'),
  ]);
  return ['This broke the shop again:', ...mixed, 'Please look at it.'].join('\n');
}

function ticketIn(text: string, labels: readonly string[] = []): KnownTicket {
  const ticket = {
    ...{
      id: '1',
      key: 'CRM-1',
      url: 'https://jira.example.com/browse/CRM-1',
      summary: 'x',
      status: 'To Do',
      isDone: false,
    },
    ...{ doneAt: null, resolution: null, assignee: null, labels, createdAt: NOW, updatedAt: NOW, text },
  };
  return knownOf(ticket, 'CRM', sha256);
}

async function linkBetween(text: string, ticketText: string, first: 'issue' | 'ticket', labels?: readonly string[]) {
  const store = memoryTickets(() => NOW);
  const ticket = ticketIn(ticketText, labels);
  const steps = {
    issue: () => linkIssues(store, [{ issue: ISSUE, text }], sha256),
    ticket: async () => {
      await store.keepKnown({ project: 'CRM', tickets: [ticket], until: null });
      await linkTickets(store, [ticket]);
    },
  };
  await steps[first]();
  await steps[first === 'issue' ? 'ticket' : 'issue']();
  return (await store.linked([KEY])).get(KEY)?.map(({ link }) => link);
}

describe('tickets and their issues', () => {
  const otherWord = TRACEBACK.replace('cart-17', 'basket-xyz');
  const otherType = TRACEBACK.replace('KeyError', 'IndexError');
  const otherLine = TRACEBACK.replace('line 81', 'line 90').replace('cart-17', 'cart-99');
  for (const first of ['issue', 'ticket'] as const)
    for (const [what, form] of [
      ['a search page', at],
      ['an archive', column],
    ] as const)
      it(`belong by text pasted out of ${what} among lines of other machines; first the ${first}`, async () => {
        assert.deepEqual(await linkBetween(TRACEBACK, pasted(TRACEBACK, form), first), ['exact']);
        assert.deepEqual(await linkBetween(TRACEBACK, pasted(otherLine, form), first), ['exact']);
        assert.deepEqual(await linkBetween(TRACEBACK, pasted(otherWord, form), first), ['similar']);
        assert.equal(await linkBetween(TRACEBACK, pasted(otherType, form), first), undefined);
      });

  it('belong together by a label, which weighs more than a text', async () => {
    for (const first of ['issue', 'ticket'] as const) {
      assert.deepEqual(await linkBetween(TRACEBACK, 'no text', first, ['sm-3accc22c9a2cf324']), ['label']);
      assert.deepEqual(await linkBetween('', pasted(TRACEBACK, at), first, ['sm-3accc22c9a2cf324']), ['label']);
      assert.equal(await linkBetween('', 'no text', first, ['sm-0000000000000000']), undefined);
    }
  });

  it('do not by texts that are too short to tell, and cost no exception whatever they hold', async () => {
    assert.equal(await linkBetween('KeyError: x', 'KeyError: x', 'issue'), undefined);
    for (const text of ['', '\u0000', 'Traceback (most recent call last):', 'x\t'.repeat(100_000), '\uD800'])
      assert.equal(await linkBetween(text, text, 'issue'), undefined);
  });

  it('keep ordinary lines of a text, and lines of the machine that the traceback is of', () => {
    const text = [
      'It broke.',
      at('a', 'web', 'Traceback (most recent call last):'),
      at('b', 'web', 'no'),
      'Thanks',
    ].join('\n');
    assert.equal(withoutStrangers(text), 'It broke.\n Traceback (most recent call last):\nThanks');
  });

  it('of two machines whose tracebacks stand line by line between each other, belong to both issues', async () => {
    const [one, other] = [TRACEBACK, TRACEBACK.replaceAll('cart', 'user').replace('views', 'users')].map((it) =>
      it.split('\n'),
    );
    const text = one!.flatMap((line, index) => [at('a', 'web', line), at('b', 'web', other![index]!)]).join('\n');
    for (const lines of [one!, other!]) assert.deepEqual(await linkBetween(lines.join('\n'), text, 'issue'), ['exact']);
  });
});
