import type { FilterFault, FilterSet } from '../../../config/filters/load.ts';
import type { Configured } from '../../../config/filters/keys.ts';
import { LOG_CHANNEL } from '../../../config/filters/parts/section.ts';
import { quote } from '../../../config/formats.ts';
import { identityOf, optionsOf } from '../../../config/rules/entry.ts';
import { formerSentences } from '../../../config/rules/former.ts';
import { groupOf } from '../../../core/model/alerting/recipients.ts';
import { namesOfRule } from '../../../core/model/alerting/means-rule.ts';
import type { MuteScope } from '../../../core/model/alerting/rule.ts';
import { nearestOf } from '../../../platform/nearest.ts';

/** Names that mutes may have; an issue is known to its source alone. */
interface Known {
  readonly filter: readonly string[];
  /** Undefined while a file has faults: nobody knows its alerts. */
  readonly rule: readonly string[] | undefined;
  readonly channel: readonly string[];
}

/** Mutes that hold nothing back, because nothing has their name. Says nothing where a fault hides names. */
export function idleMutes(set: FilterSet): readonly FilterFault[] {
  if (set.isUnread || set.mutes.length === 0) return [];
  const known = knownIn(set);
  return set.mutes.flatMap(({ id, file, what }): FilterFault[] => {
    const text = strangerIn(what, known);
    return text === undefined ? [] : [{ where: id, file, text: `mutes: ${text}` }];
  });
}

function strangerIn(what: MuteScope, known: Known): string | undefined {
  if (what.kind === 'all' || what.kind === 'issue' || what.kind === 'page') return undefined;
  const names = known[what.kind];
  const written = what.kind === 'rule' ? what.written : undefined;
  if (names === undefined || names.includes(what.name) || names.includes(written ?? what.name)) return undefined;
  const near = nearestOf(what.name, names);
  const remedy = near === undefined ? 'write its name as it stands, or remove the mute' : `did you mean ${near}?`;
  return `no ${what.kind} is named ${quote(what.name)}, so this mutes nothing; ${remedy}`;
}

function knownIn({ files, parts, lostParts, watches }: FilterSet): Known {
  const filters = files.flatMap((file) => file.filters.map(({ filter }) => filter));
  const isWhole = files.every(({ faults }) => faults.length === 0);
  const channels = [...parts, ...lostParts].filter(({ section }) => section === 'channels');
  const ofWatches = watches.flatMap(({ name: watch, rules }) =>
    rules.flatMap(({ name, sentence }) => namesOfRule(watch, [name, sentence])),
  );
  return {
    filter: [...filters, ...watches].map(({ name }) => name),
    rule: isWhole ? [...filters.flatMap(ruleNamesOf), ...ofWatches] : undefined,
    channel: [...new Set([LOG_CHANNEL, ...channels.flatMap(({ name }) => [groupOf(name), name])])],
  };
}

function ruleNamesOf({ name, alerts = [], alert }: Configured): readonly string[] {
  const all = [...alerts, ...(alert === undefined ? [] : formerSentences(alert))];
  return all.flatMap((entry) => {
    const names = [identityOf(entry), optionsOf(entry).when].filter((it) => it !== undefined);
    return namesOfRule(name, names);
  });
}
