/**
 * What every other sheet is made of. Type and space are in rem, so they follow the reader's own size. Colours have
 * roles: those of states (good, warn, bad, idle) are for states alone, an issue that trends has its own.
 */
export const TOKENS = `
:root {
  color-scheme: light dark;
  --t-small: .75rem; --t-note: .8125rem; --t-text: .875rem; --t-lead: 1rem; --t-title: 1.25rem;
  --s1: .25rem; --s2: .5rem; --s3: .75rem; --s4: 1rem; --s5: 1.5rem; --s6: 2.5rem;
  --round: .375rem;
  --ground: #f5f6f8; --sheet: #ffffff; --sunk: #eef0f4; --ink: #18212d; --soft: #535f71; --rule: #dde2e9;
  --link: #1558b0; --bar: #4a79b0; --hatch: #8c96a6;
  --told: #4f9f97; --usual: #7d8898; --before: #3d4653; --outage: #e8a29c;
  --good: #1b6e3c; --warn: #875700; --bad: #b3261e; --idle: #535f71; --trend: #6b35c0;
  --good-bg: #e8f5ed; --warn-bg: #fdf3dc; --bad-bg: #fcebea; --idle-bg: #eceff3; --trend-bg: #f2ecfc;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #11151b; --sheet: #191f27; --sunk: #222a34; --ink: #e5e9ef; --soft: #a3aebe; --rule: #2c3541;
    --link: #8fbcf2; --bar: #6d9fd8; --hatch: #77839a;
    --told: #6fbcb2; --usual: #8491a5; --before: #c3ccd8; --outage: #7c3a36;
    --good: #79cf9b; --warn: #e9bb62; --bad: #ff9a92; --idle: #a3aebe; --trend: #c5a9ff;
    --good-bg: #15291d; --warn-bg: #30270f; --bad-bg: #3a1c1a; --idle-bg: #232b35; --trend-bg: #292140;
  }
}
`;
