import { givenBy } from '../../app/assemble.ts';
import { examine } from '../../app/examine/index.ts';
import { draftParts } from '../../app/make-parts.ts';
import { SILENT } from '../../app/by-hand/silent.ts';
import type { World } from '../../app/world.ts';
import { type Finding, spoken } from '../../core/ports/finding.ts';
import { redactAll } from '../../platform/redact.ts';
import type { Command } from '../command.ts';
import { readOptions } from '../read-options.ts';

const OPTIONS = { json: { type: 'boolean', default: false } } as const;

/** Asks everything that the settings point to whether it works. */
export const doctor: Command = {
  summary: 'asks everything that the settings point to whether it works',
  options: OPTIONS,
  help: `sentry-monitor doctor [--json]

Asks everything that the settings point to whether it works as it is set up, one
line each: Sentry (address, token, organization, scopes, projects,
environments), each sink's key, the ledger, each channel as far as it can be
asked without a message, the sheets and calendars, the place of backups, the
dead man's switch, the filters files, the service that runs here, PUBLIC_URL,
and the clock. Nobody is told of anything, and nothing is stored anywhere, but
for a file that is written where backups are kept and deleted again. Settings
with faults are named; the rest is looked at all the same.

  --json  the same as JSON: [{ check, status, variable, where, say }]

Exit codes: 0 all right, or warnings alone; 1 something has failed; 2 bad call.
`,
  async run(args, world) {
    const { json } = readOptions(args, OPTIONS).values;
    const given = givenBy(world);
    const silent: World = { ...world, out: SILENT };
    const draft = draftParts(silent, given, undefined);
    const hide = (text: string): string => given.redact(draft.voice.redact(text));
    const findings: Finding[] = [];
    for await (const finding of examine(draft, given, silent)) {
      findings.push(finding);
      if (!json) world.out.write(hide(`${lineOf(finding)}\n`));
    }
    world.out.write(json ? `${JSON.stringify(redactAll(findings.map(rowOf), hide), null, 2)}\n` : summaryOf(findings));
    return findings.some(({ status }) => status === 'failed') ? 1 : 0;
  },
};

/** Widths of the first two columns. */
const [STATUS, CHECK] = [9, 22];

function lineOf(finding: Finding): string {
  return `${finding.status.padEnd(STATUS)}${finding.check.padEnd(CHECK)}  ${spoken(finding)}`;
}

function summaryOf(findings: readonly Finding[]): string {
  const count = (wanted: Finding['status']): number => findings.filter(({ status }) => status === wanted).length;
  return `${count('ok')} ok, ${count('warning')} to look at, ${count('failed')} failed\n`;
}

/** A contract: every key in each row. */
function rowOf({ check, status, variable, where, say }: Finding): Record<string, string | null> {
  return { check, status, variable: variable ?? null, where: where ?? null, say };
}
