import type { CommitteeWords } from './fa.ts';

/** The words of committees, their agendas and minutes. */
const en: CommitteeWords = {
  words: {
    sittingVerdicts: { approved: 'Approved', deferred: 'Deferred', refused: 'Refused' },
    agenda: {
      county: 'Agenda of the working group of {place}',
      technical: 'Agenda of the technical committee of {place}',
      meets: 'Day of the sitting',
    },
    minutes: {
      county: 'Minutes of the working group of {place}',
      technical: 'Minutes of the technical committee of {place}',
      number: 'Number {number}',
      row: 'Row',
      name: 'Name',
      permit: 'Permit number',
      occupation: 'Occupation',
      verdict: 'Decision',
      members: 'Signatures of the members',
      demonstration: 'Demonstration; no document',
    },
  },
  problems: {
    sitting_incomplete: {
      title: 'The record of the sitting is not complete.',
      next: 'Give members, day, the group’s county, and the reason of each refusal or deferral.',
    },
    agenda_incomplete: {
      title: 'The agenda is not complete.',
      next: 'The day is today or later, a working group has its county, and each case comes once.',
    },
    on_another_agenda: {
      title: '{count} cases are on the agenda of another sitting.',
      next: 'Record or drop that sitting, or leave these cases out.',
    },
    not_on_agenda: {
      title: '{count} cases are not on this sitting’s agenda.',
      next: 'Only cases ready to be referred are, and a county’s group decides about its county’s alone.',
    },
    committee_missing: {
      title: 'Working group or technical committee has not approved this case yet.',
      next: 'It has to be approved in a sitting first.',
    },
    committee_against: {
      title: 'Working group or technical committee refused or deferred this case.',
      next: 'The reason is in the minutes; another sitting can decide anew.',
    },
  },
};

export default en;
