import { type Pattern, SearchError, type Term } from './ast.ts';

const IDS = new Set(['id', 'trace', 'profile.id', 'replay.id']);
const STATES = new Set(['resolved', 'unresolved', 'ignored', 'archived', 'muted', 'reprocessing']);

/** What Sentry's query builder refuses of a condition that can be read. */
export function checkTerm({ key, test }: Term): void {
  if (key.kind !== 'field' || (test.kind !== 'text' && test.kind !== 'list')) return;
  const patterns = test.kind === 'text' ? [test.pattern] : test.patterns;
  for (const { text } of patterns) {
    if (IDS.has(key.name) && text !== '' && !/^[\da-f]{32}$/i.test(text.replaceAll('-', '')))
      throw new SearchError(`${key.name} must be a valid UUID hex (32-36 digits, dashes, or a-f characters)`);
    if (key.name === 'trace.span' && text !== '' && !/^[\da-f]{16}$/i.test(text))
      throw new SearchError('trace.span must be a valid 16 character hex (containing only digits, or a-f characters)');
    if (key.name === 'status' && !STATES.has(text)) throw new SearchError(`Invalid status value of '${text}'`);
  }
}

/** An archived issue is `ignored`, and so was a muted one. */
export function withoutAliases(term: Term): Term {
  const { key, test } = term;
  if (key.kind !== 'field' || key.name !== 'status') return term;
  const plain = (pattern: Pattern): Pattern =>
    /^(?:archived|muted)$/.test(pattern.text) ? { text: 'ignored', parts: ['ignored'] } : pattern;
  if (test.kind === 'list') return { ...term, test: { kind: 'list', patterns: test.patterns.map(plain) } };
  return test.kind === 'text' ? { ...term, test: { kind: 'text', pattern: plain(test.pattern) } } : term;
}
