import type { PageData } from '../data/model.ts';
import { html, type Html } from '../html.ts';
import { addressOf } from '../view/address.ts';
import type { View } from '../view/view.ts';
import { spanWords } from '../words.ts';
import { notice } from './notice.ts';

/** What to know before the numbers: what of the address was not taken, and that an instant that is over is shown. */
export function notices(path: string, view: View, data: PageData): readonly Html[] {
  const faults = data.faults.map((fault) => notice('warn', fault));
  return view.at === undefined ? faults : [...faults, pastNotice(path, view, data)];
}

function pastNotice(path: string, view: View, { span, current, now }: PageData): Html {
  const shown = `${spanWords(span, now)} UTC`;
  const judged =
    current === null
      ? 'No window is known that was counted by then.'
      : `What is said of it is about the window ${spanWords(current, now)} UTC.`;
  return notice(
    'idle',
    html`This is the past: ${shown}. ${judged}
    <a href="${addressOf(path, view, { at: undefined })}">Back to now</a>`,
  );
}
