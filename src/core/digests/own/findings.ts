import { ageText } from '../../alerts/words/times.ts';
import type { OwnReport } from '../../model/alerting/own-report.ts';
import { many } from '../words/counts.ts';

/** A certificate with fewer days left is one to look at. */
const FEW_DAYS = 21;
/** So much of a disk should be free. */
const FREE = 0.1;

type Facts = Pick<OwnReport, 'runs' | 'jobs' | 'watches' | 'certificates' | 'messages' | 'rejects' | 'disk'>;

/** What of all that somebody should look at, a plain sentence each. `hasBackup`: files ask for backups. */
export function findingsOf(facts: Facts, hasBackup: boolean): readonly string[] {
  const { runs, jobs, watches, certificates, messages, rejects, disk } = facts;
  const isProved = jobs === null || jobs.some((job) => job.kind === 'backup' && job.lastSuccess !== null);
  return [
    ...(hasBackup && !isProved ? ['no backup has gone well yet'] : []),
    ...(runs?.last === null ? ['no run began'] : []),
    ...(runs === null || runs.failed === 0 ? [] : [`${many(runs.failed, 'run')} failed`]),
    ...(jobs ?? []).filter(({ failing }) => failing).map((it) => `${it.kind} ${it.name} fails: ${it.detail}`),
    ...(watches ?? [])
      .filter(({ old }) => old)
      .map((it) => `the watch ${it.name} has had no good answer for ${ageText(it.ageMs)}`),
    ...(certificates ?? [])
      .filter(({ days }) => days < FEW_DAYS)
      .map(({ watch, days }) => certificateText(watch, days)),
    ...(messages ?? []).flatMap(({ channel, refused, givenUp }) =>
      refused + givenUp === 0 ? [] : [`the channel ${channel} did not get ${many(refused + givenUp, 'message')}`],
    ),
    ...(rejects ?? [])
      .filter((it) => it.rejects > 0)
      .map((it) => `${many(it.rejects, 'record')} of the intake ${it.intake} could not be read`),
    ...(disk !== null && disk.free < disk.bytes * FREE ? ['the disk is nearly full'] : []),
  ];
}

function certificateText(watch: string, days: number): string {
  return days < 0
    ? `the certificate of ${watch} has ended`
    : `the certificate of ${watch} ends in ${many(days, 'day')}`;
}
