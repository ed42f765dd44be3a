import type { SupervisionWords } from './fa.ts';

const en: SupervisionWords = {
  verbs: {
    plan: 'Visit planned',
    assign: 'Visit assigned',
    pass: 'Visit: all in order',
    orderCorrection: 'Visit: to be put right',
    findDeviation: 'Visit: deviation',
    cancel: 'Visit called off',
    askParty: 'Asking an agency to join',
    excuseParty: 'Excusing an agency',
    takeBack: 'Take back the newest step of a visit',
    keepChecklist: 'A new version of a checklist',
    hear: 'Holder heard',
    propose: 'Agency’s proposal',
    returnProposal: 'Proposal sent back',
    agree: 'Bank agreed',
    appeal: 'Holder’s appeal',
    upholdMeasure: 'Appeal refused',
    overturnMeasure: 'Appeal allowed',
    carryOut: 'Decision carried out',
    askOverride: 'Payment without a visit asked for',
    grantOverride: 'Payment without a visit allowed',
    refuseOverride: 'Payment without a visit refused',
  },
  stages: { before: 'Before the payment', during: 'During the work', after: 'After the payment' },
  channels: { sms: 'SMS', phone: 'Phone', field: 'In the field' },
  states: {
    planned: 'Nobody’s yet',
    assigned: 'To be visited',
    passed: 'In order',
    to_correct: 'To be put right',
    deviation: 'Deviation',
    cancelled: 'Called off',
    void: 'Taken back',
  },
  deviations: {
    used_otherwise: 'Money spent otherwise',
    closed: 'Business closed',
    moved: 'Moved away',
    never_started: 'Never started',
  },
  deviationStates: {
    found: 'Waits for the holder’s word',
    heard: 'Waits for the agency’s proposal',
    proposed: 'Waits for the bank’s agreement',
    decided: 'Decided; may be appealed',
    appealed: 'Appeal being heard',
    upheld: 'Appeal refused',
    overturned: 'Appeal allowed',
    carried_out: 'Carried out',
    void: 'Taken back',
  },
  measures: {
    correct: 'Put right by a day',
    suspend: 'Permit suspended',
    recall: 'Loan recalled',
    bar: 'Barred from loans',
  },
  sms: {
    ask: 'There are a few short questions about your plan. Please answer by {day}: {address}',
  },
  problems: {
    no_ask: {
      title: 'No question waits for your answer.',
      next: 'You may have answered already, or the visit is over.',
    },
    stage_not_due: {
      title: 'This stage of supervision has not come yet, or is over.',
      next: 'Before: a plan at its bank that got no money; during: between two tranches; after: a plan that got money.',
    },
    channel_too_weak: {
      title: 'This channel is not enough for this plan.',
      next: 'Its sum or occupation needs a stronger one: SMS, phone and field, in this order.',
    },
    visit_open: {
      title: 'A visit of this stage is under way for this plan.',
      next: 'Give that visit to somebody else, or call it off.',
    },
    revisit_stands: {
      title: 'The second look at this visit is under way or was made.',
      next: 'Call the second look off, or take it back, first.',
    },
    no_such_assignee: {
      title: 'This person makes no visits, or the account is closed.',
      next: 'Choose one of the province’s experts and inspectors.',
    },
    answers_wrong: {
      title: 'The answers of this visit are incomplete or wrong.',
      next: 'Answer the questions that are marked.',
    },
    form_unreadable: {
      title: 'This file is no XLSForm workbook.',
      next: 'Get the .xlsx from your form tool again and send it.',
    },
    checklist_wrong: {
      title: 'This checklist is not sound.',
      next: 'Each question has an id of its own, a choice has two or more, and a condition names a question before it.',
    },
    wrong_day: {
      title: 'The day of the visit is wrong: {given}',
      next: 'It is not in the future, and not before the last payment.',
    },
    deviation_missing: {
      title: 'The kind of deviation is not clear.',
      next: 'Choose one: spent otherwise, closed, moved or never started.',
    },
    note_missing: {
      title: 'The description is missing.',
      next: 'Say what you saw, or why; it stays in the case’s history.',
    },
    measure_missing: {
      title: 'It is not clear what is proposed.',
      next: 'Choose one: put right, permit suspended, loan recalled, or barred from loans.',
    },
    too_late: { title: 'The time for an appeal is over: {until}', next: 'The decision stands.' },
    appeal_open: {
      title: 'The holder may appeal until {until}.',
      next: 'It is carried out after that day, or once the appeal is decided.',
    },
    nobody_to_draw: {
      title: 'Every paid plan has been seen after its money, or is about to be.',
      next: 'There is nothing to draw from; follow the visits that are under way.',
    },
    no_inspector: {
      title: 'The province has no inspector for visits in the field.',
      next: 'Open accounts for inspectors first.',
    },
    deviation_open: {
      title: 'A deviation of this plan is still being decided about.',
      next: 'Bring that to its end first.',
    },
    deviation_moved: {
      title: 'This deviation is being decided about.',
      next: 'A finding that somebody was heard about, or that was decided on, is not taken back.',
    },
    two_people: {
      title: 'Whoever asked for it cannot allow it.',
      next: 'A payment without a visit takes two people: one asks and another decides.',
    },
    override_open: {
      title: 'A request for this tranche is there already.',
      next: 'See what was decided about it.',
    },
    device_foreign: {
      title: 'This phone is enrolled under somebody else’s name.',
      next: 'Sign in as its owner, or enrol the phone anew under your own name.',
    },
    device_revoked: {
      title: 'This phone has been revoked.',
      next: 'Enrol another; what had been received until then is kept.',
    },
    photo_gap: {
      title: 'A piece of the photo before this one has not come.',
      next: 'Go on from byte {wanted}.',
    },
    photo_missing: {
      title: 'A photo that an answer names did not come with this visit.',
      next: 'Take the photo again and correct the visit.',
    },
    photo_refused: {
      title: 'A photo of this visit was refused.',
      next: 'The visit is kept; somebody decides with both sides in view.',
    },
    record_changed: {
      title: 'This record came before with another content.',
      next: 'Both are kept; somebody decides with both in view.',
    },
    number_taken: {
      title: 'The number of this record was used before on this phone.',
      next: 'Both are kept; somebody decides with both in view.',
    },
    base_moved: {
      title: 'The office changed this visit after it was put on the phone.',
      next: 'See both sides and choose one.',
    },
    not_assigned: {
      title: 'This visit is no longer assigned to this person.',
      next: 'See both sides and choose one.',
    },
    visit_unknown: {
      title: 'The visit or the case of this record was not found.',
      next: 'Check the code of the case; what was recorded is kept.',
    },
    party_wrong: {
      title: 'That agency cannot join this visit.',
      next: 'For a visit in the field choose another executive agency than the case’s own.',
    },
    party_asked: {
      title: 'That agency was asked to join already.',
      next: 'See the agencies that join this visit.',
    },
    party_unsigned: {
      title: 'Not every agency that joins has signed.',
      next: 'Take the signature of each agency’s person, or have the office excuse it with a reason.',
    },
    checklist_unknown: {
      title: 'The checklist of this record was not found.',
      next: 'Bring the phone up to date; what was recorded is kept.',
    },
  },
};

export default en;
