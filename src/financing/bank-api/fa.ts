/** The words of the banks' API. */
const fa = {
  problems: {
    wrong_cursor: {
      title: 'این نشان ادامه فهرست نیست.',
      next: 'همان cursor را که در پاسخ پیشین آمده بفرستید، یا از آغاز بخوانید.',
    },
    webhook_not_https: {
      title: 'نشانی رویدادها باید https باشد.',
      next: 'نشانی کاملی بفرستید که با https آغاز شود.',
    },
    webhook_address: {
      title: 'نشانی رویدادها باید در اینترنت همگانی باشد و نام کاربری در آن نباشد.',
      next: 'نامی بفرستید که از بیرون شبکه بانک هم باز شود.',
    },
    not_newest: {
      title: 'این پرونده پس از این معرفی، دوباره معرفی شده است.',
      next: 'معرفی تازه را از فهرست بخوانید و کار را روی آن انجام دهید.',
    },
  },
};

export type BankApiWords = typeof fa;
export default fa;
