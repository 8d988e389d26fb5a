import type { Complaint } from '../config/filters/complaint.ts';
import {
  type FilterSet,
  type FilterText,
  type FilterFault,
  loadFilters,
  readFilterFiles,
  vetSinks,
  withComplaints,
  withJudgement,
} from '../config/filters/load.ts';
import { quote } from '../config/formats.ts';
import { type Env, type SettingsFault, valueOf } from '../config/schema.ts';
import type { Ledger } from '../core/ports/ledger.ts';
import type { Sink } from '../core/ports/sink.ts';
import type { Built } from '../integrations/plugin.ts';
import { sources } from '../integrations/sources/index.ts';
import type { Configuration } from './configure.ts';
import type { World } from './world.ts';

/** Only what was set is looked at: the default may name a sink that is not enabled. */
export function vetRecountSinks(
  ledger: Ledger | undefined,
  env: Env,
  built: readonly BuiltSink[],
): readonly SettingsFault[] {
  const variable = 'RECOUNT_SINKS';
  const names = valueOf(env, variable) === undefined ? [] : (ledger?.recounts?.sinks ?? []);
  return names.flatMap((name): SettingsFault[] => {
    const found = built.find((it) => it.name === name);
    if (found === undefined)
      return [
        {
          variable,
          text: `${quote(name)} is no sink that is enabled; there are ${built.map((it) => it.name).join(', ')}`,
        },
      ];
    const part = found.sink?.part;
    return part === undefined || part.encodeCorrection !== undefined
      ? []
      : [
          {
            variable,
            text: `${name} cannot be corrected: ${part.uncorrectable ?? 'it has no records for it; leave it out'}`,
          },
        ];
  });
}

/** A sink that is wanted; undefined: its settings have faults. */
export type BuiltSink = { readonly name: string; readonly sink: Built<Sink> | undefined };

/** The filters of these files, with what can be said of them before any settings are read. */
export function judgedFilters(files: readonly FilterText[], unread: readonly FilterFault[]): FilterSet {
  const set = loadFilters(files, unread);
  return Object.values(sources).reduce((all, source) => withJudgement(all, source.judge(set.filters)), set);
}

/** The filters at `path`, with what source and sinks object to. */
export function readFilters(path: string, { disk }: World, { source, sinks }: Configuration): FilterSet {
  const { files, faults } = readFilterFiles(path, disk);
  const set = judgedFilters(files, faults);
  const enabled = sinks.map(({ name }) => name);
  const complaints: Complaint[] = [...vetSinks(set, enabled), ...(source.configured?.vet(set.filters) ?? [])];
  for (const { name, configured } of sinks) {
    complaints.push(...(configured?.vet(set.filters.filter((filter) => filter.sinks?.includes(name) ?? true)) ?? []));
  }
  return withComplaints(set, complaints);
}

/** Faulty files are left out and named in every answer, unless nothing is left or nothing may be faulty. */
export function fatalFilterFaults({ filters, faults }: FilterSet, strict: boolean): readonly string[] {
  return strict || filters.length === 0 ? faults.map(({ where, text }) => `${where}: ${text}`) : [];
}
