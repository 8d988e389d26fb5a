import type { Given } from '../../config/secrets.ts';
import { faultsOfFiles } from '../../config/reload/choose.ts';
import type { HttpWatch } from '../../platform/http/client.ts';
import { type Draft, draftParts } from '../make-parts.ts';
import type { World } from '../world.ts';
import { keptTexts } from './last-good.ts';

/** The draft of a service that starts. Where a file has a fault, a shared ledger is asked for its last good text. */
export async function draftForStart(world: World, given: Given, watch: HttpWatch | undefined): Promise<Draft> {
  const draft = draftParts(world, given, watch);
  const ledger = draft.shared?.part;
  if (ledger?.texts === undefined || faultsOfFiles(draft.filters).length === 0) return draft;
  const kept = await keptTexts(ledger.texts, { ...world, log: draft.voice.log });
  if (kept.length === 0) return draft;
  await ledger.close();
  return draftParts(world, given, watch, kept);
}
