/** An ISO instant for people: `2026-11-20 10:00 UTC`. */
export function instantText(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** Epoch ms to the second: `2026-11-20 10:00:05 UTC`. */
export function secondText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** From one to the other; the day once where both lie in it. */
export function spanText(from: string, to: string): string {
  const [start, end] = [instantText(from), instantText(to)];
  const isOneDay = start.slice(0, 10) === end.slice(0, 10);
  return `from ${start.slice(0, 16)} to ${isOneDay ? end.slice(11) : end}`;
}
