/**
 * Loads the page anew every half minute and puts what it says in the place of the old, without moving the reader. Tells
 * the single window under the pointer.
 */
export const SCRIPT = `'use strict';
(() => {
  const EVERY = 30000, STALE = 120000, FIVE = 300000;
  const main = document.getElementById('main');
  const age = document.getElementById('age');
  const made = document.getElementById('made');
  if (!made) return;
  let timer, read = Date.now(), busy = false;
  const clock = (at) => new Date(at).toISOString().slice(11, 16);
  const say = (text) => {
    if (age.textContent !== text) age.textContent = text;
    age.className = text === '' ? '' : 'stale';
  };

  // What the reader looks at stays where it is.
  const isInView = (it) => it.getBoundingClientRect().bottom > 0 && it.getBoundingClientRect().top < innerHeight;
  const anchor = () => [document.activeElement, ...document.querySelectorAll('main [id]')]
    .find((it) => it.id && it !== main && main.contains(it) && isInView(it));
  const swap = (text) => {
    const page = new DOMParser().parseFromString(text, 'text/html');
    const next = page.getElementById('main');
    if (!next || !page.getElementById('made')) throw new Error('another page');
    made.replaceChildren(...page.getElementById('made').childNodes);
    document.title = page.title;
    if (next.innerHTML === main.innerHTML) return;
    const open = [...main.querySelectorAll('details[open]')].map((it) => it.id);
    const focused = main.contains(document.activeElement) ? pathOf(document.activeElement) : null;
    const first = anchor();
    const place = first && [first.id, first.getBoundingClientRect().top];
    const sides = [...main.querySelectorAll('.scroll')].map((it) => it.scrollLeft);
    for (const id of open) next.querySelector('#' + CSS.escape(id))?.setAttribute('open', '');
    main.replaceChildren(...next.childNodes);
    main.querySelectorAll('.scroll').forEach((it, index) => { it.scrollLeft = sides[index] || 0; });
    if (focused) find(focused)?.focus({ preventScroll: true });
    const after = place && document.getElementById(place[0]);
    if (after) scrollBy(0, after.getBoundingClientRect().top - place[1]);
  };
  const pathOf = (element) => element.id ? { id: element.id } : {
    row: element.closest('[data-issue],[data-window],[data-filter]')?.getAttribute('data-issue'),
    href: element.getAttribute('href'),
    tag: element.tagName,
    parent: element.parentElement?.id,
  };
  const find = ({ id, href, tag, parent, row }) => {
    if (id) return document.getElementById(id);
    const all = [...main.querySelectorAll(tag)]
      .filter((it) => it.getAttribute('href') === href && (!parent || it.parentElement.id === parent));
    return all.find((it) => it.closest('[data-issue]')?.getAttribute('data-issue') === row) || all[0];
  };

  const load = async () => {
    if (busy || document.hidden) return;
    busy = true;
    let refusal = null;
    const stop = new AbortController();
    const limit = setTimeout(() => stop.abort(), 20000);
    try {
      const response = await fetch(location.pathname, { cache: 'no-store', signal: stop.signal, redirect: 'error' });
      if (!response.ok) refusal = response.status;
      if (!response.ok) throw new Error('refused');
      swap(await response.text());
      read = Date.now();
      say('');
    } catch {
      const why = refusal === null ? 'the server does not answer' : 'the server answers ' + refusal;
      say('No new numbers since ' + clock(read) + ' UTC: ' + why + '. What is shown is old. ');
    } finally {
      clearTimeout(limit);
      busy = false;
      plan();
    }
  };
  const plan = () => {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(load, EVERY);
  };
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return clearTimeout(timer);
    if (Date.now() - read > STALE) say('These numbers are from ' + clock(read) + ' UTC; new ones are being fetched. ');
    load();
  });
  addEventListener('online', load);
  addEventListener('offline', () => say('This device is offline; the numbers are from ' + clock(read) + ' UTC. '));

  const words = (it) => {
    if (it === '-') return 'not counted';
    return it.endsWith('+') ? 'at least ' + it.slice(0, -1) : it;
  };
  const readout = document.createElement('div');
  readout.className = 'readout';
  readout.hidden = true;
  readout.setAttribute('aria-hidden', 'true');
  document.body.append(readout);
  document.addEventListener('pointermove', (event) => {
    const chart = event.target instanceof Element ? event.target.closest('.spark') : null;
    readout.hidden = !chart;
    if (!chart) return;
    const box = chart.getBoundingClientRect();
    const counts = chart.dataset.counts.split(' ');
    const under = Math.floor((event.clientX - box.left) / box.width * counts.length);
    const index = Math.min(counts.length - 1, Math.max(0, under));
    const start = Number(chart.dataset.from) + index * FIVE;
    readout.textContent = clock(start) + '\\u2013' + clock(start + FIVE) + ' UTC: ' + words(counts[index]);
    readout.style.left = Math.min(event.clientX + 12, innerWidth - readout.offsetWidth - 4) + scrollX + 'px';
    readout.style.top = box.top + scrollY - readout.offsetHeight - 2 + 'px';
  });
  plan();
})();
`;
