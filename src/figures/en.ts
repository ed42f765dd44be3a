import type { FigureWords } from './fa.ts';

const en: FigureWords = {
  noBank: 'No bank',
  month:
    '{month, select, 1 {Farvardin} 2 {Ordibehesht} 3 {Khordad} 4 {Tir} 5 {Mordad} 6 {Shahrivar} 7 {Mehr} 8 {Aban} 9 {Azar} 10 {Dey} 11 {Bahman} other {Esfand}} {year}',
  season: '{season, select, spring {Spring} summer {Summer} autumn {Autumn} other {Winter}} {year}',
  values: {
    kind: { independent: 'Independent', supporter: 'Supporter', covered: 'Covered' },
    sex: { female: 'Women', male: 'Men' },
    area: { urban: 'Urban', rural: 'Rural' },
  },
  erased: 'erased',
  problems: {
    erase_open: {
      title: '{open} cases, plans, loans or jobs of this person are not at their end.',
      next: 'They have to end first; then the person can be erased.',
    },
    erase_early: {
      title: 'The term for which this person’s record is kept is not over.',
      next: 'It can be done from {from}. If they asked for it and were paid nothing, add --asked.',
    },
    bad_period: {
      title: 'The period is wrong.',
      next: 'Give two Jalali dates, the first not after the last, as 1400-01-01 and 1401-03-31.',
    },
    bad_as_of: {
      title: 'The moment of knowledge is wrong.',
      next: 'Give it in ISO form, as 2022-06-22T00:00:00Z.',
    },
    unknown_dimension: { title: 'Figures can’t be cut by {by}.', next: 'One of: {known}' },
    unknown_measure: {
      title: 'There is no measure {measure}.',
      next: 'The list is at /api/measures.',
    },
    import_overtaken: {
      title:
        'Somebody recorded one of these cases at the same time; nothing of this file was kept.',
      next: 'Send the same file again.',
    },
    import_not_checked: {
      title: 'Only a register that has been checked can be recorded.',
      next: 'Wait until the check has ended, or send the register again.',
    },
    match_decided: {
      title: 'This row has been decided before.',
      next: 'Refresh the match queue.',
    },
    match_refused: {
      title: 'This row cannot be recorded in that case: {why}',
      next: 'Choose another case, or put the row aside.',
    },
    unknown_province: {
      title: 'There is no such province.',
      next: 'Give its two-digit code, as 04.',
    },
  },
};

export default en;
