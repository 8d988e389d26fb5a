import { type News, type Subject, toldSince } from '../../model/alerting/alert.ts';
import type { Limits } from '../../model/alerting/limits.ts';
import type { Escalation } from '../../model/alerting/rule.ts';
import { PERIOD_MS, type Window } from '../../model/window.ts';
import type { Judgement } from '../judge/kind.ts';
import { step, switched, UNSTEADY } from './row.ts';
import type { Episode, SubjectState } from './state.ts';
import { lasting, lastKnown, steady, unsteady } from './texts.ts';

/** A window, as far as the telling of a state depends on it. */
export interface Turn {
  readonly window: Window;
  readonly limits: Limits;
  readonly repeatMs: number | null;
  readonly isEndTold: boolean;
  /** Who is told. */
  readonly channels: readonly string[];
  /** Who is told besides when it lasts for long; null: nobody. */
  readonly escalation: Escalation | null;
  /** Of an episode that starts then, unless it is known under another one. */
  idOf(since: number): string;
  /** An episode that people know, and this is the window in which it began. */
  readonly begun: Known | null;
  /** One that they know to have ended in this window. */
  readonly ended: Known | null;
  /** An episode that people know is over at once where its windows, filled since, say that it never was. */
  readonly isDisprovable: boolean;
}

/** An episode as it was kept. */
export interface Known {
  readonly id: string;
  readonly since: number;
  readonly subject: Subject;
}

export interface Advance {
  readonly state: SubjectState;
  readonly told: readonly TurnNews[];
}

/** Something to tell of an episode. */
export interface TurnNews {
  readonly news: News;
  readonly episode: Pick<Episode, 'ref' | 'since'>;
  readonly judgement: Judgement;
  readonly channels: readonly string[];
  /** Tells apart what is told more than once of the same episode. */
  readonly sequence: number;
}

/** One subject, one window further. Pure, but that an episode may learn the id under which it is known. */
export function advance(state: SubjectState, judgement: Judgement, turn: Turn): Advance {
  const before = withKnownEnd(state, judgement, turn);
  const row = step(before, turn.window.start, judgement.holds, turn.limits);
  const isForced = !row.isOn && turn.begun !== null;
  const after = isForced ? switched(row, turn.window.start) : row;
  const episode = episodeIn(after, judgement, turn);
  const now = { ...after, episode };
  // A window without events of an issue knows nothing of it: people are told of it by its title all the same.
  const judged = episode === null ? judgement : { ...judgement, subject: episode.subject };
  if (isForced) return forced(row, { ...now, episode: { ...episode!, told: turn.channels } }, judged, turn);
  return after.isOn === before.isOn ? unchanged(now, judged, turn) : changed(now, judged, turn);
}

/** What people know to have begun has, whatever the window says now that it was counted again. */
function forced(row: SubjectState, begun: SubjectState, judgement: Judgement, turn: Turn): Advance {
  if (!turn.isDisprovable) return { state: begun, told: [] };
  return { state: { ...row, episode: null }, told: resolved(begun, judgement, turn).told };
}

/** NOTE: what was told is not taken back: an episode that people know to be over is, and what follows is another. */
function withKnownEnd(state: SubjectState, { holds }: Judgement, { window, limits, ended }: Turn): SubjectState {
  if (ended === null || state.episode?.ref.id !== ended.id) return state;
  if (!step(state, window.start, holds, limits).isOn) return state;
  return { ...switched(state, window.start), over: 0, since: null, quiet: 0, episode: null };
}

function episodeIn(state: SubjectState, { subject, holds, value, limit }: Judgement, turn: Turn): Episode | null {
  const { window, begun } = turn;
  const { episode } = state;
  const known = { end: window.end, value, limit };
  if (begun !== null && episode !== null) episode.ref.id = begun.id;
  if (episode !== null) return holds === true ? { ...episode, subject, known } : episode;
  if (!state.isOn) return null;
  const since = begun?.since ?? state.since ?? window.start;
  const ref = { id: begun?.id ?? turn.idOf(since) };
  const about = holds === true ? subject : (begun?.subject ?? subject);
  return { ref, since, from: window.end, repeats: 0, told: [], subject: about, known };
}

