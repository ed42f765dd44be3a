/** The words of a loan's schedule. */
const loanFa = {
  loanVerb: {
    repay: 'بازپرداخت',
    recover: 'وصول بدهی',
    reschedule: 'تقسیط دوباره',
    recallLoan: 'حال شدن بدهی',
    recordDeath: 'ثبت درگذشت تسهیلات‌گیرنده',
    settle: 'تسویه',
  },
  loan: {
    title: 'بازپرداخت',
    next: 'قسط بعدی',
    nextWords: '{amount} تومان تا {day}',
    overdue: 'عقب‌افتاده',
    overdueWords: '{amount} تومان، {days} روز از سررسید گذشته',
    left: 'مانده اصل',
    settlement: 'مبلغ تسویه در امروز',
    schedule: 'جدول اقساط',
    count: '{count, plural, other {# قسط}}',
    line: 'قسط {number}',
    early: 'بازپرداخت زودتر از موعد',
    parts: 'اصل {principal}، کارمزد {fee}',
    state: {
      running: 'در بازپرداخت',
      fallen_due: 'بدهی حال‌شده',
      settled: 'تسویه‌شده',
    },
    lineState: {
      paid: 'پرداخت‌شده',
      late: 'عقب‌افتاده',
      next: 'قسط بعدی',
      coming: 'نرسیده',
    },
  },
};

export default loanFa;
