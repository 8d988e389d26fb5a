import { namedSpark } from '../chart/spark.ts';
import { tag, tags } from '../components/tag.ts';
import type { FilterData } from '../data/model.ts';
import { peakOf } from '../chart/bars.ts';
import { GRAVITY, standingOf } from '../findings/standing.ts';
import { sumOf, type Team, teamsOf } from '../arrange/teams.ts';
import { count, decimal, plural } from '../format.ts';
import { html, type Html } from '../html.ts';
import type { Slow } from '../slices.ts';
import { addressOf } from '../view/address.ts';
import type { View } from '../view/view.ts';
import { drawn, filterRow, type Rows, timeOf } from './filter-row.ts';

/** Of more filters than these, the teams begin folded. */
const FOLD_FROM = 40;

/** One a team. `above`: filters that have their row already. */
export function* teamBodies(rows: Rows, above: ReadonlySet<FilterData>): Slow<readonly Html[]> {
  const { data, view } = rows;
  const isBig = data.filters.length > FOLD_FROM;
  const bodies: Html[] = [];
  for (const team of teamsOf(data.filters)) {
    yield;
    const rest = team.filters.filter((filter) => !above.has(filter));
    if (rest.length === 0) continue;
    const isOpen = isUnfolded(team.name, view, isBig);
    const own = isOpen ? rest.map((filter) => filterRow(filter, rows, false)) : null;
    bodies.push(html`<tbody>${headingRow({ team, rest, isOpen }, rows)}${own}</tbody>`);
  }
  return bodies;
}

function isUnfolded(team: string, { open = [], shut = [] }: View, isBig: boolean): boolean {
  return isBig ? open.includes(team) : !shut.includes(team);
}

interface Heading {
  readonly team: Team;
  /** Its filters that have no row above. */
  readonly rest: readonly FilterData[];
  readonly isOpen: boolean;
}

/** The team's name folds and unfolds it; folded, its sums stand for its filters. */
function headingRow({ team, rest, isOpen }: Heading, rows: Rows): Html {
  const { path, view } = rows;
  const id = `t-${encodeURIComponent(team.name)}`;
  const href = `${addressOf(path, view, toggled(team.name, view, isOpen))}#${encodeURIComponent(id)}`;
  const name = team.name === '' ? 'No team' : html`<bdi>${team.name}</bdi>`;
  const above = team.filters.length - rest.length;
  const size = `${plural(team.filters.length, 'filter')}${above > 0 ? `, ${count(above)} above` : ''}`;
  const expanded = html`aria-expanded="${String(isOpen)}"`;
  const head = html`<a href="${href}" id="${id}" ${expanded}>${name}</a> <small>${size}</small>`;
  if (isOpen) return html`<tr class="team"><th scope="rowgroup" colspan="6">${head}</th></tr>`;
  const cells = sums(team, rest, rows);
  return html`<tr data-team="${team.name}" class="team"><th scope="rowgroup">${head}</th>${cells}</tr>`;
}

function toggled(team: string, { open = [], shut = [] }: View, isOpen: boolean): Pick<View, 'open' | 'shut'> {
  const without = (names: readonly string[]): readonly string[] => names.filter((name) => name !== team);
  return isOpen
    ? { open: without(open), shut: [...without(shut), team] }
    : { open: [...without(open), team], shut: without(shut) };
}

function sums({ name, filters }: Team, rest: readonly FilterData[], rows: Rows): Html {
  const { data } = rows;
  const windows = drawn(sumOf(filters), rows);
  const now = filters.flatMap((it) => it.now ?? []);
  const usual = filters.flatMap((it) => it.usual ?? []);
  const isWhole = now.length === filters.length && now.every(({ complete }) => complete);
  const left = rest.filter((filter) => GRAVITY[standingOf(filter, data)] < GRAVITY.idle).length;
  return html`<td class="n count" data-label="now">${
    now.length === 0 ? '–' : html`${count(sum(now.map(({ events }) => events)))}${isWhole ? null : '+'}`
  }</td>
    <td class="n" data-label="usually">${decimal(usual.length === 0 ? null : sum(usual))}</td>
    <td class="chart">${namedSpark(name === '' ? 'No team' : name, windows, timeOf(rows))}</td>
    <td class="n" data-label="peak">${count(peakOf(windows))}</td>
    <td class="notes">${tags([left > 0 ? tag('warn', `${count(left)} to look at`) : null])}</td>`;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, it) => all + it, 0);
}