/** It began or ended. */
function changed(state: SubjectState, judgement: Judgement, turn: Turn): Advance {
  if (state.isUnsteady) return { state, told: [] };
  const changes = state.changes.length;
  if (changes >= UNSTEADY)
    return { state: { ...state, isUnsteady: true }, told: [ofItself('unsteady', unsteady(judgement, changes), turn)] };
  return state.isOn ? begun(state, judgement, turn) : resolved(state, judgement, turn);
}

/** It lasts, or still is not. */
function unchanged(state: SubjectState, judgement: Judgement, turn: Turn): Advance {
  if (state.isUnsteady) {
    if (state.changes.length > 0) return { state, told: [] };
    const settled = { ...state, isUnsteady: false };
    const rest = settled.isOn ? newcomers(settled, judgement, turn) : resolved(settled, judgement, turn);
    return { state: rest.state, told: [ofItself('steady', steady(judgement, state.isOn), turn), ...rest.told] };
  }
  if (!state.isOn || state.episode === null || judgement.holds === false) return { state, told: [] };
  const first = newcomers(state, judgement, turn);
  const more = escalated(first.state, judgement, turn);
  const again = repeated(more.state, judgement, turn);
  return { state: again.state, told: [...first.told, ...more.told, ...again.told] };
}

/** NOTE: also where nobody is to be told: the alert is raised all the same. */
function begun(state: SubjectState, judgement: Judgement, { channels }: Turn): Advance {
  const episode = state.episode!;
  return {
    state: { ...state, episode: { ...episode, told: channels } },
    told: [{ news: 'firing', episode, judgement, channels, sequence: 0 }],
  };
}

/** Who is told now and was not when it began. */
function newcomers(state: SubjectState, judgement: Judgement, { channels }: Turn): Advance {
  const episode = state.episode!;
  const others = channels.filter((it) => !episode.told.includes(it));
  if (others.length === 0) return { state, told: [] };
  const now = judgement.holds === true ? judgement : lastKnown(judgement, episode);
  return {
    state: { ...state, episode: { ...episode, told: [...episode.told, ...others] } },
    told: [{ news: 'firing', episode, judgement: now, channels: others, sequence: 0 }],
  };
}

/** It has lasted for so long that others are told, too. NOTE: whether somebody is on it is known at sending only. */
function escalated(state: SubjectState, judgement: Judgement, turn: Turn): Advance {
  const { escalation, window } = turn;
  const { from } = state.episode!;
  if (escalation === null || window.end - from < escalation.afterMs) return { state, told: [] };
  return newcomers(state, lasting(judgement, from), { ...turn, channels: escalation.tell });
}

/** To those who were told that it began. */
function resolved(state: SubjectState, judgement: Judgement, turn: Turn): Advance {
  if (state.episode === null) return { state, told: [] };
  const { isEndTold } = turn;
  const episode = ownPart(state.episode, turn);
  const channels = isEndTold ? episode.told : [];
  return {
    state: { ...state, episode: null },
    told: [{ news: 'resolved', episode, judgement, channels, sequence: 0 }],
  };
}

/**
 * NOTE: an episode takes the id under which people know its later part, and once a filled window ends it before that
 * part began, it is another one: what people know lasts.
 */
function ownPart(episode: Episode, { window, idOf }: Turn): Episode {
  return toldSince(episode.ref.id) > window.start ? { ...episode, ref: { id: idOf(episode.since) } } : episode;
}

function repeated(state: SubjectState, judgement: Judgement, turn: Turn): Advance {
  const { window, repeatMs, channels, escalation } = turn;
  const episode = state.episode!;
  if (repeatMs === null) return { state, told: [] };
  const repeats = Math.floor((window.end - episode.from) / Math.max(repeatMs, PERIOD_MS));
  if (repeats <= episode.repeats) return { state, told: [] };
  const now = judgement.holds === null ? lastKnown(judgement, episode) : judgement;
  const those = [...channels, ...(escalation?.tell ?? [])].filter((it) => episode.told.includes(it));
  return {
    state: { ...state, episode: { ...episode, repeats } },
    told: [{ news: 'repeat', episode, judgement: now, channels: those, sequence: repeats }],
  };
}

/** News of the state as such, in no connection with an episode. */
function ofItself(news: 'steady' | 'unsteady', judgement: Judgement, turn: Turn): TurnNews {
  const { start } = turn.window;
  const episode = { ref: { id: `${turn.idOf(start)}/${news}` }, since: start };
  return { news, episode, judgement, channels: turn.channels, sequence: 0 };
}
