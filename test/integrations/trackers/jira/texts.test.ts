import assert from 'node:assert/strict';
import { documentFault } from '../../../../sandbox/jira/document-rules.ts';
import type { TicketText } from '../../../../src/core/ports/tickets/tracker.ts';
import { adfOf, textInAdf } from '../../../../src/integrations/trackers/jira/adf.ts';
import { textInWiki, wikiOf } from '../../../../src/integrations/trackers/jira/wiki.ts';

const TEXT: TicketText = [
  { kind: 'line', words: [{ text: 'the issue', url: 'https://sentry.example.com/issues/1/' }, { text: ', by ann' }] },
  { kind: 'code', text: 'TypeError: x\n  at y' },
  { kind: 'list', items: [[{ text: '2026-11-20 10:00:05 UTC' }], [{ text: 'two' }]] },
];
const line = (text: string, url?: string): TicketText => [{ kind: 'line', words: [{ text, url }] }];

describe('a text for Jira Cloud', () => {
  it('is a document', () =>
    assert.deepEqual(adfOf(TEXT), {
      version: 1,
      type: 'doc',
      content: [
        {
          type: 'paragraph',
          content: [
            {
              type: 'text',
              text: 'the issue',
              marks: [{ type: 'link', attrs: { href: 'https://sentry.example.com/issues/1/' } }],
            },
            { type: 'text', text: ', by ann' },
          ],
        },
        { type: 'codeBlock', attrs: {}, content: [{ type: 'text', text: 'TypeError: x\n  at y' }] },
        {
          type: 'bulletList',
          content: ['2026-11-20 10:00:05 UTC', 'two'].map((text) => ({
            type: 'listItem',
            content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
          })),
        },
      ],
    }));

  for (const [what, text] of [
    ['a text without letters', line('')],
    ['half a letter', line('a\uD800')],
    ['a link that is no page', line('x', 'javascript:alert(1)')],
    ['a link that is none', line('x', 'no address')],
    ['code without a line', [{ kind: 'code', text: '' }]],
    ['code with control characters', [{ kind: 'code', text: 'a\u0000\u001b[31mb\tc' }]],
  ] as const)
    it(`takes ${what}`, () => assert.equal(documentFault(adfOf(text)), undefined));

  it('is read back, a block a line', () =>
    assert.equal(textInAdf(adfOf(TEXT)), 'the issue, by ann\nTypeError: x\n  at y\n2026-11-20 10:00:05 UTC\ntwo'));

  it('is read whatever it is', () => {
    const deep = (depth: number): object =>
      depth === 0 ? { type: 'text', text: 'x' } : { type: 'panel', content: [deep(depth - 1)] };
    for (const odd of [null, 7, 'text', [], {}, { content: 7 }, { type: 'doc', content: [null, 7] }, deep(5_000)])
      assert.equal(typeof textInAdf(odd), 'string');
    const mention = {
      type: 'paragraph',
      content: [{ type: 'mention', attrs: { text: '@ann' } }, { type: 'hardBreak' }],
    };
    assert.equal(textInAdf(mention), '@ann\n');
  });
});

describe('a text for Data Center', () => {
  it('is wiki markup', () =>
    assert.equal(
      wikiOf(TEXT),
      [
        '[the issue|https://sentry.example.com/issues/1/], by ann',
        '{noformat}\nTypeError: x\n  at y\n{noformat}',
        '* 2026\\-11\\-20 10:00:05 UTC\n* two',
      ].join('\n\n'),
    ));

  for (const [given, wiki] of [
    ['*bold* _it_ -no- +in+ ^up^ ~down~', '\\*bold\\* \\_it\\_ \\-no\\- \\+in\\+ \\^up\\^ \\~down\\~'],
    ['[~admin] !x.png! |a| {code} # @all', '\\[\\~admin\\] \\!x.png\\! \\|a\\| \\{code\\} \\# \\@all'],
    ['h1. big', 'h1&#46; big'],
    ['bq. said', 'bq&#46; said'],
    ['C:\\temp &amp; (!)', 'C:\\\\temp &amp;amp; \\(\\!\\)'],
  ] as const)
    it(`shows ${given} as it is`, () => {
      assert.equal(wikiOf(line(given)), wiki);
      assert.equal(textInWiki(wiki), given);
    });

  it('has no block that a traceback could close, and no link that could end early', () => {
    const [block] = [wikiOf([{ kind: 'code', text: 'a {noformat} b { noformat:x}' }])];
    assert.equal(block.match(/\{noformat/g)!.length, 2);
    assert.equal(wikiOf(line('x', 'https://a.example.com/|b]c')), '[x|https://a.example.com/%7Cb%5Dc]');
  });
});
