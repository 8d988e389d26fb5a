import { isoOf, longAgo, parseInstant, PERIOD_MS } from '../../../core/model/window.ts';
import type { EventPoint } from '../../../core/ports/events/lists.ts';
import { ISSUE_SORTS, ISSUE_STATES, RANGES, type RangeName, SORTS, TICKET_CHOICES, type View } from './view.ts';

/** What an address asks for, and what of it cannot be had. */
export interface ViewRead {
  readonly view: View;
  /** For people: each names the parameter and says what may stand there. */
  readonly faults: readonly string[];
}

/** A name or a search of more characters is none, and so many teams are more than a file has. */
const MOST = { text: 200, teams: 500, point: 300 };

/** Reads the parameters of a page. What is wrong is left out and told. `now`: epoch ms. */
export function readView(params: URLSearchParams, now: number): ViewRead {
  const faults: string[] = [];
  const one = readOne(params, faults);
  const teams = (name: string): readonly string[] | undefined => teamsIn(params.getAll(name), name, faults);
  const view = {
    range: one('range', rangeOf, `it is one of ${Object.keys(RANGES).join(', ')}`),
    at: one(
      'at',
      (text) => instantOf(text, now),
      `it is an instant with a zone, such as ${isoOf(onGrid(now))}, not in the future and less than ten years ago`,
    ),
    sort: one('sort', (text) => among(SORTS, text), `it is one of ${SORTS.join(', ')}`),
    q: one('q', (text) => text.trim(), `it is a text of at most ${MOST.text} characters`),
    scale: one('scale', (text) => (text === 'shared' ? text : null), 'it is shared, or nothing'),
    of: one('of', (text) => (text === 'window' ? text : null), 'it is window, or nothing'),
    project: one('project', (text) => text, `it is a text of at most ${MOST.text} characters`),
    hidden: one('hidden', (text) => (text === 'shown' ? text : null), 'it is shown, or nothing'),
    page: one('page', pageIn, 'it is a number from 1 on'),
    ...ofIssues(one),
    ...ofEvents(one),
    open: teams('open'),
    shut: teams('shut'),
  };
  return {
    view: Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined && value !== '')),
    faults,
  };
}

function teamsIn(texts: readonly string[], name: string, faults: string[]): readonly string[] | undefined {
  const given = [...new Set(texts)];
  const all = given.filter((text) => text.length <= MOST.text).slice(0, MOST.teams);
  if (all.length < given.length)
    faults.push(`${name} is not taken as a whole: at most ${MOST.teams} names of ${MOST.text} characters.`);
  return all.length === 0 ? undefined : all;
}

/** Reads a parameter that stands there once, or not at all. `may`: what it may say; `most`: characters. */
type ReadOne = <T>(name: string, read: (text: string) => T | null, may: string, most?: number) => T | undefined;

/** What is not taken is told to `faults`. */
export function readOne(params: URLSearchParams, faults: string[]): ReadOne {
  return (name, read, may, most = MOST.text) => {
    const [text, another] = params.getAll(name);
    if (text === undefined || (text === '' && another === undefined)) return undefined;
    const value = another === undefined && text.length <= most ? read(text) : null;
    if (value === null) faults.push(`${name} is not taken: ${may}.`);
    return value ?? undefined;
  };
}

/** What a list of issues is asked for. */
function ofIssues(one: ReadOne) {
  return {
    by: one('by', (text) => among(ISSUE_SORTS, text), `it is one of ${ISSUE_SORTS.join(', ')}`),
    state: one('state', (text) => among(ISSUE_STATES, text), `it is one of ${ISSUE_STATES.join(', ')}`),
    ticket: one('ticket', (text) => among(TICKET_CHOICES, text), `it is one of ${TICKET_CHOICES.join(', ')}`),
  };
}

/** What a list of events is asked for. */
function ofEvents(one: ReadOne) {
  return {
    level: one('level', (text) => text, `it is a text of at most ${MOST.text} characters`),
    after: one('after', pointIn, 'it is the place of an event, as links to older ones have it', MOST.point),
  };
}

function pointIn(text: string): EventPoint | null {
  const [instant = '', project = '', ...id] = text.split('_');
  const at = parseInstant(instant);
  return at === null || project === '' || id.length === 0 ? null : { at, project, id: id.join('_') };
}

function among<T extends string>(names: readonly T[], text: string): T | null {
  return names.find((it) => it === text) ?? null;
}

function pageIn(text: string): number | null {
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null;
}

const OF_FIELD = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;

function rangeOf(text: string): RangeName | null {
  return Object.hasOwn(RANGES, text) ? (text as RangeName) : null;
}

/** NOTE: what a browser's field for date and time says has no zone; beside it stands UTC. */
function instantOf(text: string, now: number): number | null {
  const at = parseInstant(OF_FIELD.test(text) ? `${text}Z` : text);
  if (at === null || at > now || longAgo(at, now) !== null) return null;
  return onGrid(at);
}

function onGrid(at: number): number {
  return Math.floor(at / PERIOD_MS) * PERIOD_MS;
}
