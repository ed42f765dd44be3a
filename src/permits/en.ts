import type { PermitWords } from './fa.ts';

const en: PermitWords = {
  kinds: { independent: 'Independent', supporter: 'Supporter', covered: 'Covered' },
  states: {
    submitted: 'With the agency',
    needs_correction: 'Needs correction',
    agency_signed: 'Waiting for the second signature',
    issued: 'Issued',
    refused: 'Refused',
    withdrawn: 'Withdrawn',
    revoked: 'Revoked',
    void: 'Void',
  },
  holders: {
    agency: 'Executive agency',
    applicant: 'Applicant',
    directorate: 'Directorate',
    bank: 'Agent bank',
    nobody: 'Nobody',
  },
  verbs: {
    submit: 'Application submitted',
    enter: 'Entered from the agency’s register',
    returnForCorrection: 'Returned for correction',
    correct: 'Corrected',
    refuse: 'Refused',
    withdraw: 'Withdrawn by the applicant',
    sign: 'First signature (agency)',
    grant: 'Permit issued (second signature)',
    revoke: 'Permit revoked',
    takeBack: 'Take back the newest step',
  },
  measures: {
    applications_submitted: {
      label: 'Applications submitted',
      definition: 'Applications for a permit submitted in the period.',
    },
    applications_refused: {
      label: 'Applications refused',
      definition: 'Applications refused by the number of an unmet condition or missing document.',
    },
    permits_issued: {
      label: 'Permits issued',
      definition:
        'Permits issued in the period with both signatures, or entered from an agency’s register.',
    },
    permits_revoked: {
      label: 'Permits revoked',
      definition: 'Permits revoked in the period. A revocation does not un-issue a permit.',
    },
  },
  problems: {
    already_open: {
      title: 'This person has an open case or a permit in this occupation.',
      next: 'Find the existing case and go on with that.',
    },
    number_taken: {
      title: 'This permit number belongs to another case.',
      next: 'Read the number from the permit again.',
    },
    future_date: { title: 'This date has not come yet.', next: 'Correct the date; given: {given}' },
    before_last_step: {
      title: 'This date is before the last step on the case.',
      next: 'Last step: {record}; given: {given}',
    },
    reason_missing: {
      title: 'The reason is missing.',
      next: 'The applicant reads it; say plainly what to correct.',
    },
    condition_missing: {
      title: 'A refusal needs the number of an unmet condition or missing document.',
      next: 'Choose it from the list; other reasons are void by law.',
    },
    same_signer: {
      title: 'The two signatures have to be by two people.',
      next: 'Ask a colleague for the second signature.',
    },
  },
};

export default en;
