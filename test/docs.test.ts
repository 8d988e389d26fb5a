import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { cliTexts } from './support/docs/cli-text.ts';
import { exampleTexts } from './support/docs/example-texts.ts';

const ROOT = path.join(import.meta.dirname, '..');
const FOLDERS = ['.', 'bench', 'docs', 'docs/decisions'];
const PAGES = FOLDERS.flatMap((folder) =>
  fs
    .readdirSync(path.join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(folder, name)),
).toSorted();
/** What Node, npm, PostgreSQL's image and New Relic's agent read, and the pattern of a secret's file. */
const NOT_OURS = [
  'HTTPS_PROXY',
  'NODE_EXTRA_CA_CERTS',
  'NAME_FILE',
  'POSTGRES_PASSWORD',
  'NEW_RELIC_API_KEY',
  'SENTRY_MONITOR_TOOLS',
  // Of an operator's own choice.
  'EU_TOKEN',
  'HOOK_KEY',
  'PD_KEY',
  'SLACK_TOKEN',
  'SHOP_SLACK_URL',
  'TG_TOKEN',
  // Of Amazon's own tools.
  'AWS_REGION',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_ENDPOINT_URL',
  'JIRA_TOKEN',
  'JIRA_WEBHOOK_SECRET',
  'TEAMS_URL',
  'DISCORD_URL',
  'PAYMENTS_KEY',
  'CRM_HOOK_KEY',
  'PAYMENTS_ANODOT_TOKEN',
];

function textOf(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), 'utf8');
}

/** Blocks and inline code say other things with brackets. */
function proseOf(file: string): string {
  return textOf(file)
    .replaceAll(/^ *```[^]*?^ *```$/gm, '')
    .replaceAll(/`[^`\n]*`/g, (code) => 'x'.repeat(code.length));
}

/** Headings as GitHub makes anchors of them. */
function anchorsOf(file: string): readonly string[] {
  const headings = [
    ...textOf(file)
      .replaceAll(/^ *```[^]*?^ *```$/gm, '')
      .matchAll(/^#+ (.+)$/gm),
  ].map(([, text]) => text!);
  const marked = [...textOf(file).matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id]) => id!);
  const named = headings.map((text) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
  return [...named, ...marked];
}

/** What stands in backticks, by file. */
function codeOf(file: string): readonly string[] {
  return [
    ...textOf(file)
      .replaceAll(/^ *```[^]*?^ *```$/gm, '')
      .matchAll(/`([^`\n]+)`/g),
  ].map(([, code]) => code!);
}

function sourceText(): string {
  return fs
    .readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => textOf(path.join('src', name)))
    .join('\n');
}

describe('the documentation', () => {
  for (const page of PAGES) {
    it(`${page}: every relative link leads somewhere`, () => {
      const links = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, target]) => target!)
        .filter((target) => !/^[a-z]+:/.test(target));
      const broken = links.filter((link) => {
        const [file = '', anchor] = link.split('#');
        const target = file === '' ? page : path.join(path.dirname(page), file);
        if (!fs.existsSync(path.join(ROOT, target))) return true;
        return anchor !== undefined && !anchorsOf(target).includes(anchor);
      });
      assert.deepEqual(broken, []);
    });
  }

  for (const page of PAGES.filter(
    (name) => name === 'ARCHITECTURE.md' || name === 'README.md' || name.startsWith('docs/'),
  )) {
    it(`${page}: every path that it names exists`, () => {
      const paths = codeOf(page)
        .flatMap((code) =>
          [...code.matchAll(/(?<![\w./-])(?:src|sandbox|test|docs|bench|contrib)(?:\/[\w.<>-]+)+/g)].map(([found]) =>
            found.replace(/[./]+$/, ''),
          ),
        )
        .filter((name) => !name.includes('<'));
      assert.deepEqual(
        paths.filter((name) => !fs.existsSync(path.join(ROOT, name))),
        [],
      );
    });
  }

  it('names no variable that the program does not read', () => {
    const known = [...textOf('.env.example').matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name!);
    const named = PAGES.flatMap((page) =>
      codeOf(page).flatMap((code) => code.match(/(?<![\w"])[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/g) ?? []),
    );
    assert.deepEqual(
      [...new Set(named)].filter((name) => ![...known, ...NOT_OURS].includes(name.replace(/(?<!^NAME)_FILE$/, ''))),
      [],
    );
  });

  it('names no metric that the program does not have', () => {
    const all = sourceText();
    const table = textOf('docs/metrics.md')
      .split('\n')
      .filter((line) => /^\| `[a-z]+_/.test(line) && !line.includes('process_'))
      .map((line) => line.split('|')[1]!);
    const names = table.flatMap((cell) =>
      [...cell.matchAll(/`([a-z_]+)(?:\{|`)/g)].map(([, name]) => name!.replace(/^sentry_monitor_/, '')),
    );
    assert.ok(names.length > 10);
    assert.deepEqual(
      names.filter((name) => !all.includes(`'${name}'`) && !all.includes(`'sentry_monitor_${name}'`)),
      [],
    );
  });

  it('shows commands and examples as they are; npm run docs writes them anew', async () => {
    for (const [file, text] of [...(await cliTexts()), ...exampleTexts()]) assert.equal(textOf(file), text, file);
  });

  it('has every page in its index', () => {
    const index = textOf('docs/README.md');
    const pages = PAGES.filter((page) => /^docs\/[^/]+$/.test(page) && page !== 'docs/README.md');
    assert.deepEqual(
      pages.filter((page) => !index.includes(`](${path.basename(page)})`)),
      [],
    );
  });
});
