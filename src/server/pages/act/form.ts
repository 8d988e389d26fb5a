import { option } from '../components/form.ts';
import { notice, problem } from '../components/notice.ts';
import { html, type Html } from '../html.ts';
import { layout } from '../layout.ts';
import { type ActName, SCOPES, TARGETS } from './acts.ts';

type Fields = Readonly<Record<string, string>>;

/** A page that asks once more, with all that it needs. */
export interface ActPage {
  readonly act: ActName;
  /** What stands in the address, or was sent and not taken; of a name the first value. */
  readonly fields: Fields;
  /** What it is done to, in words; null: it is not there. */
  readonly about: string | null;
  /** Why what was sent was not done; absent: nothing was. */
  readonly fault?: string | undefined;
  readonly proof: string;
  /** Whose tickets can be. */
  readonly teams?: readonly string[];
  /** Name of who acts. */
  readonly user: string;
}

const TITLES: Readonly<Record<ActName, string>> = {
  mute: 'Mute',
  unmute: 'End a mute',
  hide: 'Hide',
  ticket: 'Ticket',
  acknowledge: 'I am on it',
  'send-again': 'Send again',
  look: 'Look now',
};

const SAID: Readonly<Record<ActName, string>> = {
  mute: 'What it holds back is told when it ends, as one message.',
  unmute: 'What it held back is told with the next run; what it hid is listed again.',
  hide: 'Lists on pages leave it out. Who is told of it stays as it is: that is muted, not hidden.',
  ticket:
    'One is made where the issue has none. One that is open gets a comment, at most one a day; one that was done ' +
    'lately is opened again.',
  acknowledge: 'It is not told again while it lasts. Its end is told, and ends this too.',
  look: 'It is asked now, and again with its next interval.',
  'send-again': 'It goes with the next run. One that may have arrived says that it may be a repeat.',
};

export function actPage(page: ActPage): string {
  const { act, about, fault } = page;
  const title = TITLES[act];
  const isGone = act !== 'mute' && about === null;
  const main = isGone
    ? problem({ head: title, reason: 'It is not there any more: it ended, or is no longer kept.', next: BACK })
    : html`<h1>${title}</h1>${fault === undefined ? null : notice('bad', fault)}${formPart(page)}`;
  return layout({ title: `${title} – sentry-monitor`, main });
}

const BACK = html`<a href="/messages">Back to the messages</a>`;

function backTo({ issue }: Fields): Html {
  if (issue === undefined) return BACK;
  return html`<a href="/issues/${encodeURIComponent(issue)}">Back to the issue</a>`;
}

function formPart({ act, fields, about, proof, user, teams = [] }: ActPage): Html {
  const target = act === 'mute' ? mutePart(fields, about) : targetPart(TARGETS[act], fields, about ?? '');
  return html`<form class="act-form" method="post" action="/act/${act}">
    <input type="hidden" name="proof" value="${proof}">${target}${ownPart(act, fields, teams)}
    <p class="note">${SAID[act]}</p>
    <p><button>${act === 'ticket' ? 'Create, or comment' : TITLES[act]}</button> ${backTo(fields)}</p>
    <p class="note">You act as <b><bdi>${user}</bdi></b>; everybody who looks at the pages sees it.</p></form>`;
}

/** What is asked for this act alone, besides what it is done to. */
function ownPart(act: ActName, fields: Fields, teams: readonly string[]): Html | readonly Html[] | null {
  if (act === 'hide') return [endPart(fields, HIDDEN), whyPart(fields, false)];
  return act === 'ticket' ? ticketPart(fields, teams) : null;
}

function targetPart(name: string, fields: Fields, about: string): Html {
  return html`<p><bdi>${about}</bdi></p><input type="hidden" name="${name}" value="${fields[name]}">`;
}

function ticketPart(fields: Fields, teams: readonly string[]): Html {
  const all = ['', ...teams].map((team) => option(team, team === '' ? 'no team' : team, fields['team'] ?? ''));
  const choice = html`<p><label for="team">For team</label> <select id="team" name="team">${all}</select></p>`;
  return html`<input type="hidden" name="project" value="${fields['project']}">${teams.length === 0 ? null : choice}
    <p><label for="ticket">Add it to a ticket that there is</label>
    <input id="ticket" name="ticket" value="${fields['ticket']}" maxlength="100" placeholder="its key; empty: its own"
    autocomplete="off"></p>`;
}

type Ends = readonly (readonly [value: string, words: string])[];

const ENDS: Ends = [
  ['1h', 'for an hour'],
  ['4h', 'for 4 hours'],
  ['24h', 'for a day'],
  ['7d', 'for 7 days'],
  ['resolved', 'until it is over'],
];

/** The first is what is meant where nobody chooses. */
const HIDDEN: Ends = [
  ['30d', 'for 30 days'],
  ['7d', 'for 7 days'],
  ['24h', 'for a day'],
  ['366d', 'for a year'],
];

/** NOTE: what is known from the address stands there as text; a person who comes with nothing writes it. */
function mutePart(fields: Fields, about: string | null): Html {
  const scope = SCOPES.find((kind) => fields[kind] !== undefined) ?? fields['kind'] ?? '';
  const name = fields[scope] ?? fields['name'] ?? '';
  const kinds = SCOPES.map((kind) => option(kind, kind === 'all' ? 'everything' : kind, scope));
  const said = about === null ? null : html`<p><bdi>${about}</bdi></p>`;
  return html`${said}<p><label for="kind">What</label> <select id="kind" name="kind">${kinds}</select></p>
    <p><label for="name">Its id or name</label>
    <input id="name" name="name" value="${name}" maxlength="400" autocomplete="off"></p>
    ${endPart(fields, ENDS)}${whyPart(fields, true)}`;
}

function endPart(fields: Fields, ends: Ends): Html {
  const options = ends.map(([value, words]) => option(value, words, fields['end'] ?? ends[0]![0]));
  return html`<p><label for="end">Until</label> <select id="end" name="end">${options}</select></p>`;
}

function whyPart(fields: Fields, isNeeded: boolean): Html {
  return html`<p><label for="why">Why</label>
    <input id="why" name="why" value="${fields['why']}" maxlength="500"${isNeeded ? html` required` : null}
    autocomplete="off"></p>`;
}
