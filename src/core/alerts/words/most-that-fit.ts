/** The largest count up to `most` that fits, of which all smaller ones do as well; null: not even none does. */
export function mostThatFit(most: number, fits: (count: number) => boolean): number | null {
  if (fits(most)) return most;
  let [good, bad] = [-1, most];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (fits(middle)) good = middle;
    else bad = middle;
  }
  return good < 0 ? null : good;
}
