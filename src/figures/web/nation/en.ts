import type { SameWords } from '../../../web/same-words.ts';
import type fa from './fa.ts';

const en: SameWords<typeof fa> = {
  title: 'The nation and its provinces',
  asOf: 'The sum of the closed days of {count} of {all} provinces: from {first} to {last}.',
  none: 'No province has closed a day yet',
  noneNext: 'Each night the day before is closed; look again tomorrow.',
  toPublic: 'The same for everybody, with warnings and definitions',
  show: 'Measure',
  map: 'Provinces on a tile map',
  mapNote:
    'Each tile stands about where its province lies; its shade is the fifth of the provinces that it is in. A star means few: fewer than five at the nation’s rate.',
  bars: 'Provinces in order',
  barsNote:
    '▲ and ▼ mean above or below the nation, by more than chance makes once in twenty times.',
  months: 'Permits, month by month',
  monthsNote: 'All on one scale: a larger province is taller.',
  province: 'Province',
  whole: 'Whole period',
  noPeople: 'no rate without people',
  rates: {
    permits_per_people: 'Permits per 100,000',
    jobs_per_people: 'Jobs per 100,000',
    referred_per_permits: 'Referrals per 100 permits',
    funded_per_referred: 'Loans per 100 referrals',
    jobs_per_funded: 'Jobs per plan',
    rial_per_funded: 'Average loan',
  },
  millionToman: 'million toman',
  permits: 'Permits',
  people: {
    title: 'People of the provinces',
    lede: 'Rates are reckoned by these numbers. Each has a source; what is only assumed says so everywhere. A new number takes the place of the one before, which stays.',
    none: 'No province’s people have been entered yet.',
    province: 'Province',
    people: 'People',
    countedOn: 'Counted on',
    dayHint: 'As 1395-08-01',
    source: 'Source',
    sourceHint: 'The census or the document, with its address',
    basis: 'What kind of number is it?',
    counted: 'A census or an official estimate',
    assumed: 'Our assumption',
    save: 'Enter',
    wrongPeople: 'Write the number of people in digits, as 3,265,000.',
    wrongDay: 'Write a Jalali date.',
  },
};

export default en;
