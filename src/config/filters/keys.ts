import { labels, list, number, text, yesOrNo } from './kinds.ts';
import { ALERTS } from '../rules/entry.ts';
import { FORMER } from '../rules/former.ts';
import { SHARED } from '../rules/options.ts';
import { QUERY, SEARCHABLE } from './search.ts';
import { type Filled, type Key } from './shape.ts';
import { fits, line, matches, oneOf, WEB_ADDRESS } from './texts.ts';

const LEVELS = ['sample', 'debug', 'info', 'warning', 'error', 'fatal', 'unknown'];

const name = text(
  ...fits(
    /^[a-z0-9][a-z0-9-]{0,59}$/,
    'lower-case letters, digits and hyphens, at most 60, beginning with a letter or digit',
  ),
);

const project = text(
  ...fits(
    /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,99}$/,
    'a project slug: letters, digits, hyphens and underscores, at most 100, beginning with a letter or digit',
  ),
);

const environment = text(
  ...line(64),
  matches(/^(?![\s\S]*\$\{)/, (it) => `${it} holds \${, which nothing fills in here; write the name that Sentry shows`),
);

/** Every key of a filter. What is written here makes the reader, the types, the editors' schema and the docs. */
export const KEYS = {
  name: {
    doc: "unique; part of every record's id: renaming starts a new history",
    schema: name,
    needed: 'give the filter one',
    own: 'give each filter its own',
  },
  projects: {
    doc: "slugs, as in the address of a project's page; `defaults` may have them",
    schema: list(project, 1),
    needed: 'list at least one project slug',
  },
  environments: { doc: 'without: all environments', schema: list(environment), fallback: [] },
  levels: { doc: 'without: all levels', schema: list(text(...oneOf(LEVELS, 'a level'))), fallback: [] },
  searchTerms: {
    doc: 'any of these, literally, in any case; in title, type, value, culprit or log message',
    schema: list(text(...SEARCHABLE)),
    fallback: [],
  },
  exclude: { doc: 'none of these, as searchTerms', schema: list(text(...SEARCHABLE)), fallback: [] },
  query: { doc: "and this, in Sentry's own search syntax; sent in parentheses", schema: text(...QUERY) },
  tags: {
    doc: 'also count by these, together',
    schema: list(text(...fits(/^[a-zA-Z0-9_.:-]{1,200}$/, 'a tag name: letters, digits and _ . : -, at most 200'))),
    fallback: [],
  },
  top: {
    doc: 'issues listed in the answer',
    schema: number(
      { min: 1, max: 100, whole: true },
      'must be a whole number from 1 to 100; write digits only, without quotes',
    ),
    fallback: 25,
  },
  trendArchived: { doc: 'true: archived and resolved issues may trend too', schema: yesOrNo() },
  team: { doc: 'whose filter it is', schema: text(...line(100)) },
  labels: { doc: 'free; sent along to New Relic as `label.NAME`', schema: labels(), fallback: {} },
  runbook: {
    doc: 'linked in the answer, on the page, and in what is made for New Relic',
    schema: text(...WEB_ADDRESS),
  },
  source: { doc: 'which source is read; without: the one that the environment sets up', schema: text(...line(100)) },
  sinks: {
    doc: 'only these; without: all that the environment sets up and enables',
    schema: list(text(...line(100)), 1),
  },
  alerts: { doc: 'when people are told, a sentence each; or a map of one and its options', schema: ALERTS },
  ...SHARED,
  alert: { doc: 'former name of four sentences, which this version still reads; write `alerts`', schema: FORMER },
} satisfies Record<string, Key>;

/** A filter as the file has it, with the file's defaults and ours filled in. */
export type Configured = Filled<typeof KEYS>;
