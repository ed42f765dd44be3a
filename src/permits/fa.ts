/** The words of permits: states, verbs, holders, measures and problems. */
const fa = {
  kinds: { independent: 'مستقل', supporter: 'پشتیبان', covered: 'تحت پوشش' },
  states: {
    submitted: 'در بررسی دستگاه',
    clearance: 'در استعلام',
    needs_correction: 'نیازمند اصلاح',
    agency_signed: 'در انتظار امضای دوم',
    issued: 'صادرشده',
    suspended: 'تعلیق‌شده',
    expired: 'منقضی',
    renewal_asked: 'در خواست تمدید',
    renewal_signed: 'تمدید در انتظار امضای دوم',
    refused: 'ردشده',
    objected: 'در رسیدگی به اعتراض',
    upheld: 'رد قطعی',
    withdrawn: 'انصراف',
    revoked: 'لغوشده',
    ended: 'پایان‌یافته',
    void: 'پس‌گرفته',
  },
  holders: {
    agency: 'دستگاه اجرایی',
    clearing: 'مرجع استعلام',
    applicant: 'متقاضی',
    directorate: 'اداره کل',
    bank: 'بانک عامل',
    nobody: 'هیچ‌کس',
  },
  verbs: {
    submit: 'ثبت درخواست',
    enter: 'ورود از دفتر دستگاه',
    returnForCorrection: 'بازگرداندن برای اصلاح',
    askClearance: 'استعلام از مرجع',
    clear: 'پاسخ مثبت استعلام',
    completeClearance: 'پایان استعلام‌ها',
    denyClearance: 'پاسخ منفی استعلام',
    correct: 'اصلاح شد',
    refuse: 'رد درخواست',
    object: 'اعتراض متقاضی',
    uphold: 'تأیید رد در بازنگری',
    overturn: 'پذیرش اعتراض',
    withdraw: 'انصراف متقاضی',
    sign: 'امضای نخست (دستگاه)',
    grant: 'صدور مجوز (امضای دوم)',
    grantAutomatically: 'صدور آنی به حکم ضابطه',
    grantProvisionally: 'صدور موقت',
    grantBySilence: 'صدور با گذشت مهلت قانونی',
    confirm: 'تأیید مجوز موقت',
    changeAddress: 'تغییر نشانی',
    changeOccupation: 'تغییر رشته',
    suspend: 'تعلیق مجوز',
    reinstate: 'رفع تعلیق',
    expire: 'پایان اعتبار',
    askRenewal: 'درخواست تمدید',
    signRenewal: 'امضای نخست تمدید',
    renew: 'تمدید مجوز (امضای دوم)',
    refuseRenewal: 'رد تمدید',
    revoke: 'لغو مجوز',
    end: 'پایان مجوز (فوت دارنده)',
    takeBack: 'پس‌گرفتن آخرین کار',
  },
  measures: {
    applications_submitted: {
      label: 'درخواست‌های ثبت‌شده',
      definition: 'شمار درخواست‌های مجوز که در دوره ثبت شده‌اند.',
    },
    applications_refused: {
      label: 'درخواست‌های ردشده',
      definition: 'شمار درخواست‌هایی که با شماره شرط یا مدرک نداشته رد شده‌اند.',
    },
    permits_issued: {
      label: 'مجوزهای صادرشده',
      definition: 'شمار مجوزهایی که در دوره با هر دو امضا صادر شده یا از دفتر دستگاه وارد شده‌اند.',
    },
    permits_revoked: {
      label: 'مجوزهای لغوشده',
      definition: 'شمار مجوزهایی که در دوره لغو شده‌اند. لغو از شمار صادرشده‌ها نمی‌کاهد.',
    },
  },
  problems: {
    already_open: {
      title: 'این شخص در همین رشته پرونده‌ای باز یا مجوزی دارد.',
      next: 'پرونده موجود را پیدا کنید و همان را پیش ببرید.',
    },
    number_taken: {
      title: 'این شماره مجوز پیش‌تر به پرونده دیگری داده شده است.',
      next: 'شماره را از روی مجوز دوباره بخوانید.',
    },
    future_date: {
      title: 'این تاریخ هنوز نرسیده است.',
      next: 'تاریخ را درست کنید؛ نوشته‌شده: {given}',
    },
    before_last_step: {
      title: 'این تاریخ پیش از آخرین کاری است که روی پرونده شده.',
      next: 'آخرین کار: {record}؛ نوشته‌شده: {given}',
    },
    reason_missing: {
      title: 'دلیل را ننوشته‌اید.',
      next: 'دلیل به متقاضی نشان داده می‌شود؛ روشن بنویسید چه چیز را درست کند.',
    },
    condition_missing: {
      title: 'رد درخواست تنها با شماره شرط یا مدرک نداشته پذیرفته است.',
      next: 'شرط یا مدرک را از فهرست برگزینید؛ دلیل دیگر در قانون اعتبار ندارد.',
    },
    same_signer: {
      title: 'دو امضا باید از دو نفر باشد.',
      next: 'از همکار دیگری بخواهید امضای دوم را بزند.',
    },
  },
};

export type PermitWords = typeof fa;
export default fa;
