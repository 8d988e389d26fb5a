import type { Done } from '../../../core/telling/acts/done.ts';

export type { Done } from '../../../core/telling/acts/done.ts';

/** What people may do from the pages; each says what came of it. */
export interface PageActs {
  /** `words`: what, until when and why, with the keys of a file. */
  mute(words: Fields, by: string): Promise<Done>;
  unmute(id: string, by: string): Promise<Done>;
  /** Leaves the issue out of lists on pages; `hiding`: of which, for how long, and why. */
  hide(hiding: Hiding, by: string): Promise<Done>;
  /** Has a ticket of an issue made, or writes into it. Absent: there are none. */
  readonly ticket?: ((wanted: WantedTicket, by: string) => Promise<Done>) | undefined;
  acknowledge(alertId: string, by: string): Promise<Done>;
  sendAgain(messageId: string, by: string): Promise<Done>;
  /** Looks at a watch now, whatever its interval. Absent: there are none. */
  look?(watch: string, by: string): Promise<Done>;
  /** What it would be done to, in words; null: it is not there any more. */
  about(what: 'alert' | 'message' | 'mute' | 'issue' | 'watch', id: string): Promise<string | null>;
}

/** Where people act, by path below `/act/`. */
export const ACTS = ['mute', 'unmute', 'hide', 'ticket', 'acknowledge', 'send-again', 'look'] as const;
export type ActName = (typeof ACTS)[number];

/** What each is done to: the name of its parameter. A mute says what by parameters of its own. */
export const TARGETS = {
  unmute: 'mute',
  hide: 'issue',
  ticket: 'issue',
  acknowledge: 'alert',
  'send-again': 'message',
  look: 'watch',
} as const;

/** Which issue, for how long (`7d`), and why, which may be empty. */
export interface Hiding {
  readonly issue: string;
  readonly length: string;
  readonly why: string;
}

/** What a form of a ticket says. */
export interface WantedTicket {
  readonly issue: string;
  /** Of the issue; '' where nobody says. */
  readonly project: string;
  /** Null: nobody's. */
  readonly team: string | null;
  /** Key of the ticket that it is added to; null: its own. */
  readonly ticket: string | null;
}

/** What may be muted. */
export const SCOPES = ['issue', 'rule', 'filter', 'channel', 'all'] as const;

/** What a form says, by name. */
export type Fields = Readonly<Record<string, string>>;

/** Does what a form asks for. */
export function doAct(act: ActName, fields: Fields, by: string, acts: PageActs): Promise<Done> {
  switch (act) {
    case 'mute':
      return acts.mute(muteWords(fields), by);
    case 'unmute':
      return acts.unmute(fields['mute'] ?? '', by);
    case 'hide': {
      const { issue = '', end = '', why = '' } = fields;
      return acts.hide({ issue, length: end, why: why.trim() }, by);
    }
    case 'ticket':
      return acts.ticket?.(wantedTicket(fields), by) ?? Promise.resolve({ fault: 'No tickets are set up here.' });
    case 'acknowledge':
      return acts.acknowledge(fields['alert'] ?? '', by);
    case 'look':
      return acts.look?.(fields['watch'] ?? '', by) ?? Promise.resolve({ fault: 'There are no watches here.' });
    case 'send-again':
      return acts.sendAgain(fields['message'] ?? '', by);
  }
}

function wantedTicket({ issue = '', project = '', team = '', ticket = '' }: Fields): WantedTicket {
  const said = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  return { issue, project, team: said(team), ticket: said(ticket) };
}

/** What a form of a mute says, in the words of a file. */
function muteWords({ kind = '', name = '', end = '', why = '' }: Fields): Fields {
  const what: Fields = (SCOPES as readonly string[]).includes(kind)
    ? { [kind]: kind === 'all' ? 'true' : name.trim() }
    : {};
  const until: Fields = end === 'resolved' ? { resolved: 'true' } : { for: end };
  return { ...what, ...until, ...(why.trim() === '' ? {} : { why: why.trim() }) };
}
