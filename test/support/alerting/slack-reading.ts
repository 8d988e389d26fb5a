import assert from 'node:assert/strict';
import { contentFault } from '../../../sandbox/slack/body-rules.ts';
import type { Fitted } from '../../../src/core/model/alerting/message.ts';

interface Element {
  readonly text?: string;
  readonly style?: { readonly bold?: boolean; readonly code?: boolean };
}

interface Body {
  readonly text: string;
  readonly blocks?: readonly {
    readonly type: string;
    readonly elements: readonly { readonly elements?: readonly Element[] }[];
  }[];
}

/** By Slack's own rules. `others`: what the method has besides text and blocks. */
export function checkSlack(body: Fitted['body'], others: readonly string[] = []): void {
  assert.equal(contentFault(body as Record<string, unknown>, others, 'post'), undefined);
  const { text, blocks } = body as unknown as Body;
  assert.ok(text.length <= 4000, `a text of ${text.length} could not be edited`);
  assert.ok((blocks ?? []).length <= 50);
}

/** Titles as people read them. */
export function slackTitles(body: Fitted['body']): readonly string[] {
  const { text, blocks } = body as unknown as Body;
  if (blocks === undefined) return text.split('\n').flatMap((line) => titleIn(line, /^Firing: (.*): 52 events where/));
  const bold = runsIn(body).filter(({ style }) => style?.bold === true);
  return bold.map((element) => /^Firing: (.*)$/s.exec(element.text!)![1]!);
}

export function slackCalls(body: Fitted['body']): readonly string[] {
  return runsIn(body).flatMap(({ style, text }) => (style?.code === true ? [text!] : []));
}

function runsIn(body: Fitted['body']): readonly Element[] {
  const { blocks = [] } = body as unknown as Body;
  return blocks
    .filter(({ type }) => type === 'rich_text')
    .flatMap(({ elements }) => elements.flatMap((it) => it.elements ?? []));
}

function titleIn(line: string, pattern: RegExp): readonly string[] {
  const found = pattern.exec(line)?.[1];
  return found === undefined ? [] : [found.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')];
}
