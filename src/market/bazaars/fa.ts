/** The words of bazaars, fairs and market days. */
const fa = {
  verbs: {
    listFairs: 'دیدن نمایشگاه‌ها و بازارچه‌ها',
    showFair: 'دیدن یک نمایشگاه',
    announceFair: 'اعلام نمایشگاه',
    drawStalls: 'تخصیص غرفه‌ها',
    closeFair: 'پایان نمایشگاه',
    cancelFair: 'لغو نمایشگاه',
    showMyFairs: 'دیدن نمایشگاه‌های خود',
    applyForStall: 'درخواست غرفهٔ نمایشگاه',
    scoreApplication: 'امتیاز دادن به درخواست غرفه',
    allotStall: 'گرفتن غرفهٔ نمایشگاه',
    waitForStall: 'ماندن در نوبت غرفه',
    withdrawApplication: 'پس‌گرفتن درخواست غرفه',
    attendFair: 'حضور در نمایشگاه',
    missFair: 'غیبت در نمایشگاه',
    reportSales: 'گزارش فروش نمایشگاه',
    takeBackSales: 'پس‌گرفتن گزارش فروش',
    callOff: 'لغو به سبب لغو نمایشگاه',
  },
  fairKinds: { bazaar: 'بازارچه', fair: 'نمایشگاه', market_day: 'روزبازار' },
  fairStates: {
    announced: 'درخواست می‌پذیرد',
    drawn: 'غرفه‌ها واگذار شد',
    held: 'برگزار شد',
    cancelled: 'لغو شد',
  },
  criteria: {
    home_made: 'ساخت خانه',
    quality: 'کیفیت',
    production: 'تولیدمحوری',
    packaging: 'بسته‌بندی',
    local: 'بومی بودن',
    newcomer: 'تازه‌واردی',
  },
  measures: {
    stalls_allotted: {
      label: 'غرفه‌های واگذارشده',
      definition: 'شمار غرفه‌هایی که در دوره در نمایشگاه‌ها و بازارچه‌ها به صاحبان مجوز رسیده است.',
    },
    fair_sales: {
      label: 'فروش در نمایشگاه‌ها',
      definition: 'فروشی که غرفه‌داران در دوره از نمایشگاه‌ها و بازارچه‌ها گزارش کرده‌اند.',
    },
  },
  sms: {
    allotted:
      'کارخانه: در «{fair}» غرفهٔ {place} ({stall}) از آنِ شماست، از {day}. اجاره: {fee} تومان. اگر نمی‌آیید از صفحهٔ خود پس بدهید.',
    waiting:
      'کارخانه: در «{fair}» غرفه‌ها پر شد؛ شما نفر {rank} نوبت هستید. با خالی شدن غرفه خبر می‌گیرید.',
    calledOff: 'کارخانه: «{fair}» که از {day} بود برگزار نمی‌شود.',
  },
  problems: {
    weights_wrong: {
      title: 'وزن معیارها روی هم صد نمی‌شود: {sum}',
      next: 'وزن هر معیار عددی درست است و جمع همه صد.',
    },
    marks_wrong: {
      title: 'امتیازها کامل یا درست نیست.',
      next: 'به هر معیار این نمایشگاه از صفر تا ده امتیاز بدهید.',
    },
    fair_days_wrong: {
      title: 'روزهای نمایشگاه درست نیست.',
      next: 'پایان درخواست پیش از آغاز نمایشگاه و نه در گذشته است؛ پایان نمایشگاه پیش از آغازش نیست.',
    },
    no_such_stall: {
      title: 'این نمایشگاه چنین غرفه‌ای ندارد.',
      next: 'یکی از غرفه‌های همین نمایشگاه را برگزینید.',
    },
    applications_over: {
      title: 'مهلت درخواست غرفه گذشته است.',
      next: 'نمایشگاه‌های دیگر را ببینید.',
    },
    applications_open: {
      title: 'هنوز مهلت درخواست نگذشته است: {until}',
      next: 'غرفه‌ها پس از پایان مهلت واگذار می‌شود.',
    },
    applied_already: {
      title: 'این مجوز برای همین نمایشگاه درخواستی دارد.',
      next: 'برای غرفهٔ دیگری، نخست درخواست پیشین را پس بگیرید.',
    },
    not_all_scored: {
      title: 'به {count} درخواست هنوز امتیاز داده نشده است.',
      next: 'نخست به همه امتیاز بدهید.',
    },
    fair_not_begun: {
      title: 'نمایشگاه هنوز آغاز نشده است.',
      next: 'حضور از روز آغاز ثبت می‌شود و پایان پس از روز آخر.',
    },
  },
};

export type BazaarWords = typeof fa;
export default fa;
