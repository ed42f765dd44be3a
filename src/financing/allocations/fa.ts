/** The words of allocations, their ceilings and quotas. */
const fa = {
  problems: {
    over_second_loans: {
      title: 'سهم تسهیلات بار دوم این دستگاه پر شده است.',
      next: 'مانده: {leftRial} ریال؛ خواسته‌شده: {givenRial} ریال. مبلغ را کم کنید یا منتظر اعتبار بعدی بمانید.',
    },
    over_approved_cap: {
      title: 'سهم تسهیلات با سقف رشته‌های مصوب در این دستگاه پر شده است.',
      next: 'مانده: {leftRial} ریال؛ خواسته‌شده: {givenRial} ریال. تا سقف انفرادی می‌توان معرفی کرد.',
    },
    over_ceiling: {
      title: 'اعتبار {ceiling} برای این طرح بس نیست.',
      next: 'مانده: {leftRial} ریال؛ خواسته‌شده: {givenRial} ریال. مدیرکل می‌تواند سهم را بازنگری کند.',
    },
    no_allocation: {
      title: 'برای این خط اعتباری در آن روز تخصیصی ثبت نشده است.',
      next: 'مدیرکل باید نخست تخصیص را ثبت کند: {line}، {day}',
    },
  },
};

export type AllocationWords = typeof fa;

export default fa;
