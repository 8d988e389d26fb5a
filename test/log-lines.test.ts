import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.join(import.meta.dirname, '..');
/** Texts that a function was given: what its callers give it stands here. */
const GIVEN = new Map([
  ['src/core/backfill/afterwards.ts', ['catch-up broke', 'recount broke']],
  ['src/core/run/read-deadline.ts', []],
]);

interface Line {
  readonly file: string;
  readonly text: string;
}

function sources(): readonly string[] {
  return fs
    .readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `src/${name.replaceAll('\\', '/')}`);
}

/** `log.warn(…)`, `scope.log.error(…)`, `log[level](…)`. */
function isLogCall(node: ts.Node): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || node.arguments.length !== 2) return false;
  const called = node.expression.getText();
  return /(?:\blog|\blastWords)\s*(?:\?\.|\.(?:info|warn|error)$|\[)/.test(called);
}

/** What the log says; a part that varies is `…`. */
function textsOf(node: ts.Expression, file: ts.SourceFile): readonly string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue, file), ...textsOf(node.whenFalse, file)];
  if (ts.isTemplateExpression(node))
    return [node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('')];
  const constant = file.statements
    .flatMap((one) => (ts.isVariableStatement(one) ? [...one.declarationList.declarations] : []))
    .find(({ name }) => name.getText(file) === nameOf(node).getText(file));
  const value = constant?.initializer;
  if (value === undefined)
    return GIVEN.get(file.fileName) ?? [`${node.getText(file)} (a text of which this test knows nothing)`];
  return ts.isObjectLiteralExpression(value)
    ? value.properties.flatMap((one) => (ts.isPropertyAssignment(one) ? textsOf(one.initializer, file) : []))
    : textsOf(value, file);
}

/** The table of texts, where one is taken from it. */
function nameOf(node: ts.Expression): ts.Expression {
  return ts.isElementAccessExpression(node) ? node.expression : node;
}

function linesOf(name: string): readonly Line[] {
  const file = ts.createSourceFile(name, fs.readFileSync(path.join(ROOT, name), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Line[] = [];
  const look = (node: ts.Node): void => {
    if (isLogCall(node)) found.push(...textsOf(node.arguments[1]!, file).map((text) => ({ file: name, text })));
    ts.forEachChild(node, look);
  };
  look(file);
  return found;
}

describe('the log', () => {
  it('says what the table of docs/troubleshooting.md explains, and nothing else', () => {
    const rows = fs
      .readFileSync(path.join(ROOT, 'docs/troubleshooting.md'), 'utf8')
      .split('\n## Log lines\n')[1]!
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    const explained = rows.flatMap((row) => [...row.split('|')[1]!.matchAll(/`([^`]+)`/g)].map(([, text]) => text!));
    const lines = sources().flatMap(linesOf);
    assert.ok(lines.length > 60, `${lines.length} lines found`);
    const texts = lines.map(({ text }) => text);
    const isOf = (row: string, text: string): boolean => row === text || row.replace(/^(?:post|look)/, '…') === text;
    assert.deepEqual(
      lines.filter(({ text }) => !explained.some((row) => isOf(row, text))),
      [],
    );
    assert.deepEqual(
      explained.filter((row) => !texts.some((text) => isOf(row, text))),
      [],
    );
  });
});
