import { FAULTS, faultsOf } from './fault-cases.ts';
import { casesOf, grouped, labelsOf, membersOf, namesOf } from './fault-names.ts';
import { cellsOf, CHAPTERS } from './chapters.ts';
import { AFTERWORD, anchored, FOREWORD, UNMEASURED } from './doc-text.ts';
import { ledgerTable } from '../ledger-faults/table.ts';
import {
  type Cell,
  type Chapter,
  type Ending,
  type Expectation,
  type FaultCase,
  type Target,
  TIMES,
  type Times,
} from './types.ts';

/** What was measured of one request, by the fault's id. */
type Columns = Readonly<Record<Times, ReadonlyMap<string, Cell>>>;
type Measured = readonly (readonly [Expectation, Columns])[];

/** The document, from what was measured. Fails when a cell could not be. */
export async function renderTable(): Promise<string> {
  const parts: string[] = [];
  for (const chapter of CHAPTERS) parts.push(await chapterOf(chapter));
  return `${[FOREWORD, ...parts, ledgerTable(), wordsOf(), AFTERWORD].join('\n\n')}\n`;
}

async function chapterOf(chapter: Chapter): Promise<string> {
  const measured: (readonly [Expectation, Columns])[] = [];
  for (const it of chapter.targets)
    measured.push([it, { once: await columnOf(it, 'once'), lasting: await columnOf(it, 'lasting') }]);
  const usual = usualTries(measured);
  const sections = grouped(measured, ([it, columns]) => sectionOf(chapter, it, columns, usual));
  const texts = [...sections].map(
    ([text, same]) =>
      `### ${chapter.vendor}: ${titlesOf(same.map(([{ target }]) => target.title))}\n\n${[...new Set(same.map(([{ target }]) => target.purpose))].join(' ')}\n\n${text}`,
  );
  return [`## ${chapter.vendor}`, legendOf(chapter, usual), ...texts].join('\n\n');
}

/** Those that begin alike, up to a colon, share their beginning. */
function titlesOf([first = '', ...others]: readonly string[]): string {
  const start = /^.*?: /.exec(first)?.[0] ?? '';
  return [first, ...others.map((title) => (title.startsWith(start) ? title.slice(start.length) : title))].join(' · ');
}

async function columnOf({ target }: Expectation, times: Times): Promise<ReadonlyMap<string, Cell>> {
  const cells = await cellsOf(target, times);
  return new Map(
    cells.map(({ fault, result }): [string, Cell] => {
      if (result instanceof Error) throw new Error(`${target.title}, ${fault.id}, ${times}: ${result.message}`);
      return [fault.id, result];
    }),
  );
}

/** `once | lasting`, by the fault's id: what most requests of the vendor have. */
type Tries = ReadonlyMap<string, string>;

function triesOf(columns: Columns, id: string): string | undefined {
  const [once, lasting] = TIMES.map((times) => columns[times].get(id)?.tries);
  return once === undefined ? undefined : `${once} | ${lasting}`;
}

function usualTries(measured: Measured): Tries {
  return new Map(
    FAULTS.map(({ id }) => {
      const all = measured.flatMap(([, columns]) => triesOf(columns, id) ?? []);
      const count = (tries: string): number => all.filter((it) => it === tries).length;
      return [id, all.toSorted((a, b) => count(b) - count(a))[0] ?? ''];
    }),
  );
}

/** The names that the tables below use, and when such a request is tried. */
function legendOf(chapter: Chapter, usual: Tries): string {
  const cases = casesOf(chapter);
  const classes = chapter.classes.map((it) => [`**${it[0]}**: ${it[1]}`, membersOf(it, cases)] as const);
  const others = cases.filter((fault) => !classes.some(([, members]) => members.includes(fault)));
  const rows = [...classes, ['', others] as const].flatMap(([name, members]) => {
    const byTries = [...grouped(members, ({ id }) => usual.get(id)!)];
    return byTries.map(([tries, faults], index) => `| ${index === 0 ? name : ''} | ${labelsOf(faults)} | ${tries} |`);
  });
  return [
    'Names of the faults, and when a request is tried, in seconds after its first try:',
    '',
    '| Name | Faults | once bad | always bad |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n');
}

const HEADS: readonly (readonly [keyof Ending, string])[] = [
  ['answer', 'Answer'],
  ['missing', 'Gaps'],
  ['receipts', 'Receipt'],
  ['stored', 'Stored'],
  ['other', 'The other'],
  ['again', 'Posted again'],
];

