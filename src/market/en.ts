import bazaars from './bazaars/en.ts';
import type { MarketWords } from './fa.ts';
import materials from './materials/en.ts';

const en: MarketWords = {
  verbs: {
    openStall: 'Open a stall',
    showMyStalls: 'See one’s own stall',
    changeStall: 'Change a stall',
    keepProducts: 'Keep one’s own products',
  },
  label: {
    homeMade: 'Made in a home kitchen',
    ingredients: 'Ingredients',
    weight: 'Weight',
    madeOn: 'Made on',
    bestUntil: 'Best before',
    maker: 'Maker',
    makerOf: '{name}, {place}',
    placeOf: '{county}, {province}',
    permit: 'Permit number',
    health: 'Health number',
    allergens: 'Allergens: {list}',
    noAllergens: 'No known allergens.',
    demonstration: 'Demonstration; not for sale',
  },
  allergens: {
    gluten: 'gluten',
    milk: 'milk',
    egg: 'egg',
    nuts: 'nuts',
    peanut: 'peanut',
    sesame: 'sesame',
    soy: 'soy',
    fish: 'fish',
    mustard: 'mustard',
  },
  measures: {
    businesses_in_market: {
      label: 'Businesses linked to the market',
      definition: 'Permits for which a stall was opened in the period; each permit once.',
    },
  },
  standings: {
    valid: 'Valid',
    suspended: 'Suspended',
    expired: 'Expired',
    revoked: 'Revoked',
    ended: 'Ended',
  },
  problems: {
    permit_not_valid: {
      title: 'Nothing can be sold under this permit now.',
      next: 'Only the holder of a valid permit has a stall. If it is suspended or expired, put that right first.',
    },
    ingredients_missing: {
      title: 'The ingredients of this food are missing.',
      next: 'Write down all that is in it, by amount.',
    },
    health_number_missing: {
      title: 'The health number of this food is missing.',
      next: 'Write the number that the health ministry gave you.',
    },
    sold_out: {
      title: 'There are not that many left.',
      next: 'Ask for fewer, or ask the maker when there will be more.',
    },
    too_many_photos: {
      title: 'A product has up to eight photos.',
      next: 'Take one off and send again.',
    },
    no_label: {
      title: 'Labels are for food only.',
      next: 'This product is no food and needs no label.',
    },
    stall_open_already: {
      title: 'This permit has a stall.',
      next: 'Each permit has one stall; open that one.',
    },
  },
};

/** With those of its parts. */
export default {
  ...en,
  verbs: { ...en.verbs, ...materials.verbs, ...bazaars.verbs },
  measures: { ...en.measures, ...materials.measures, ...bazaars.measures },
  problems: { ...en.problems, ...materials.problems, ...bazaars.problems },
};
