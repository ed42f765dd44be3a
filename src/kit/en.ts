import type { KitWords } from './fa.ts';

const en = {
  months: [
    'Farvardin',
    'Ordibehesht',
    'Khordad',
    'Tir',
    'Mordad',
    'Shahrivar',
    'Mehr',
    'Aban',
    'Azar',
    'Dey',
    'Bahman',
    'Esfand',
  ],
  seasons: { spring: 'spring', summer: 'summer', autumn: 'autumn', winter: 'winter' },
  weekdays: ['Saturday', 'Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'],
  units: {
    toman: 'toman',
    rial: 'rial',
    thousand: 'thousand',
    million: 'million',
    milliard: 'billion',
    percent: 'per cent',
    people: 'people',
    days: 'days',
  },
} as const satisfies KitWords;

export default en;
