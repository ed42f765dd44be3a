/** The words of requests that several makers fill together. */
const fa = {
  verbs: {
    askMakers: 'خواستن از چند سازنده',
    acceptPledges: 'پذیرفتن پیشنهادها',
    cancelRequest: 'پس‌گرفتن درخواست',
  },
  sms: {
    asked: 'کارخانه: خریداری تعداد زیادی «{title}» می‌خواهد. سهم خود را در «غرفهٔ من» پیشنهاد دهید.',
  },
  problems: {
    request_over: {
      title: 'این درخواست دیگر پیشنهاد نمی‌پذیرد.',
      next: 'درخواست‌های باز دیگر را ببینید.',
    },
    pledged_already: {
      title: 'این غرفه برای همین درخواست پیشنهادی دارد.',
      next: 'نخست پیشنهاد پیشین را پس بگیرید.',
    },
    pledge_gone: {
      title: 'این پیشنهاد دیگر برجا نیست.',
      next: 'صفحه را تازه کنید و از پیشنهادهای مانده برگزینید.',
    },
    dearer_than_asked: {
      title: 'این از بیشترین قیمتی که خواسته شده گران‌تر است.',
      next: 'قیمت هر واحد را تا همان اندازه پایین بیاورید.',
    },
    later_than_asked: {
      title: 'این دیرتر از روزی است که خواسته شده: {day}',
      next: 'روز نزدیک‌تری بنویسید، یا مقدار کمتری پیشنهاد دهید که تا آن روز آماده شود.',
    },
    more_than_pledged: {
      title: 'این بیش از چیزی است که سازنده پیشنهاد داده.',
      next: 'از هر پیشنهاد یک بار و تا همان مقدار بپذیرید.',
    },
    more_than_asked: {
      title: 'روی هم از {asked} که خواسته‌اید بیشتر شد.',
      next: 'از یکی از پیشنهادها کمتر بپذیرید.',
    },
  },
};

export type RequestWords = typeof fa;
export default fa;
