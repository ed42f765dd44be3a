/** The words of jobs. */
const fa = {
  relations: { holder: 'دارنده مجوز', covered: 'تحت پوشش پشتیبان', household: 'عضو خانوار' },
  verbs: { register: 'ثبت شغل', takeBack: 'پس‌گرفتن آخرین کار' },
  measures: {
    jobs_registered: {
      label: 'شغل‌های ثبت‌شده',
      definition: 'شمار افرادی که در دوره شغلشان ثبت شده است؛ هر کد ملی یک بار.',
    },
  },
  problems: {
    reason_missing: {
      title: 'دلیل را ننوشته‌اید.',
      next: 'بنویسید چه چیز نادرست بود؛ دلیل در تاریخچه پرونده می‌ماند.',
    },
    not_funded: {
      title: 'طرح این پرونده هنوز پرداختی ندارد.',
      next: 'شغل پس از نخستین پرداخت ثبت می‌شود.',
    },
    future_date: { title: 'تاریخ شروع به کار درست نیست.', next: 'تاریخ را وارسی کنید: {given}' },
    wrong_relation: {
      title: 'نسبت شاغل با طرح درست نیست.',
      next: 'تنها دارنده مجوز خودش «دارنده» است؛ دیگران تحت پوشش یا عضو خانوارند.',
    },
    already_at_work: {
      title: 'این کد ملی هم‌اکنون شغلی ثبت‌شده دارد.',
      next: 'هر شخص یک بار شمرده می‌شود؛ شغل پیشین را ببینید.',
    },
  },
};

export type EmploymentWords = typeof fa;
export default fa;
