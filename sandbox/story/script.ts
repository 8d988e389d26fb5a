import type { SandboxEvent } from '../types.ts';
import type { Character } from './cast.ts';
import type { BlockPlan } from './plan.ts';

/** What the story's parts ask each other. Slots are story slots. */
export type Script = {
  readonly cast: readonly Character[];
  plan(block: number): BlockPlan;
  character(index: number): Character | undefined;
  /** Events of the issue in the slot. */
  count(who: Character, slot: number): number;
  events(who: Character, slot: number): SandboxEvent[];
  /** Slot in which a planned issue appears. */
  born(index: number): number | undefined;
  slotOf(instant: number): number;
  startOf(slot: number): number;
};
