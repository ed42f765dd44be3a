/** Supervision's verbs in a case's history. */
const visitsFa = {
  visitVerb: {
    plan: 'برنامه‌ریزی بازدید',
    assign: 'سپردن بازدید',
    pass: 'بازدید: درست بود',
    orderCorrection: 'بازدید: دستور اصلاح',
    findDeviation: 'بازدید: انحراف',
    cancel: 'لغو بازدید',
    askParty: 'خواستن همراهی دستگاه',
    excuseParty: 'معاف کردن دستگاه همراه',
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
};

export default visitsFa;
