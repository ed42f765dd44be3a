import type { SupporterWords } from './fa.ts';

const en: SupporterWords = {
  problems: {
    already_covered: {
      title: 'This person is already named under this plan.',
      next: 'See the plan’s list of covered people.',
    },
  },
};

export default en;
