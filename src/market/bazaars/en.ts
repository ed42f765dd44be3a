import type { BazaarWords } from './fa.ts';

const en: BazaarWords = {
  verbs: {
    listFairs: 'See fairs and bazaars',
    showFair: 'See a fair',
    announceFair: 'Announce a fair',
    drawStalls: 'Allot the stalls',
    closeFair: 'Fair ended',
    cancelFair: 'Cancel a fair',
    showMyFairs: 'See one’s own fairs',
    applyForStall: 'Applied for a stall at a fair',
    scoreApplication: 'Application for a stall scored',
    allotStall: 'Stall at a fair allotted',
    waitForStall: 'Waits for a stall',
    withdrawApplication: 'Application for a stall withdrawn',
    attendFair: 'Was at the fair',
    missFair: 'Was not at the fair',
    reportSales: 'Sales at a fair reported',
    takeBackSales: 'Take back reported sales',
    callOff: 'Called off with the fair',
  },
  fairKinds: { bazaar: 'Bazaar', fair: 'Fair', market_day: 'Market day' },
  fairStates: {
    announced: 'Takes applications',
    drawn: 'Stalls are allotted',
    held: 'Was held',
    cancelled: 'Called off',
  },
  criteria: {
    home_made: 'Home-made',
    quality: 'Quality',
    production: 'Production-led',
    packaging: 'Packaging',
    local: 'Of the place',
    newcomer: 'Newcomer',
  },
  measures: {
    stalls_allotted: {
      label: 'Stalls allotted',
      definition: 'Stalls at fairs and bazaars that were given to permit holders in the period.',
    },
    fair_sales: {
      label: 'Sales at fairs',
      definition: 'Sales that stall holders reported of fairs and bazaars in the period.',
    },
  },
  sms: {
    allotted:
      'Karkhaneh: stall {place} ({stall}) at “{fair}” is yours, from {day}. Rent: {fee} toman. If you cannot come, give it back on your page.',
    waiting:
      'Karkhaneh: the stalls of “{fair}” are taken; you are number {rank} in the order. You will hear if one becomes free.',
    calledOff: 'Karkhaneh: “{fair}”, which was to begin on {day}, will not take place.',
  },
  problems: {
    weights_wrong: {
      title: 'The weights of the criteria are not a hundred together: {sum}',
      next: 'Each weight is a whole number, and all together are a hundred.',
    },
    marks_wrong: {
      title: 'The marks are incomplete or wrong.',
      next: 'Give each criterion of this fair a mark from zero to ten.',
    },
    fair_days_wrong: {
      title: 'The days of the fair are not right.',
      next: 'Applications end before the fair begins and not in the past; it ends no sooner than it begins.',
    },
    no_such_stall: {
      title: 'This fair has no such stall.',
      next: 'Choose one of the fair’s own stalls.',
    },
    applications_over: { title: 'Applying for a stall is over.', next: 'See the other fairs.' },
    applications_open: {
      title: 'People can still apply: {until}',
      next: 'Stalls are allotted when the time for applying is over.',
    },
    applied_already: {
      title: 'This permit has an application for the same fair.',
      next: 'For another stall, withdraw the earlier application first.',
    },
    not_all_scored: {
      title: '{count} applications have not been scored yet.',
      next: 'Score all of them first.',
    },
    fair_not_begun: {
      title: 'The fair has not begun yet.',
      next: 'Who was there is recorded from its first day, its end after its last.',
    },
  },
};

export default en;
