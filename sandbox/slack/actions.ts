import { isRecord } from '../http/message.ts';

/** What can be pressed in a message. */
export type Pressable = {
  readonly blockId: string;
  readonly actionId: string;
  readonly type: 'button' | 'external_select';
  /** What people read of it. */
  readonly text: string;
  /** Of a button. */
  readonly value?: string;
};

const KEYS: Readonly<Record<string, readonly string[]>> = {
  button: ['text', 'value', 'style', 'accessibility_label'],
  external_select: ['placeholder', 'min_query_length'],
};

/** What is wrong with what can be pressed; undefined: nothing. */
export function actionFault(element: unknown): string | undefined {
  if (!isRecord(element)) return 'no object';
  const { type, action_id: id, ...rest } = element;
  const keys = typeof type === 'string' ? KEYS[type] : undefined;
  if (keys === undefined) return `type ${JSON.stringify(type)} is not known`;
  const strange = Object.keys(rest).find((key) => !keys.includes(key));
  if (strange !== undefined) return `${strange} is not known`;
  if (!isText(id, 255)) return 'action_id';
  return type === 'button' ? buttonFault(rest) : selectFault(rest);
}

function buttonFault({ text, value, style, accessibility_label: label }: Record<string, unknown>): string | undefined {
  if (style !== undefined && style !== 'primary' && style !== 'danger') return 'style';
  if (value !== undefined && !isText(value, 2000)) return 'value';
  if (label !== undefined && !isText(label, 75)) return 'accessibility_label';
  return plainFault(text, 75);
}

function selectFault({ placeholder, min_query_length: least }: Record<string, unknown>): string | undefined {
  if (least !== undefined && (!Number.isInteger(least) || Number(least) < 0)) return 'min_query_length';
  return plainFault(placeholder, 150);
}

function plainFault(object: unknown, most: number): string | undefined {
  if (!isRecord(object) || object['type'] !== 'plain_text') return 'text is no plain_text';
  const strange = Object.keys(object).find((key) => !['type', 'text', 'emoji'].includes(key));
  if (strange !== undefined) return `${strange} is not known`;
  return isText(object['text'], most) ? undefined : `a text of 1 to ${String(most)} letters`;
}

function isText(given: unknown, most: number): boolean {
  return (
    typeof given === 'string' &&
    given.length > 0 &&
    given.length <= most &&
    given.isWellFormed() &&
    !given.includes('\u0000')
  );
}

/** Of all blocks of a message an id that stands in it twice; undefined: none does. */
export function idTwice(blocks: readonly unknown[]): string | undefined {
  const all = blocks.filter(isRecord);
  const elements = all.flatMap(({ type, elements: own }) =>
    type === 'actions' && Array.isArray(own) ? (own as readonly unknown[]) : [],
  );
  const ids = [...all.map((it) => it['block_id']), ...elements.filter(isRecord).map((it) => it['action_id'])];
  return ids.find((id, at): id is string => typeof id === 'string' && ids.indexOf(id) !== at);
}

/** All that can be pressed in blocks that are in order. */
export function pressablesIn(blocks: readonly unknown[]): readonly Pressable[] {
  return blocks.filter(isRecord).flatMap(({ type, block_id: blockId, elements }) => {
    if (type !== 'actions' || !Array.isArray(elements)) return [];
    return elements.filter(isRecord).map((element): Pressable => {
      const { type: kind, action_id: actionId, text, placeholder, value } = element;
      const words = [text, placeholder].find(isRecord) ?? {};
      return {
        blockId: String(blockId),
        actionId: String(actionId),
        type: kind as Pressable['type'],
        text: String(words['text']),
        ...(typeof value === 'string' ? { value } : {}),
      };
    });
  });
}
