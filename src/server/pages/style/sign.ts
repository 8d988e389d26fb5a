/**
 * Signs and arrows, as shapes of their own: a font may lack the characters, which stay for who copies the text. A shape
 * is told apart by its form, also where colours are somebody else's.
 */
export const SIGN = `
.sign, .arrow { font-size: 0; display: inline-block; vertical-align: -.1em; }
.sign { color: var(--idle); width: 1.1rem; }
.sign.good { color: var(--good); }
.sign.warn { color: var(--warn); }
.sign.bad { color: var(--bad); }
.sign.trend { color: var(--trend); }
.sign::before, .arrow::before, .team a[aria-expanded]::before {
  content: ""; display: inline-block; width: .8rem; height: .8rem; background: currentcolor;
  print-color-adjust: exact; forced-color-adjust: none;
}
.verdicts .sign { margin-top: .2rem; }
.verdicts .sign::before { width: 1rem; height: 1rem; }
.sign.idle::before { clip-path: circle(18%); }
.sign.good::before { clip-path: polygon(6% 52%, 20% 38%, 40% 58%, 80% 12%, 94% 26%, 41% 86%); }
.sign.trend::before { clip-path: polygon(50% 8%, 97% 90%, 3% 90%); }
.sign.bad::before {
  clip-path: polygon(20% 8%, 50% 38%, 80% 8%, 92% 20%, 62% 50%, 92% 80%, 80% 92%, 50% 62%, 20% 92%, 8% 80%, 38% 50%,
    8% 20%);
}
.sign.warn::before {
  clip-path: polygon(39% 4%, 61% 4%, 58% 64%, 50% 64%, 50% 75%, 61% 75%, 61% 96%, 39% 96%, 39% 75%, 50% 75%, 50% 64%,
    42% 64%);
}
.arrow::before { clip-path: polygon(68% 12%, 80% 24%, 54% 50%, 80% 76%, 68% 88%, 30% 50%); }
.arrow.on::before { transform: scaleX(-1); }
.team a[aria-expanded]::before {
  width: .7rem; height: .7rem; margin-right: .3rem; color: var(--soft); clip-path: polygon(25% 5%, 80% 50%, 25% 95%);
}
.team a[aria-expanded="true"]::before { clip-path: polygon(5% 25%, 95% 25%, 50% 80%); }
@media (forced-colors: active) {
  .sign::before, .arrow::before, .team a[aria-expanded]::before { background: CanvasText; }
}
`;
