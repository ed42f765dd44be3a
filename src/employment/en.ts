import type { EmploymentWords } from './fa.ts';

const en: EmploymentWords = {
  relations: {
    holder: 'Permit holder',
    covered: 'Covered by a supporter',
    household: 'Household member',
  },
  states: {
    registered: 'Registered',
    verified: 'Verified',
    disputed: 'Not borne out',
    alive: 'Alive after a year',
    uncounted: 'Recorded, not counted',
    ended: 'Ended',
  },
  ways: { sms: 'SMS', phone: 'Phone', visit: 'Visit' },
  evidence: {
    contract: 'Work contract',
    insurance: 'Insurance number',
    visit: 'Visit',
    phone: 'Phone call',
    sms: 'Answer to an SMS',
  },
  verbs: {
    register: 'Job registered',
    registerUncounted: 'Job recorded without being counted',
    raisePromise: 'Promise raised',
    verify: 'Job verified',
    dispute: 'Job not borne out',
    confirmAlive: 'Job alive after a year',
    agree: 'Second look: it was true',
    disagree: 'Second look: it was not true',
    end: 'Job ended',
    takeBack: 'Take back the newest step',
  },
  sms: {
    work: 'Karkhaneh has it on record that since {day} you work in the home business of {holder}. Is that true? Answer: {address}',
    alive:
      'Since {day} you work in the home business of {holder}. Do you still work there? Answer: {address}',
    insurance: 'Your insurance is paid until {day}. To keep it, pay by then.',
    saidYes: 'Answered themselves: it is true.',
    saidNo: 'Answered themselves: it is not true.',
  },
  measures: {
    jobs_expected_later: {
      label: 'Jobs promised after the referral',
      definition:
        'People registered beyond their plan’s promise, for whom the promise was raised; they are among the jobs expected, too.',
    },
    jobs_registered: {
      label: 'Jobs registered',
      definition: 'People whose job was registered in the period; each national ID once.',
    },
    jobs_verified: {
      label: 'Jobs verified',
      definition:
        'Registered jobs that somebody other than who registered them found true, by SMS, phone or visit.',
    },
    jobs_alive: {
      label: 'Jobs alive after a year',
      definition: 'Verified jobs that still lived twelve months after they began.',
    },
    jobs_ended: {
      label: 'Jobs ended',
      definition: 'Counted jobs that ended in the period.',
    },
    jobs_uncounted: {
      label: 'Jobs recorded without being counted',
      definition:
        'Jobs on record that count nowhere, because the national ID was counted already or the relation to the plan does not count.',
    },
    jobs_rechecked: {
      label: 'Jobs looked at again',
      definition:
        'Verified jobs that were drawn by chance and looked at by somebody other than their verifier.',
    },
    jobs_disagreed: {
      label: 'Second looks that disagreed',
      definition: 'Jobs looked at again whose verification was not true and was taken back.',
    },
  },
  problems: {
    reason_missing: {
      title: 'The reason is missing.',
      next: 'Say what was wrong; the reason stays in the case’s history.',
    },
    detail_missing: {
      title: 'The evidence is missing.',
      next: 'Write what you saw or heard; the number of a contract or an insurance is evidence too.',
    },
    not_funded: {
      title: 'This case’s plan has no payment yet.',
      next: 'A job is registered after the first payment.',
    },
    future_date: { title: 'The starting date is wrong.', next: 'Check the date: {given}' },
    wrong_day: {
      title: 'That day is wrong.',
      next: 'Give a day after the job was registered or verified, and no later than today.',
    },
    too_young: {
      title: 'This job began less than a year ago.',
      next: 'From {from} on it can be said to be alive.',
    },
    wrong_relation: {
      title: 'The relation to the plan is wrong.',
      next: 'Only the permit holder is “holder”; others are covered or household members.',
    },
    already_at_work: {
      title: 'This national ID has a registered job already.',
      next: 'Each person counts once; see the earlier job. If this one is true as well, record it without being counted.',
    },
    counted_already: {
      title: 'This national ID was counted in this period.',
      next: 'Send it again; the job is recorded without being counted.',
    },
    beyond_promise: {
      title: 'The plan promised {expected} jobs, and all of them are registered.',
      next: 'If more people are at work, say why; the promise is raised and the reason stays.',
    },
    same_person: {
      title: 'You registered or verified this job yourself.',
      next: 'Somebody else takes this step.',
    },
    recheck_open: {
      title: 'This job was drawn for a second look.',
      next: 'First say what the second look found.',
    },
    no_recheck: {
      title: 'This job was not drawn for a second look.',
      next: 'See the drawn jobs on the page of jobs.',
    },
    nobody_to_draw: {
      title: 'There is no newly verified job to draw from.',
      next: 'Each verification is in one draw; come back when there are new ones.',
    },
    ask_open: {
      title: 'This person was asked and has not answered.',
      next: 'Wait for the answer, or call.',
    },
    no_mobile: {
      title: 'There is no mobile number of this person.',
      next: 'Call, or see on a visit.',
    },
    no_ask: {
      title: 'There is no question that waits for your answer.',
      next: 'Reload the page; you may have answered already.',
    },
    wrong_rate: {
      title: 'That insurance rate is wrong.',
      next: 'Choose one of the rates of the list.',
    },
    wrong_number: {
      title: 'The insurance number is wrong.',
      next: 'An insurance number has 8 to 10 digits.',
    },
    stages_out_of_order: {
      title: 'The numbers of this plan’s jobs changed at this very moment.',
      next: 'Reload the page and send again.',
    },
  },
};

export default en;
