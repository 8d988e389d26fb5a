import type { Known } from '../../core/telling/mutes/read-mute.ts';
import { WHAT } from '../../core/telling/mutes/read-mute.ts';
import { BadCall } from '../command.ts';

const FORMS = 'issue <id>, rule <name>, filter <name>, channel <name>, or all';

/** What is muted, as the words of `POST /mute`: with its kind before it, or a name that only one thing has. */
export function scopeWords(positionals: readonly string[], known: Known): Readonly<Record<string, unknown>> {
  const [first, name, ...more] = positionals;
  if (first === undefined || more.length > 0) throw new BadCall(`say what is meant: ${FORMS}`);
  if (first === 'all' && name === undefined) return { all: true };
  if (name === undefined) return { [kindOf(first, known)]: first };
  const kind = WHAT.find((it) => it === first && it !== 'all');
  if (kind === undefined) throw new BadCall(`${JSON.stringify(first)} is nothing that can be muted; write ${FORMS}`);
  return { [kind]: name };
}

function kindOf(name: string, { filters, channels }: Known): string {
  const kinds = [
    ...(filters.some((it) => it.name === name) ? ['filter'] : []),
    ...(channels.includes(name) ? ['channel'] : []),
    ...(filters.some((it) => isRuleOf(it, name)) ? ['rule'] : []),
    ...(/^\d+$/.test(name) ? ['issue'] : []),
  ];
  if (kinds.length === 1) return kinds[0]!;
  if (kinds.length > 1) throw new BadCall(`${name} may be a ${kinds.join(' or a ')}; write ${FORMS}`);
  throw new BadCall(`nothing is named ${JSON.stringify(name)}; write ${FORMS}`);
}

function isRuleOf({ name: filter, alerts = [] }: Known['filters'][number], name: string): boolean {
  return alerts.some((rule) => [rule.name, rule.sentence].some((it) => it === name || `${filter}/${it}` === name));
}
