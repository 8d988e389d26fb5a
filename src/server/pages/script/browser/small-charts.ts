import type { Times } from './times.ts';

/** Tells the slot of a small chart that is under the pointer, or was tapped. */
export function openSmallCharts(times: Times): void {
  const [HOUR_MS, DAY_MS] = [3_600_000, 86_400_000];
  const isToday = (at: number): boolean => Math.floor(at / DAY_MS) === Math.floor(Date.now() / DAY_MS);
  const told = document.createElement('div');
  told.className = 'readout';
  told.hidden = true;
  told.setAttribute('aria-hidden', 'true');
  document.body.append(told);

  const words = (count: string): string => {
    if (count === '-') return 'not counted';
    return count.endsWith('+') ? `at least ${count.slice(0, -1)}` : count;
  };
  const when = (start: number, step: number): string => {
    const day =
      step < HOUR_MS && isToday(start) ? '' : `${new Date(start).toUTCString().slice(0, 11).replace(',', '')}, `;
    const local = times.local(start, start + step);
    return `${day}${times.clock(start)}–${times.clock(start + step)} UTC${local === '' ? '' : ` (${local})`}`;
  };

  const tell = (event: PointerEvent): void => {
    const chart = event.target instanceof Element ? event.target.closest<SVGElement>('.spark') : null;
    told.hidden = chart === null;
    if (chart === null) return;
    const box = chart.getBoundingClientRect();
    const counts = chart.dataset['counts']!.split(' ');
    const under = Math.floor(((event.clientX - box.left) / box.width) * counts.length);
    const index = Math.min(counts.length - 1, Math.max(0, under));
    const step = Number(chart.dataset['step']);
    told.textContent = `${when(Number(chart.dataset['from']) + index * step, step)}: ${words(counts[index]!)}`;
    told.style.left = `${Math.max(4, Math.min(event.clientX + 12, innerWidth - told.offsetWidth - 4)) + scrollX}px`;
    told.style.top = `${box.top + scrollY - told.offsetHeight - 2}px`;
  };
  document.addEventListener('pointermove', tell);
  document.addEventListener('pointerdown', tell);
}