/** A row for each ending. A column that always says the same becomes a line. */
function sectionOf({ classes }: Chapter, { target, note }: Expectation, columns: Columns, usual: Tries): string {
  const faults = faultsOf(target);
  const keyOf = (cell: Cell): string => JSON.stringify(HEADS.map(([key]) => cell[key]));
  const endings = new Map(
    TIMES.flatMap((times) => [...columns[times].values()].map((cell) => [keyOf(cell), cell] as const)),
  );
  const values = (key: keyof Ending): readonly string[] => [...new Set([...endings.values()].map((cell) => cell[key]))];
  const heads = HEADS.filter(([key]) => values(key).length > 1);
  const always = HEADS.filter(([key]) => values(key).length === 1 && key !== 'again').map(
    ([key, head]) => `${head.toLowerCase()}: ${values(key)[0]!.replace(/^-$/, 'none')}`,
  );
  const rows = [...endings].map(([key, cell]) => {
    const [once, lasting] = TIMES.map((times) =>
      namesOf(
        faults.filter(({ id }) => keyOf(columns[times].get(id)!) === key),
        faults,
        classes,
      ),
    );
    const place = anchored(rowId(target, columns, (it) => keyOf(it) === key));
    return `| ${place}${once} | ${lasting === once ? 'the same' : lasting} | ${heads.map(([name]) => cell[name]).join(' | ')} | ${advice(cell)} |`;
  });
  const odd = oddTries(faults, columns, usual);
  const rest = [...odd, ...(note === undefined ? [] : [note])];
  if (endings.size === 1) return [`Whatever the fault, once or always: ${always.join('; ')}.`, ...rest].join('\n\n');
  const lines = [
    `| Once bad | Always bad | ${heads.map(([, head]) => head).join(' | ')} | Do |`,
    `|${'---|'.repeat(heads.length + 3)}`,
    ...rows,
  ];
  return [lines.join('\n'), ...(always.length > 0 ? [`In every row: ${always.join('; ')}.`] : []), ...rest].join(
    '\n\n',
  );
}

/** Of a row: the first fault in it, which is in no other row of the table. */
function rowId({ vendor, title }: Target, columns: Columns, isIn: (cell: Cell) => boolean): string {
  const [times, id] = TIMES.flatMap((it) => [...columns[it]].map(([fault, cell]) => [it, fault, cell] as const)).find(
    ([, , cell]) => isIn(cell),
  )!;
  return slug(`${vendor} ${title} ${times} ${id}`);
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function oddTries(faults: readonly FaultCase[], columns: Columns, usual: Tries): readonly string[] {
  const odd = grouped(
    faults.filter(({ id }) => triesOf(columns, id) !== usual.get(id)),
    ({ id }) => triesOf(columns, id)!,
  );
  if (odd.size === 0) return [];
  const words = [...odd].map(([tries, group]) => {
    const [once, lasting] = tries.split(' | ');
    return `${labelsOf(group)} at ${once}${once === lasting ? '' : `, always bad at ${lasting}`}`;
  });
  return [`Tried at other seconds here: ${words.join('; ')}.`];
}

/** What a person should do, by what the cell came to. */
function advice({ answer, missing, receipts, stored, again }: Ending): string {
  if (missing.includes('project_')) return 'mend the filter, or what the token may see; a post fills no gap';
  if (missing.includes('totals')) return 'look at Sentry; a post fills no gap';
  if (answer.startsWith('200') && missing !== '-') return 'nothing: a post fills no gap';
  if (answer.startsWith('200') && stored.includes('said to be')) return 'nothing: it cannot be seen';
  if (answer.startsWith('200'))
    return stored.endsWith('2 times') && !stored.includes('run event') ? 'nothing: it cannot be seen' : 'nothing';
  if (again === '200, all once') return 'mend or wait, then post again';
  if (again.startsWith('200')) return 'mend or wait, then post again if copies do no harm';
  if (missing === 'not read') return 'wait until the pause is over (at most 5 min), then post again';
  return receipts.includes('uncertain')
    ? 'look into the vendor: a post sends nothing'
    : 'mend the cause; these records are lost';
}

/** Words of the answer by which a fault that has no status of its own is known. */
function wordsOf(): string {
  const known = FAULTS.filter(({ says, fault }) => says.length > 0 && fault.kind !== 'status');
  const rows = grouped(known, ({ says }) => says.map((words) => `\`${words.replaceAll('`', '')}\``).join(' / '));
  const head = [
    '## Which fault it was',
    '',
    'The answer says it, and the log too: in `error` of a report or a sink, in `detail` of a gap, in `why` of a refused record.',
    '',
    '| Words | Fault |',
    '|---|---|',
  ];
  return [
    ...head,
    "| `answered 401` and so on, with the vendor's own words after a colon | that status |",
    ...[...rows].map(
      ([words, faults]) =>
        `| ${anchored(slug(`words ${faults[0]!.of[0]} ${faults[0]!.id}`))}${words} | ${labelsOf(faults)} |`,
    ),
    ...UNMEASURED.map(([words, what]) => `| \`${words}\` | ${what} |`),
  ].join('\n');
}
