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
  paper: {
    law: 'Under the law on organising and supporting home businesses, passed 1389-02-22',
    title: 'Home business permit',
    number: 'Permit number',
    name: 'Holder',
    nationalId: 'National ID',
    kind: 'Kind',
    occupation: 'Occupation',
    place: 'County',
    placeOf: '{county}, {province}',
    address: 'Address',
    agency: 'Executive agency',
    issuedOn: 'Issued on',
    validUntil: 'Valid until the end of',
    conditions: 'Conditions',
    noConditions: 'No conditions besides those of the law.',
    signatures: 'Approved by',
    byRule: 'The system, by rule of law',
    check: 'Check this permit here',
    hash: 'Chain of the case',
    version: 'Version {version}, from {day}',
    printedOn: 'Printed on {day}',
    demonstration: 'A demonstration, not valid',
    stamp: {
      suspended: 'Suspended',
      expired: 'Expired',
      revoked: 'Revoked',
      ended: 'Ended',
    },
  },
  sms: {
    submitted:
      'Your application for a home business permit in {occupation} is in. The agency answers by {day}.',
    returned:
      'Your application in {occupation} needs correcting. Sign in and correct what is asked by {day}.',
    corrected:
      'Your corrections in {occupation} are in and the agency has the application again. It answers by {day}.',
    withdrawn:
      'Your application in {occupation} is withdrawn, as you asked. You can apply again at any time.',
    signed:
      'The agency approved your application in {occupation}. The directorate gives the second signature by {day}.',
    asked:
      'A clearing body has been asked about your application in {occupation}. You need do nothing.',
    cleared: 'Your application in {occupation} has been cleared and is back with the agency.',
    denied:
      'The clearing body did not agree to your application in {occupation}. The agency has it again and decides.',
    refused:
      'Your application in {occupation} was refused. Unmet or missing: {conditions} If you disagree, object online.',
    issued: 'Your home business permit in {occupation} has been issued. Permit number: {number}',
    provisional:
      'Your provisional permit in {occupation} has been issued, valid until {until}. Permit number: {number}',
    confirmed: 'Your permit {number} has been confirmed and is valid until {until}.',
    objected:
      'Your objection in {occupation} is in. Somebody other than who refused decides by {day}.',
    upheld:
      'Your objection in {occupation} was reviewed and the refusal stands. The reason is online.',
    overturned:
      'Your objection in {occupation} was accepted; the agency looks at your application again.',
    suspended: 'Your permit {number} is suspended. The reason is in your case.',
    reinstated: 'Your permit {number} is reinstated; it is valid until {until}.',
    changed: 'Your permit {number} has changed. The new version is in your case.',
    renewalAsked: 'You have asked to renew your permit {number}. The agency answers by {day}.',
    renewalSigned:
      'The agency approved the renewal of your permit {number}. It is with the directorate for the second signature.',
    renewed: 'Your permit {number} is renewed and valid until {until}.',
    renewalRefused:
      'The renewal of your permit {number} was refused. The reason and the number of the condition are in your case.',
    expired: 'Your permit {number} has expired. You can ask to renew it.',
    revoked: 'Your permit {number} is revoked. The reason is in your case.',
    renewal:
      'Your home business permit {number} is valid until {day}. You can ask for its renewal from today.',
  },
  problems: {
    item_unknown: {
      title: 'One of the items to correct is incomplete.',
      next: 'Choose the document or the part of the form for each, and say what is wrong with it.',
    },
    field_not_asked: {
      title: 'You were not asked for this part of the form.',
      next: 'Correct only the parts that the officer named.',
    },
    same_decider: {
      title: 'An objection is decided by somebody other than who refused.',
      next: 'Leave it to a colleague.',
    },
    appeal_over: {
      title: 'The time to object is over.',
      next: 'It was possible until {until}; a new application can be made.',
    },
    clearance_missing: {
      title: 'A clearing body has not said yes yet.',
      next: 'Ask for clearance first; the signature can be given after the yes.',
    },
    no_clearance_needed: {
      title: 'No more clearance is needed for this occupation.',
      next: 'Decide about the application.',
    },
    not_asked: {
      title: 'Your body has no open question about this case.',
      next: 'An earlier answer is shown on the case.',
    },
    not_provisional: {
      title: 'This permit is not provisional.',
      next: 'Only a provisional permit is confirmed after examination.',
    },
    change_missing: {
      title: 'You did not say what is to change.',
      next: 'Give the new address or occupation; it has to differ from the present one.',
    },
    needs_new_application: {
      title: 'This occupation needs a new application.',
      next: 'A permit passes only to an occupation of the same agency that needs no new clearance.',
    },
    too_early_to_renew: {
      title: 'It is too early to renew.',
      next: 'Renewal can be asked for from {from} on.',
    },
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
    claimed: {
      title: 'A colleague is working on this case now.',
      next: 'Take the next case, or let your colleague finish.',
    },
    not_waiting: {
      title: 'This case is not in your queue.',
      next: 'Refresh the queue; a colleague may have moved it on.',
    },
    batch_blocked: {
      title: '{blocked} of these cases do not pass, and nothing was done.',
      next: 'Look at the list again, leave those out and send the rest anew.',
    },
    not_alike: {
      title: 'These two cases share neither person nor address nor telephone.',
      next: 'Choose from the list of like cases.',
    },
    duplicate_decided: {
      title: 'These two cases have been decided about before.',
      next: 'If that decision is wrong, take it back first, with the reason.',
    },
    identity_missing: {
      title: 'Say who you are before you apply.',
      next: 'Give your national ID, name and birth date; once is enough.',
    },
    identity_differs: {
      title: 'Your details are not as the civil registry has them.',
      next: 'Correct name and birth date from your ID card, or go to a counter.',
    },
    draft_changed: {
      title: 'This application was changed on another device.',
      next: 'You had version {given}, now it is {record}. Look at the new answers, then save; what you typed is not lost.',
    },
    draft_closed: {
      title: 'This application was sent or put away.',
      next: 'See it on the page “My work”.',
    },
    draft_incomplete: {
      title: 'The application is not complete yet.',
      next: 'Complete the parts shown and send it again.',
    },
    document_too_large: {
      title: 'This file is larger than 5 megabytes.',
      next: 'Take a new photo of lower quality.',
    },
    document_type: {
      title: 'This kind of file is not accepted.',
      next: 'Send a photo (JPEG or PNG) or a PDF.',
    },
    upload_gap: {
      title: 'A part of the file has not arrived yet.',
      next: 'Sending goes on from byte {wanted}.',
    },
    same_signer: {
      title: 'The two signatures have to be by two people.',
      next: 'Ask a colleague for the second signature.',
    },
  },
};

export default en;
