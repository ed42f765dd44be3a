/** Supervision's verbs in a case's history. */
const visitsFa = {
  visitVerb: {
    plan: 'برنامه‌ریزی بازدید',
    assign: 'سپردن بازدید',
    pass: 'بازدید: درست بود',
    orderCorrection: 'بازدید: دستور اصلاح',
    findDeviation: 'بازدید: انحراف',
    cancel: 'لغو بازدید',
    takeBack: 'پس‌گرفتن آخرین کار بازدید',
    keepChecklist: 'نسخه تازه پرسش‌نامه',
    hear: 'شنیدن سخن دارنده',
    propose: 'پیشنهاد دستگاه',
    returnProposal: 'بازگرداندن پیشنهاد',
    agree: 'موافقت بانک',
    appeal: 'اعتراض دارنده',
    upholdMeasure: 'نپذیرفتن اعتراض',
    overturnMeasure: 'پذیرفتن اعتراض',
    carryOut: 'انجام تصمیم',
    askOverride: 'درخواست پرداخت بی بازدید',
    grantOverride: 'پذیرفتن پرداخت بی بازدید',
    refuseOverride: 'نپذیرفتن پرداخت بی بازدید',
  },
  jobVerb: {
    register: 'ثبت شغل',
    registerUncounted: 'ثبت شغلی که شمرده نمی‌شود',
    raisePromise: 'افزایش شمار وعده‌داده',
    verify: 'تأیید شغل',
    dispute: 'شغل تأیید نشد',
    confirmAlive: 'شغل پس از یک سال پابرجاست',
    agree: 'بازبینی: درست بود',
    disagree: 'بازبینی: درست نبود',
    end: 'پایان شغل',
    takeBack: 'پس‌گرفتن آخرین کار',
  },
};

export default visitsFa;
