/** The words of committees, their agendas and minutes. */
const fa = {
  words: {
    sittingVerdicts: { approved: 'تصویب', deferred: 'تعویق', refused: 'رد' },
    agenda: {
      county: 'دستور جلسه کارگروه شهرستان {place}',
      technical: 'دستور جلسه کمیته فنی استان {place}',
      meets: 'روز جلسه',
    },
    minutes: {
      county: 'صورت‌جلسه کارگروه شهرستان {place}',
      technical: 'صورت‌جلسه کمیته فنی استان {place}',
      number: 'شماره {number}',
      row: 'ردیف',
      name: 'نام',
      permit: 'شماره مجوز',
      occupation: 'رشته',
      verdict: 'تصمیم',
      members: 'امضای اعضا',
      demonstration: 'نمونه نمایشی؛ سند نیست',
    },
  },
  problems: {
    sitting_incomplete: {
      title: 'صورت‌جلسه کامل نیست.',
      next: 'اعضا، روز جلسه، شهرستانِ کارگروه و دلیلِ هر رد یا تعویق را بنویسید.',
    },
    agenda_incomplete: {
      title: 'دستور جلسه کامل نیست.',
      next: 'روز جلسه امروز یا پس از آن باشد، شهرستانِ کارگروه برگزیده شود و هر پرونده یک بار بیاید.',
    },
    on_another_agenda: {
      title: '{count} پرونده در دستور جلسه دیگری است.',
      next: 'آن جلسه را ثبت یا لغو کنید، یا این پرونده‌ها را برندارید.',
    },
    not_on_agenda: {
      title: '{count} پرونده در دستور این جلسه نیست.',
      next: 'تنها پرونده‌های آماده معرفی، و در کارگروه شهرستان تنها پرونده‌های همان شهرستان، در دستورند.',
    },
    committee_missing: {
      title: 'کارگروه یا کمیته فنی هنوز این پرونده را تصویب نکرده است.',
      next: 'نخست در جلسه تصویب شود.',
    },
    committee_against: {
      title: 'کارگروه یا کمیته فنی این پرونده را رد کرده یا به تعویق انداخته است.',
      next: 'دلیل در صورت‌جلسه است؛ جلسه دیگری می‌تواند از نو تصمیم بگیرد.',
    },
  },
};

export type CommitteeWords = typeof fa;

export default fa;
