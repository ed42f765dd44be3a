import type { FigureWords } from './fa.ts';

const en: FigureWords = {
  reports: {
    rial: 'rial',
    ready: 'The report “{name}” is ready: {url}',
    columns: {
      agency: 'Agency',
      county: 'County',
      bank: 'Bank',
      kind: 'Kind',
      occupation: 'Occupation',
      sex: 'Sex',
      area: 'Urban or rural',
      month: 'Month',
      season: 'Season',
      code: 'Case',
      permit: 'Permit',
      name: 'Name',
      day: 'Date',
      amount: 'Amount (rial)',
      people: 'People',
    },
  },
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
    population_day: {
      title: 'The day of this count, {day}, has not come yet.',
      next: 'Give the day of the census or the estimate: one that is past.',
    },
    target_level: {
      title: 'The level of the target does not fit what it names.',
      next: 'Name an agency for an agency’s, a county for a county’s, and neither for the province’s or the country’s.',
    },
    target_day: {
      title: 'The day of the target is wrong.',
      next: 'Give a day of the same year, as 1401-06-31.',
    },
    target_agency: {
      title: 'This organisation is not an executive agency.',
      next: 'Choose one of the executive agencies.',
    },
    target_waits: {
      title: 'Another version of this target waits for a second person.',
      next: 'Decide about that one first.',
    },
    target_own: {
      title: 'You asked for this target yourself.',
      next: 'The second person has to be somebody else.',
    },
    target_decided: {
      title: 'This version was decided about before.',
      next: 'Refresh the page.',
    },
    unknown_province: {
      title: 'There is no such province.',
      next: 'Give its two-digit code, as 04.',
    },
  },
};

export default en;
