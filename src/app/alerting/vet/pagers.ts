import type { FilterFault, FilterSet } from '../../../config/filters/load.ts';

/** Rules whose quiet hours do not hold for somebody whom they wake. */
export function wakingRules({ filters, channels: { pagers } }: FilterSet): readonly FilterFault[] {
  return filters.flatMap(({ place: { file }, alerts = [] }) =>
    alerts.flatMap(({ tell, quiet, sentence, where }): FilterFault[] => {
      const woken = quiet === null ? [] : tell.filter((name) => pagers.has(name));
      if (woken.length === 0) return [];
      const text = `the quiet hours of ${sentence} do not hold for ${woken.join(' and ')}, which wakes people`;
      return [{ where, file, text: `alerts: ${text} at any hour; write quiet: there, where that is not meant` }];
    }),
  );
}
