import type { AlertStore, AlertTransaction } from '../../../core/ports/alerting/alert-store.ts';
import type { Database } from '../../database/database.ts';
import type { Engine } from '../../database/engine.ts';
import { sumsOver } from './days.ts';
import { countsOver } from './counting/counts-over.ts';
import { alertsOf, statesBefore, toldOf } from './decided.ts';
import { headsOf, lockHeads } from './heads.ts';
import { knownIssues } from './known-issues.ts';
import { learnInParts, learnIssues } from './learning/learn.ts';
import { begin, conclude } from './steps/conclude.ts';
import { totalsOver } from './totals.ts';
import { earlierIn, factsIn } from './window-facts.ts';
import { keepWindows } from './windows.ts';
import { writeDecided } from './steps/write-decided.ts';

/** What rules need of the past, and what they came to, in tables. Of a call the statements are few, for any number. */
export function sqlAlerts(database: Database): Required<AlertStore> {
  return {
    learn: async (facts) => learnInParts(await database.ready(), facts),
    transaction: async (act) => {
      const engine = await database.ready();
      return engine.db.transaction().execute((db) => {
        const trx = { ...engine, db };
        return act({ ...reading(trx), ...writing(trx) });
      });
    },
    begin: async (filter) => begin(await database.ready(), filter),
    conclude: async (conclusion) => conclude(await database.ready(), conclusion),
    look: async (act) => act({ ...reading(await database.ready()), ...REFUSED }),
  };
}

type Writing = Pick<AlertTransaction, 'lock' | 'keepFacts' | 'write'>;

function writing(engine: Engine): Writing {
  return {
    lock: (filters) => lockHeads(engine, filters),
    keepFacts: async (facts, areLearned = false) => {
      const kept = await keepWindows(engine, facts);
      if (!areLearned) await learnIssues(engine, kept);
    },
    write: (decided) => writeDecided(engine, decided),
  };
}

const refuse = async (): Promise<never> => {
  throw new Error('who looks at what rules came to changes nothing');
};
const REFUSED: Writing = { lock: refuse, keepFacts: refuse, write: refuse };

function reading(engine: Engine): Omit<AlertTransaction, keyof Writing> {
  return {
    heads: (filters) => headsOf(engine, filters),
    statesBefore: (asks) => statesBefore(engine, asks),
    facts: (asks) => factsIn(engine, asks),
    earlier: (asks) => earlierIn(engine, asks),
    totals: (asks) => totalsOver(engine, asks),
    sums: (asks) => sumsOver(engine, asks),
    counts: (asks) => countsOver(engine, asks),
    issues: async (filter, ids) => (await knownIssues(engine, new Map([[filter, ids]]))).get(filter) ?? new Map(),
    told: (keys) => toldOf(engine, keys),
    alerts: (asks) => alertsOf(engine, asks),
  };
}
