import type { PermitWords } from './fa.ts';

const en: PermitWords = {
  kinds: { independent: 'Independent', supporter: 'Supporter', covered: 'Covered' },
  states: {
    submitted: 'With the agency',
    clearance: 'Waiting for clearance',
    needs_correction: 'Needs correction',
    agency_signed: 'Waiting for the second signature',
    issued: 'Issued',
    suspended: 'Suspended',
    expired: 'Expired',
    renewal_asked: 'Renewal asked for',
    renewal_signed: 'Renewal waiting for the second signature',
    refused: 'Refused',
    objected: 'Objection under review',
    upheld: 'Refusal upheld',
    withdrawn: 'Withdrawn',
    revoked: 'Revoked',
    ended: 'Ended',
    void: 'Void',
  },
  holders: {
    agency: 'Executive agency',
    clearing: 'Clearing body',
    applicant: 'Applicant',
    directorate: 'Directorate',
    bank: 'Agent bank',
    nobody: 'Nobody',
  },
  verbs: {
    submit: 'Application submitted',
    enter: 'Entered from the agency’s register',
    returnForCorrection: 'Returned for correction',
    askClearance: 'Clearance asked for',
    clear: 'Cleared by one body',
    completeClearance: 'All clearances in',
    denyClearance: 'Clearance denied',
    correct: 'Corrected',
    refuse: 'Refused',
    object: 'Objection by the applicant',
    uphold: 'Refusal upheld on review',
    overturn: 'Objection accepted',
    withdraw: 'Withdrawn by the applicant',
    sign: 'First signature (agency)',
    grant: 'Permit issued (second signature)',
    grantAutomatically: 'Issued at once by rule',
    grantProvisionally: 'Issued provisionally',
    grantBySilence: 'Issued by silence past the legal limit',
    confirm: 'Provisional permit confirmed',
    changeAddress: 'Address changed',
    changeOccupation: 'Occupation changed',
    suspend: 'Permit suspended',
    reinstate: 'Permit reinstated',
    expire: 'Permit expired',
    askRenewal: 'Renewal asked for',
    signRenewal: 'First signature on the renewal',
    renew: 'Permit renewed (second signature)',
    refuseRenewal: 'Renewal refused',
    revoke: 'Permit revoked',
    end: 'Permit ended (holder’s death)',
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
