import * as z from 'zod/mini';
import type { Mute, MuteEnd, MuteScope } from '../../core/model/alerting/rule.ts';
import { parseInstant } from '../../core/model/window.ts';
import { quote } from '../formats.ts';
import { from, map, number, plain, text } from '../filters/kinds.ts';
import { type Key, optional, shapeOf } from '../filters/shape.ts';
import { Written } from '../filters/sheet.ts';
import { fits, line, reads } from '../filters/texts.ts';
import { words } from './editors.ts';
import { readSentence } from './sentence.ts';

const MOST_MUTES = 500;
const EXAMPLE = '{ filter: crm-mail, until: 2026-12-01T08:00:00Z, why: moving house }';
const ONLY_TRUE = 'must be true, without quotes; or remove it';
const NAME = fits(/^[a-z0-9][a-z0-9-]{0,59}$/, 'its name: lower-case letters, digits and hyphens, at most 60');

/** An issue's id is a number that may be too long for one. */
const ISSUE = from(
  (given) => (given instanceof Written && typeof given.value === 'number' ? given.text : given),
  z
    .string({ error: 'must be the id of an issue; write it as its address in Sentry ends' })
    .check(
      ...fits(/^[\w:.-]{1,200}$/, 'the id of an issue, as its address in Sentry ends'),
      z.meta({ type: ['string', 'integer'] }),
    ),
);

/** What is muted; one of them. */
const WHAT = {
  issue: { doc: 'id of an issue', schema: ISSUE },
  rule: {
    doc: 'sentence or name of a rule; with its filter before it (`crm-mail/new`) only there',
    schema: text(...line(400)),
  },
  filter: { doc: 'name of a filter', schema: text(...NAME) },
  channel: { doc: 'name of a channel', schema: text(...NAME) },
  all: { doc: 'true: everything', schema: only() },
} satisfies Record<string, Key>;

/** When it ends; one of them. */
const UNTIL = {
  until: {
    doc: 'instant with its zone',
    schema: text(
      reads(instantFault),
      words('such as 2026-12-01T08:00:00Z', '^\\d{4}-\\d\\d-\\d\\dT.+(Z|[+-]\\d\\d:\\d\\d)$', []),
    ),
  },
  events: {
    doc: 'so many events later',
    schema: number(
      { min: 1, max: 1e9, whole: true },
      'must be a whole number of events, at least 1; write digits only',
    ),
  },
  release: {
    doc: 'with the first event of this release; `*` is any text. Of an issue, a rule or a filter',
    schema: text(...line(200), ...fits(/^[^"\\]*$/, 'a release without quotes and backslashes')),
  },
  resolved: { doc: 'true: when what is muted is over. Of an issue, a rule or a filter', schema: only() },
} satisfies Record<string, Key>;

/** All that an entry under `mutes` may have. */
export const MUTE_KEYS = {
  ...WHAT,
  ...UNTIL,
  why: { doc: 'why, for who comes across it; required', schema: text(...line(500)) },
};

const MUTE = map(
  shapeOf(MUTE_KEYS, optional),
  'is not a key of a mute',
  `a mute must be a map; write ${EXAMPLE}`,
).check(z.meta({ required: ['why'] }), reads(faultOf));

/** A mute as the file has it. */
export type WrittenMute = z.output<typeof MUTE>;

export const MUTES = z
  .array(MUTE, { error: `must be a list; write [${EXAMPLE}]` })
  .check(
    z.maxLength(MOST_MUTES, { error: `has more than ${MOST_MUTES} entries; remove those that are over` }),
    z.meta({ description: 'what is not told for a while' }),
  );

function only() {
  const isTrue = z.literal(true, { error: ONLY_TRUE });
  return from(plain, isTrue);
}

function instantFault(written: string): string | undefined {
  if (parseInstant(written) !== null) return undefined;
  return `${quote(written)} is no instant with a zone; write one such as 2026-12-01T08:00:00Z`;
}

function faultOf(mute: WrittenMute): string | undefined {
  const [what, end] = [keysIn(mute, WHAT), keysIn(mute, UNTIL)];
  if (what.length !== 1) return `${said(what, 'says nothing to mute', 'says twice what to mute')} ${names(WHAT)}`;
  if (end.length !== 1) return `${said(end, 'has no end', 'has two ends')} ${names(UNTIL)}`;
  if (mute.release !== undefined && (mute.all ?? mute.channel) !== undefined)
    return 'release cannot end this: of which filter? Write filter, rule or issue, or another end';
  if (mute.resolved !== undefined && (mute.all ?? mute.channel) !== undefined)
    return 'resolved cannot end this: when what is over? Write filter, rule or issue, or another end';
  return mute.why === undefined ? 'why is missing; write it for who comes across the mute' : undefined;
}

function keysIn(mute: WrittenMute, keys: object): readonly string[] {
  return Object.keys(keys).filter((key) => mute[key as keyof WrittenMute] !== undefined);
}

function said(found: readonly string[], none: string, several: string): string {
  return found.length === 0 ? `${none}; write` : `${several} (${found.join(', ')}); keep`;
}

function names(keys: object): string {
  return `one of ${Object.keys(keys).join(', ')}`;
}

/** Of a mute without faults. `id`: file:line. */
export function muteOf(written: WrittenMute, id: string): Omit<Mute, 'since'> {
  return { id, what: scopeOf(written), until: endOf(written), why: written.why! };
}

function scopeOf({ issue, rule, filter, channel }: WrittenMute): MuteScope {
  if (issue !== undefined) return { kind: 'issue', name: issue };
  if (rule !== undefined) return ruleScope(rule);
  if (filter !== undefined) return { kind: 'filter', name: filter };
  return channel === undefined ? { kind: 'all' } : { kind: 'channel', name: channel };
}

/** `filter/rule`, or `rule` for that of all filters. A rule with a name has its sentence as it is written. */
function ruleScope(written: string): MuteScope {
  const [, filter = '', rule = written] = /^([a-z0-9][a-z0-9-]{0,59}\/)(.+)$/.exec(written) ?? [];
  const read = readSentence(rule);
  const name = `${filter}${'normal' in read ? read.normal : rule}`;
  return { kind: 'rule', name, ...(name === written ? {} : { written }) };
}

function endOf({ until, events, release }: WrittenMute): MuteEnd {
  if (until !== undefined) return { kind: 'instant', at: parseInstant(until)! };
  if (events !== undefined) return { kind: 'events', count: events };
  return release === undefined ? { kind: 'resolved' } : { kind: 'release', name: release };
}
