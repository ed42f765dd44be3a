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
  said: {
    small: ['nought', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
    trillion: 'trillion',
    billion: 'billion',
    million: 'million',
    thousand: 'thousand',
    one: 'one',
    and: 'and',
  },
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
