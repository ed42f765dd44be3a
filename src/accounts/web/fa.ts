/** The words of the sign-in page. */
const fa = {
  title: 'ورود به سامانه',
  who: 'چگونه وارد می‌شوید؟',
  staff: 'کارکنان',
  citizen: 'متقاضیان',
  username: 'نام کاربری',
  password: 'گذرواژه',
  signIn: 'ورود',
  mobile: 'شمارهٔ تلفن همراه',
  mobileHint: 'شماره‌ای که هنگام درخواست داده‌اید. یک کد یک‌بارمصرف به آن پیامک می‌شود.',
  sendCode: 'فرستادن کد',
  code: 'کد پیامک‌شده',
  codeHint: 'کد به شمارهٔ {mobile} فرستاده شد و تا ساعت {time} کار می‌کند.',
  otherMobile: 'شمارهٔ دیگر',
  outbox: 'در این نمونه پیامکی فرستاده نمی‌شود؛ کد در {link} است.',
  outboxName: 'صندوق پیامک‌های نمایشی',
  cast: 'این یک نمونهٔ نمایشی است',
  castHint: 'یکی از این افراد ساختگی را برگزینید و سامانه را از چشم او ببینید.',
  castUsername: 'نام کاربری',
} as const;

export default fa;
