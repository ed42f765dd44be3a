/** What people under a supporter are told by SMS, and what they are told of what they wrote. */
const fa = {
  offered:
    '{supporter} برای شما قراردادی فرستاده است. آن را بخوانید و اگر می‌پذیرید امضا کنید: {address}',
  reopened:
    'پشتیبان شما ({supporter}) به تعهدش عمل نکرده است. می‌توانید پشتیبان دیگری برگزینید: {address}',
  paid: '{supporter} گفته است {amount} تومان کارمزد به شما پرداخته است. بگویید رسیده یا نه: {address}',
  asked:
    '{supporter} گفته است {amount} تومان کارمزد به شما پرداخته است. پاسخ را پیامک کنید: «۱ {number}» رسید، «۲ {number}» نرسید، «۳ {number} مبلغ» مبلغ دیگری رسید (به تومان). یا: {address}',
  heard: {
    came: 'ثبت شد: {amount} تومان از {supporter} رسیده است.',
    not_came: 'ثبت شد: {amount} تومان از {supporter} نرسیده است. اداره پیگیری می‌کند.',
    other_sum:
      'ثبت شد: {supporter} به جای {amount} تومان، {given} تومان پرداخته است. اداره پیگیری می‌کند.',
    answered: 'پاسخ این پرداخت پیش‌تر ثبت شده است.',
    takenBack: 'این پرداخت پس گرفته شده است و پاسخی نمی‌خواهد.',
    unread:
      'پیامتان خوانده نشد. تنها عدد بنویسید: «۱» و شمارهٔ چهاررقمی پیامک پرداخت یعنی رسید، «۲» و همان شماره یعنی نرسید، «۳» و همان شماره و مبلغ به تومان یعنی مبلغ دیگری رسید.',
  },
};

export type SmsWords = typeof fa;
export default fa;
