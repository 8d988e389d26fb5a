import { count } from '../../../../core/chart/count.ts';
import { DIGEST_HOLDS, type Digest, type DigestFilter } from '../../../../core/model/alerting/digest.ts';
import { cleanText, shortText } from '../../../../core/alerts/words/clean-text.ts';
import { escaped, heading, small } from '../markup.ts';

/** Lines of it. */
const MOST = 15;
/** Code points of a rule. */
const RULE = 120;

/** What alerts were told, and what was held back of them; nothing where nothing was. */
export function toldPart({ filters }: Digest): readonly string[] {
  const lines = filters.flatMap((it) => [...ruleLines(it), ...heldLine(it)]);
  if (lines.length === 0) return [];
  const rest = lines.length - MOST;
  const shown = lines.slice(0, MOST).map((line) => small(escaped(line)));
  return [[heading('Alerts'), ...shown, ...(rest > 0 ? [small(`and ${count(rest)} more`)] : [])].join('')];
}

function ruleLines({ filter, rules }: DigestFilter): readonly string[] {
  return rules.map(({ rule, severity, began, ended, told }) => {
    const parts = [
      [began, 'began'],
      [ended, 'ended'],
      [told, 'told'],
    ] as const;
    const said = parts.filter(([value]) => value > 0).map(([value, what]) => `${count(value)} ${what}`);
    return `${filter}, ${shortText(cleanText(rule), RULE)} (${severity}): ${said.join(', ')}`;
  });
}

function heldLine({ filter, held }: DigestFilter): readonly string[] {
  const said = DIGEST_HOLDS.flatMap((why) => (held[why] === undefined ? [] : [`${count(held[why])} ${why}`]));
  return said.length === 0 ? [] : [`${filter}, not told: ${said.join(', ')}`];
}
