import type { EmploymentWords } from './fa.ts';

const en: EmploymentWords = {
  relations: {
    holder: 'Permit holder',
    covered: 'Covered by a supporter',
    household: 'Household member',
  },
  verbs: { register: 'Job registered', takeBack: 'Take back the newest step' },
  measures: {
    jobs_registered: {
      label: 'Jobs registered',
      definition: 'People whose job was registered in the period; each national ID once.',
    },
  },
  problems: {
    reason_missing: {
      title: 'The reason is missing.',
      next: 'Say what was wrong; the reason stays in the case’s history.',
    },
    not_funded: {
      title: 'This case’s plan has no payment yet.',
      next: 'A job is registered after the first payment.',
    },
    future_date: { title: 'The starting date is wrong.', next: 'Check the date: {given}' },
    wrong_relation: {
      title: 'The relation to the plan is wrong.',
      next: 'Only the permit holder is “holder”; others are covered or household members.',
    },
    already_at_work: {
      title: 'This national ID has a registered job already.',
      next: 'Each person counts once; see the earlier job.',
    },
  },
};

export default en;
