import assert from 'node:assert/strict';
import fc from 'fast-check';
import { runs } from '../../../../support/build/runs.ts';
import type { SearchNode } from '../../../../../sandbox/search/ast.ts';
import { compileSearch } from '../../../../../sandbox/search/match.ts';
import { parseSearch } from '../../../../../sandbox/search/parse.ts';
import { readSearch } from '../../../../../src/integrations/sources/sentry/search/read-search.ts';
import { refusalOf } from '../../../../../src/integrations/sources/sentry/search/refusals.ts';

const RUNS = runs(5000);
const PIECES = [
  ...['"', '\\"', '\\', '(', ')', '()', ' ', ' ', ' ', '\t', '!', ':', ',', '[', ']', '*', '>', '=', '-'],
  ...['a', 'b c', 'or', 'OR', 'AND', ' OR ', ' and ', '""', '"x y"', '5', '1.0', '10m', 'true', '2026-01-01'],
  ...[
    'k:',
    'k:v',
    '!k:v',
    'k:"v w"',
    'k:[a, b]',
    'k:[1,2]',
    'k:[a,]',
    'tags[t]:',
    'tags[t u]:',
    '"q":',
    'has:',
    'has:k',
  ],
  ...['is:', 'is:resolved', 'status:muted', 'id:', 'issue.id:', 'error.handled:', 'error.received:', 'trace.span:'],
  ...['project:', 'project:web', 'environment:', 'message:', 'level:error', 'release:', '0123456789abcdef'],
];

const query = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 7 })
  .map((pieces) => pieces.join('').trim())
  .filter((text) => text !== '' && !text.includes('\n'));

const LOOKUP = {
  projectSlug: () => 'web',
  issueId: () => null,
  shortId: () => null,
  status: () => null,
  messages: 'held',
} as const;

/** What the other reader, that of the sandbox, makes of it; null: a 400. */
function meant(text: string): SearchNode | null {
  try {
    const node = parseSearch(text, 'events');
    compileSearch(node, LOOKUP);
    return projectsIn(node).every((slug) => slug === 'web') && !hasCount(node) ? node : null;
  } catch {
    return null;
  }
}

/** The sandbox knows no functions by name, and a condition on a count is none on events. */
function hasCount(node: SearchNode): boolean {
  return node.kind === 'term' ? node.term.key.kind === 'aggregate' : node.parts.some(hasCount);
}

function projectsIn(node: SearchNode): readonly string[] {
  if (node.kind !== 'term') return node.parts.flatMap(projectsIn);
  const { key, test, negated } = node.term;
  if (key.name !== 'project' || negated || key.kind !== 'field') return [];
  if (test.kind === 'list') return test.patterns.map(({ text }) => text);
  return test.kind === 'text' ? [test.pattern.text] : [];
}

function isNoCondition(node: SearchNode): boolean {
  if (node.kind !== 'term') return node.parts.every(isNoCondition);
  const { key, test, negated } = node.term;
  if (key.kind !== 'field' || key.name !== 'project') return false;
  return test.kind === 'has' || (negated && test.kind === 'text' && test.pattern.text !== 'web');
}

describe('two readers of the same grammar', () => {
  it('agree on what is a 400 or no condition, and nothing that is sent leaves our parentheses', () => {
    let refused = 0;
    fc.assert(
      fc.property(query, (text) => {
        const refusal = refusalOf(readSearch(text), ['web']);
        const node = meant(text);
        assert.equal(refusal !== undefined, node === null || isNoCondition(node), `${text}: ${refusal}`);
        if (refusal !== undefined) refused++;
        if (node === null || isNoCondition(node)) return;
        assert.deepEqual(parseSearch(`level:error (${text})`, 'events'), {
          kind: 'and',
          parts: [parseSearch('level:error', 'events'), node],
        });
      }),
      { numRuns: RUNS },
    );
    assert.ok(refused > RUNS / 10 && refused < RUNS * 0.9, `${refused} of ${RUNS} were refused`);
  });
});
