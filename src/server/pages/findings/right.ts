import type { PageData } from '../data/model.ts';
import { plural, some } from '../format.ts';
import type { Answer, Sentence } from './finding.ts';
import { summarizeSink } from './receipts.ts';
import { partWords, type Scene } from './scene.ts';
import { troublesOf } from './troubles.ts';

/** Is it right: was all of the last window counted, and did the sinks take it? */
export function right(scene: Scene): Answer {
  const { data, isStale, isPast, isUnderWay, uncounted, window, places } = scene;
  const troubles = troublesOf(scene);
  if (troubles.length > 0) {
    const health = troubles.some((trouble) => trouble.health === 'bad') ? 'bad' : 'warn';
    return { health, head: 'Not right', sentences: troubles };
  }
  if (data.filters.length === 0)
    return toJudge({ text: 'No filter is in force.', shown: places.files, see: ['filters-file'] });
  if (data.current === null) return toJudge(uncountedWords(isPast));
  if (isUnderWay && uncounted.length > 0) {
    const names = some(uncounted.map(({ name }) => name));
    return { health: 'idle', head: 'Under way', sentences: [{ text: `${names} ${isAre(uncounted)} being counted.` }] };
  }
  const sent = sentWords(data);
  const all = partWords(data.filters, data.filters);
  const counted = `${all} ${data.filters.length === 1 ? 'was' : 'were'} counted whole.`;
  const when = isStale || isPast ? `In ${window} ${counted}` : upperFirst(counted);
  const said: readonly Sentence[] = [{ text: `${when} ${sent.text}` }];
  if (isStale && !isPast) return { health: 'idle', head: 'It was right', sentences: said };
  return { health: sent.isAll ? 'good' : 'idle', head: sent.isAll ? 'Right' : 'Not all sent yet', sentences: said };
}

function uncountedWords(isPast: boolean): Sentence {
  return isPast
    ? { text: 'No window is known that was counted by then.', see: ['page-not-counted'] }
    : { text: 'No window was counted yet.', see: ['page-no-run'] };
}

function toJudge(why: Sentence): Answer {
  return { health: 'idle', head: 'Nothing to judge', sentences: [why] };
}

/** What sinks took, when nothing of it is a trouble. `isAll`: nothing is still on its way. */
function sentWords({ sinks, filters, dryRun }: PageData): { readonly text: string; readonly isAll: boolean } {
  if (dryRun) return { text: 'Debug runs only (DRY_RUN): nothing is sent.', isAll: true };
  if (sinks.length === 0) return { text: 'No sink is configured: nothing is sent.', isAll: true };
  const all = sinks.map((name) => summarizeSink(name, filters));
  const took = all.filter(({ reports, whole }) => reports > 0 && whole === reports);
  const onTheWay = all.filter(({ reports, whole }) => whole < reports);
  const without = all.filter(({ reports }) => reports === 0);
  const words = [
    took.length > 0 ? `${listOf(took)} took everything` : '',
    ...onTheWay.map(({ name, reports, whole }) => `${name} has ${plural(reports - whole, 'report')} in hand`),
    without.length > 0 ? `nothing is known of ${listOf(without)}` : '',
  ].filter((it) => it !== '');
  return { text: `${words.join('; ')}.`, isAll: onTheWay.length === 0 && took.length > 0 };
}

function listOf(sinks: readonly { readonly name: string }[]): string {
  const names = sinks.map(({ name }) => name);
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}

function isAre({ length }: readonly unknown[]): string {
  return length === 1 ? 'is' : 'are';
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
