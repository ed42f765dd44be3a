/** The icons, drawn on a 24 px grid with a 2 px line; those that point are turned round with the text. */
const drawings = {
  clock: 'M12 7v5l3 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18',
  check: 'M8 12.500l3 3 5.500-6.500M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18',
  stop: 'M9 9l6 6m0-6l-6 6M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18',
  alert: 'M12 9v5m0 3v.01M12 3.500 2.500 20h19z',
  search: 'M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13m5 11.500L20 20',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8m0-5v2m0 14v2M3 12h2m14 0h2M5.600 5.600 7 7m10 10 1.400 1.400m0-12.800L17 7M7 17l-1.400 1.400',
  moon: 'M19.500 14.500A8 8 0 0 1 9.500 4.500a8 8 0 1 0 10 10',
  screen: 'M4 5h16v11H4zM9 20h6',
  user: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4.500 20c1-4 4-5.500 7.500-5.500s6.500 1.500 7.500 5.500',
  table: 'M4 5h16v14H4zM4 10h16M4 14.500h16M10 10v9',
  chart: 'M5 20V10m5 10V4m5 16v-7m5 7V8',
  download: 'M12 4v11m-4-4 4 4 4-4M5 20h14',
  upload: 'M12 16V5M8 9l4-4 4 4M5 20h14',
  link: 'M10 14a4 4 0 0 0 6 .5l3-3a4.200 4.200 0 0 0-6-6L11.500 7M14 10a4 4 0 0 0-6-.5l-3 3a4.200 4.200 0 0 0 6 6l1.500-1.500',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6 6 18',
  back: 'M15 5l-7 7 7 7',
  forward: 'M9 5l7 7-7 7',
  down: 'M6 9l6 6 6-6',
  up: 'M6 15l6-6 6 6',
  calendar: 'M4 6h16v14H4zM4 10.500h16M8.500 3v4m7-4v4',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  more: 'M12 5.500v.01M12 12v.01M12 18.500v.01',
  undo: 'M8 5 4 9l4 4M4 9h10a5.500 5.500 0 0 1 0 11h-3',
} as const;

/** The name of a drawing. */
export type IconName = keyof typeof drawings;

/** An icon beside a word that says the same; it is hidden from screen readers. */
export function Icon({ name, size = 20 }: { name: IconName; size?: 16 | 20 | 24 | 32 | 48 }) {
  const turns = name === 'back' || name === 'forward' || name === 'undo';
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={size > 24 ? 1.25 : 2}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={turns ? 'shrink-0 rtl:-scale-x-100' : 'shrink-0'}
    >
      <path d={drawings[name]} />
    </svg>
  );
}
