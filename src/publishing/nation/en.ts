import type { NationWords } from './fa.ts';

const en: NationWords = {
  title: 'Provinces side by side',
  lede: 'The nation’s figures are the sum of its provinces’ closed days. Provinces are large and small: so they are compared by rates here, not by counts alone.',
  period: 'From {from} to {to}',
  asOf: 'The sum of {count} of {all} provinces, each until the last day it has closed: from {first} to {last}.',
  asOfOne: 'The sum of {count} of {all} provinces, each until the end of {last}.',
  none: 'No province has closed a day yet, so there are no figures of the nation.',
  noneNext: 'Each night the day before is closed; look again tomorrow.',
  show: 'The map shows',
  map: 'Tile map of the provinces',
  mapNote:
    'Each tile stands about where its province lies; it shows no area and no border. Darker is more, a star means few. A tile leads to the row of its province.',
  table: 'Table of the provinces',
  tableNote: 'Choose the head of a column to sort by it.',
  months: 'Permits, month by month',
  monthsNote:
    'Each province has a scale of its own: shapes can be compared, heights cannot. Under each is its highest month.',
  peak: '{count} permits in {month}',
  province: 'Province',
  closedOn: 'Closed until',
  notClosed: 'no day closed',
  people: 'People',
  noRate: 'no rate without people',
  total: 'The nation',
  measures: {
    permits_issued: 'Permits',
    plans_funded: 'Plans with a loan',
    rial_paid: 'Loans paid',
    jobs_registered: 'Jobs registered',
  },
  rates: {
    permits_per_people: 'Permits per 100,000 people',
    jobs_per_people: 'Jobs per 100,000 people',
    referred_per_permits: 'Referrals per 100 permits',
    funded_per_referred: 'Loans per 100 referrals',
    jobs_per_funded: 'Jobs per plan',
    rial_per_funded: 'Average loan (million toman)',
  },
  standing: {
    few: 'few',
    like: 'as the nation',
    above: 'above the nation',
    below: 'below the nation',
  },
  caveats: 'Read before comparing',
  caveatClosed:
    'Of each province only the days that are closed are counted. What is recorded later comes with the next close; so the figures of a closed day never change.',
  caveatPeriod:
    'Rates are of what happened in the period: a plan that got its loan here may have had its permit before, so a rate can go beyond a hundred.',
  caveatFew:
    '“Few” means that at the nation’s rate there would be fewer than five: nothing can be said of it. “Above” and “below” is where chance alone makes such a difference once in twenty times; among 31 provinces one or two of these marks are always chance.',
  caveatJobs: 'Jobs come in groups, by the supporter; so they carry no such mark.',
  caveatPeople:
    'How many people a province has is entered by the ministry with its source. Until it is, there is no rate by people.',
  sources: 'Where the numbers of people are from',
  source: 'Source',
  countedOn: 'Counted on',
  assumed: 'assumed',
  data: 'Data for everybody',
  csv: 'This table as CSV',
  json: 'This table as JSON',
  badPeriod: 'This period cannot be shown. Write two Jalali dates, the first not after the last.',
  change: 'See another period',
};

export default en;
