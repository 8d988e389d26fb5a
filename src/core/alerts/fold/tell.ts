import { type Alert, type Telling, tellingKey } from '../../model/alerting/alert.ts';
import type { KeptAlert } from '../../ports/alerting/alert-store.ts';
import { instants } from './instants.ts';
import type { Piece } from './piece.ts';

/** What alerts say of their filter. */
export interface AlertedFilter {
  readonly filter: string;
  readonly team: string | null;
  readonly runbook: string | null;
  /** Address of its page. */
  readonly page: string | null;
}

/** What it takes to tell what rules of a filter have to say. */
export interface Teller extends AlertedFilter {
  readonly decidedAt: number;
  /** Whether a window that starts then is decided in its own run. */
  isOnTime(start: number): boolean;
  /** By id, what was kept before. */
  readonly known: ReadonlyMap<string, KeptAlert>;
}

/** What is to be kept of alerts, and told of them. */
export interface Tidings {
  readonly alerts: readonly KeptAlert[];
  readonly tellings: readonly Telling[];
}

/**
 * Alerts and tellings of what rules had to say. What began and ended before anybody could be told of the begin is one
 * telling with both times; a repeat that comes late is none. What people know to be over does not fire again.
 */
export function tell(pieces: readonly Piece[], teller: Teller): Tidings {
  const alerts = new Map<string, KeptAlert>();
  const iso = instants();
  const all = withLateEnds(pieces.map((piece) => ({ piece, kept: keptOf(piece, teller, iso) })));
  const isKnownOver = ({ alert: { id } }: KeptAlert): boolean => teller.known.get(id)?.alert.state === 'resolved';
  for (const { piece, kept } of all)
    if (piece.news !== 'repeat' && (piece.news === 'resolved' || !isKnownOver(kept))) alerts.set(kept.alert.id, kept);
  const over = new Set(
    all
      .filter(({ piece: { news } }) => news === 'resolved')
      .flatMap(({ piece, kept }) => piece.channels.map((channel) => `${kept.alert.id}|${channel}`)),
  );
  const isOld = ({ piece: { news }, kept }: Kept, channel: string): boolean =>
    kept.alert.late &&
    (news === 'repeat' || (news === 'firing' && (isKnownOver(kept) || over.has(`${kept.alert.id}|${channel}`))));
  const tellings = all.flatMap((it) =>
    it.piece.channels
      .filter((channel) => !isOld(it, channel))
      .map((channel) => tellingOf(it.piece, it.kept, channel, teller)),
  );
  return { alerts: [...alerts.values()], tellings };
}

interface Kept {
  readonly piece: Piece;
  readonly kept: KeptAlert;
}

/** The end of what is told late is late as well, though its own window is decided in time: it tells of both. */
function withLateEnds(all: readonly Kept[]): readonly Kept[] {
  const begun = new Set(
    all.filter(({ piece, kept }) => piece.news === 'firing' && kept.alert.late).map(({ kept }) => kept.alert.id),
  );
  const isOver = ({ piece, kept }: Kept): boolean => piece.news === 'resolved' && begun.has(kept.alert.id);
  return all.map((it) => (isOver(it) ? { ...it, kept: { ...it.kept, alert: { ...it.kept.alert, late: true } } } : it));
}

function keptOf(piece: Piece, teller: Teller, iso: (at: number) => string): KeptAlert {
  const { news, rule, window, episode, judgement, endsWhen } = piece;
  const { filter, team, runbook, page, known, isOnTime } = teller;
  const { id } = episode.ref;
  const before = known.get(id)?.alert;
  const state = news === 'changed' && before?.state === 'resolved' ? 'resolved' : STATES[news];
  const isSame = news !== 'repeat' && before?.state === state && before.window.start === iso(window.start);
  const { subject, value, limit, expected, atLeast, why } = judgement;
  const alert: Alert = {
    id,
    state,
    severity: rule.severity,
    filter,
    team,
    rule: rule.sentence,
    subject,
    since: iso(episode.since),
    window: { start: iso(window.start), end: iso(window.end) },
    value,
    limit,
    expected,
    atLeast,
    late: isSame ? before.late : !isOnTime(window.start),
    why,
    endsWhen: state === 'firing' ? endsWhen : null,
    runbook,
    page,
  };
  return { alert, rule: rule.name, since: episode.since, until: state === 'firing' ? null : window.start };
}

const STATES = {
  firing: 'firing',
  repeat: 'firing',
  restored: 'firing',
  changed: 'firing',
  resolved: 'resolved',
  told: 'told',
  unsteady: 'told',
  steady: 'told',
} as const;

function tellingOf(piece: Piece, { alert }: KeptAlert, channel: string, { decidedAt }: Teller): Telling {
  const { news, sequence, rule, window, summary } = piece;
  const key = tellingKey(alert.id, news, sequence, channel);
  return { key, channel, news, alert, rule: rule.name, window: window.start, decidedAt, summary };
}
