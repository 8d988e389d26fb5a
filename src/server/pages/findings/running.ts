import { RUN_MS } from '../data/current.ts';
import { ago, plural } from '../format.ts';
import type { Answer, Sentence } from './finding.ts';
import { busyWords, partWords, type Scene } from './scene.ts';

/** Is it running: are windows counted when they should be? */
export function running(scene: Scene): Answer {
  const { data, isBlind, isStale, counted } = scene;
  if (data.current === null) return none(scene);
  if (isStale && isBlind) return unknown(scene);
  if (isStale) return late(scene);
  if (counted.length > 0) return counting(scene);
  return nothing(scene);
}

function none({ data, isBlind, places }: Scene): Answer {
  const { now, since, server, origin } = data;
  const started = `${server} started ${ago(now - since)}`;
  const begun = busyWords(data);
  const call = ' Windows are counted when a cron job posts to /run.';
  if (begun !== '')
    return answer('idle', 'First run under way', {
      text: `What it counts is shown when it ends.${begun}`,
      shown: places.runs,
    });
  if (isBlind) {
    const text = `The ledger cannot be read, and ${started} and has counted nothing itself.`;
    return answer('warn', 'Not known', { text, shown: places.ledger, see: ['page-ledger-unread'] });
  }
  const known =
    origin.runs === 'ledger'
      ? 'The ledger knows of none in 24 hours.'
      : `${started} and remembers nothing from before.`;
  return answer('warn', 'No run yet', { text: `${known}${call}`, shown: places.runs, see: ['page-no-run'] });
}

function counting(scene: Scene): Answer {
  const { data, counted, window } = scene;
  const of = counted.length === data.filters.length ? '' : `${partWords(counted, data.filters)} in `;
  return answer(
    'good',
    'Running',
    { text: `Counted ${of}${window}${endWords(scene)}.${busyWords(data)}` },
    ...lost(scene),
  );
}

function nothing(scene: Scene): Answer {
  const { data, places, isUnderWay, uncounted, window } = scene;
  const begun = busyWords(data);
  if (isUnderWay)
    return answer('idle', 'Run under way', {
      text: `Nothing of ${window} is counted yet.${begun}`,
      shown: places.runs,
    });
  const who = data.filters.length === 1 ? 'the filter could not be counted. Its' : 'no filter could be counted. Their';
  return answer('bad', 'Nothing counted', {
    text: `Tried ${window}${endWords(scene)}; ${who} notes say why.${begun}`,
    shown: places.filters(uncounted.map(({ name }) => name)),
    see: ['filter-not-read'],
  });
}

function late(scene: Scene): Answer {
  const { data, places, counted, window } = scene;
  const { overdue, origin, server, onError } = data;
  const of = counted.length === 0 ? 'last window that was tried, in vain,' : 'last counted window';
  const overdueWords = plural(overdue, 'window is', 'windows are');
  const begun = busyWords(data);
  const todo = begun === '' ? ' Check the cron job, and whether the servers can be reached.' : begun;
  const own =
    origin.runs === 'memory' && onError === null ? ` Without a ledger ${server} knows of its own runs alone.` : '';
  const text = `The ${of} is ${window}${endWords(scene)}; ${overdueWords} overdue.${todo}${own}`;
  return answer('bad', 'Late', { text, shown: places.runs, see: ['page-late'] }, ...lost(scene));
}

/** Other servers may count on. */
function unknown(scene: Scene): Answer {
  const { data, places, window } = scene;
  const text =
    `The ledger cannot be read, so nobody knows what other servers count. ` +
    `This one, ${data.server}, was at ${window} last${endWords(scene)}.${busyWords(data)}`;
  return answer('warn', 'Not known', { text, shown: places.runs, see: ['page-ledger-unread'] });
}

/** `, 5 min ago on host-1`: the end of a run over that window; one of another window says nothing of it. */
function endWords({ data: { runs, current, now } }: Scene): string {
  const last = runs.find(({ endedAt, window }) => endedAt !== null && window.start === current?.start);
  return last?.endedAt == null ? '' : `, ${ago(now - last.endedAt)} on ${last.server}`;
}

/** The newest run died with its server. */
function lost({ data: { runs, now }, places }: Scene): readonly Sentence[] {
  const [newest] = runs;
  if (newest === undefined || newest.endedAt !== null || now - newest.startedAt < RUN_MS) return [];
  const text = `The newest run began on ${newest.server} ${ago(now - newest.startedAt)} and never ended.`;
  return [{ text, shown: places.runs, see: ['page-never-ended'] }];
}

function answer(health: Answer['health'], head: string, ...sentences: readonly Sentence[]): Answer {
  return { health, head, sentences };
}
