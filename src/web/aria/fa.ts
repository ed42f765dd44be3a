/** Persian for React Aria's own labels and announcements, part by part, with the keys its English files have. */
type Formatter = { number(value: number): string };
type Args = Record<string, string | number>;

export const autocomplete = { collectionLabel: 'پیشنهادها' };
export const breadcrumbs = { breadcrumbs: 'مسیر' };
export const calendar = {
  previous: 'قبلی',
  next: 'بعدی',
  selectedDateDescription: (a: Args) => `تاریخ انتخاب‌شده: ${a.date}`,
  selectedRangeDescription: (a: Args) => `بازهٔ انتخاب‌شده: ${a.dateRange}`,
  todayDate: (a: Args) => `امروز، ${a.date}`,
  todayDateSelected: (a: Args) => `امروز، ${a.date}، انتخاب شده`,
  dateSelected: (a: Args) => `${a.date}، انتخاب شده`,
  startRangeSelectionPrompt: 'برای انتخاب آغاز بازه بزنید',
  finishRangeSelectionPrompt: 'برای انتخاب پایان بازه بزنید',
  minimumDate: 'نخستین تاریخ ممکن',
  maximumDate: 'آخرین تاریخ ممکن',
  dateRange: (a: Args) => `${a.startDate} تا ${a.endDate}`,
};
export const combobox = {
  focusAnnouncement: (a: Args) =>
    `${a.optionText}${String(a.isSelected) === 'true' ? '، انتخاب شده' : ''}`,
  countAnnouncement: (a: Args, f: Formatter) => `${f.number(Number(a.optionCount))} گزینه هست.`,
  selectedAnnouncement: (a: Args) => `${a.optionText}، انتخاب شده`,
  buttonLabel: 'نمایش پیشنهادها',
  listboxLabel: 'پیشنهادها',
};
export const datepicker = {
  era: 'دوره',
  year: 'سال',
  month: 'ماه',
  day: 'روز',
  hour: 'ساعت',
  minute: 'دقیقه',
  second: 'ثانیه',
  dayPeriod: 'پیش یا پس از نیمروز',
  calendar: 'تقویم',
  startDate: 'از تاریخ',
  endDate: 'تا تاریخ',
  weekday: 'روز هفته',
  timeZoneName: 'منطقهٔ زمانی',
  selectedDateDescription: (a: Args) => `تاریخ انتخاب‌شده: ${a.date}`,
  selectedRangeDescription: (a: Args) => `بازهٔ انتخاب‌شده: ${a.startDate} تا ${a.endDate}`,
  selectedTimeDescription: (a: Args) => `زمان انتخاب‌شده: ${a.time}`,
};
export const state_datepicker = {
  rangeUnderflow: (a: Args) => `تاریخ باید ${a.minValue} یا پس از آن باشد.`,
  rangeOverflow: (a: Args) => `تاریخ باید ${a.maxValue} یا پیش از آن باشد.`,
  rangeReversed: 'آغاز بازه باید پیش از پایان آن باشد.',
  unavailableDate: 'این تاریخ را نمی‌توان انتخاب کرد.',
};
export const dnd = {
  dragItem: (a: Args) => `کشیدن ${a.itemText}`,
  dragSelectedItems: (a: Args, f: Formatter) => `کشیدن ${f.number(Number(a.count))} مورد انتخاب‌شده`,
  dragDescriptionKeyboard: 'برای آغاز کشیدن Enter را بزنید.',
  dragDescriptionKeyboardAlt: 'برای آغاز کشیدن Alt و Enter را با هم بزنید.',
  dragDescriptionTouch: 'برای آغاز کشیدن دو بار بزنید.',
  dragDescriptionVirtual: 'برای آغاز کشیدن بزنید.',
  dragDescriptionLongPress: 'برای آغاز کشیدن فشار دهید و نگه دارید.',
  dragSelectedKeyboard: (a: Args, f: Formatter) =>
    `برای کشیدن ${f.number(Number(a.count))} مورد Enter را بزنید.`,
  dragSelectedKeyboardAlt: (a: Args, f: Formatter) =>
    `برای کشیدن ${f.number(Number(a.count))} مورد Alt و Enter را با هم بزنید.`,
  dragSelectedLongPress: (a: Args, f: Formatter) =>
    `برای کشیدن ${f.number(Number(a.count))} مورد فشار دهید و نگه دارید.`,
  dragStartedKeyboard:
    'کشیدن آغاز شد. با Tab به محل رها کردن بروید، سپس Enter را بزنید؛ Escape انصراف است.',
  dragStartedTouch: 'کشیدن آغاز شد. به محل رها کردن بروید و دو بار بزنید.',
  dragStartedVirtual: 'کشیدن آغاز شد. به محل رها کردن بروید و بزنید.',
  endDragKeyboard: 'در حال کشیدن. برای انصراف Enter را بزنید.',
  endDragTouch: 'در حال کشیدن. برای انصراف دو بار بزنید.',
  endDragVirtual: 'در حال کشیدن. برای انصراف بزنید.',
  dropDescriptionKeyboard: 'برای رها کردن Enter و برای انصراف Escape را بزنید.',
  dropDescriptionTouch: 'برای رها کردن دو بار بزنید.',
  dropDescriptionVirtual: 'برای رها کردن بزنید.',
  dropCanceled: 'رها کردن لغو شد.',
  dropComplete: 'رها شد.',
  dropIndicator: 'محل رها کردن',
  dropOnRoot: 'رها کردن روی',
  dropOnItem: (a: Args) => `رها کردن روی ${a.itemText}`,
  insertBefore: (a: Args) => `پیش از ${a.itemText}`,
  insertBetween: (a: Args) => `میان ${a.beforeItemText} و ${a.afterItemText}`,
  insertAfter: (a: Args) => `پس از ${a.itemText}`,
};
export const grid = {
  deselectedItem: (a: Args) => `${a.item} از انتخاب درآمد.`,
  select: 'انتخاب',
  selectedCount: (a: Args, f: Formatter) => `${f.number(Number(a.count))} مورد انتخاب شده.`,
  selectedAll: 'همه انتخاب شد.',
  selectedItem: (a: Args) => `${a.item} انتخاب شد.`,
  longPressToSelect: 'برای انتخاب فشار دهید و نگه دارید.',
};
export const menu = {
  longPressMessage: 'برای باز کردن فهرست فشار دهید و نگه دارید، یا Alt و پیکان پایین را بزنید.',
};
export const numberfield = {
  decrease: (a: Args) => `کم کردن ${a.fieldLabel}`,
  increase: (a: Args) => `زیاد کردن ${a.fieldLabel}`,
  numberField: 'خانهٔ عدد',
};
export const overlays = { dismiss: 'بستن' };
export const previewtrigger = { longPressMessage: 'برای پیش‌نمایش فشار دهید و نگه دارید.' };
export const searchfield = { 'Clear search': 'پاک کردن جستجو' };
export const spinbutton = { Empty: 'خالی' };
export const steplist = { steplist: 'گام‌ها' };
export const table = {
  select: 'انتخاب',
  selectAll: 'انتخاب همه',
  sortable: 'ستون مرتب‌شدنی',
  ascending: 'صعودی',
  descending: 'نزولی',
  ascendingSort: (a: Args) => `به ترتیب صعودی ${a.columnName}`,
  descendingSort: (a: Args) => `به ترتیب نزولی ${a.columnName}`,
  columnSize: (a: Args) => `${a.value} پیکسل`,
  resizerDescription: 'برای تغییر اندازه Enter را بزنید.',
  expand: 'باز کردن',
  collapse: 'بستن',
};
export const tag = {
  removeDescription: 'برای برداشتن Delete را بزنید.',
  removeButtonLabel: 'برداشتن',
};
export const toast = {
  close: 'بستن',
  notifications: (a: Args, f: Formatter) => `${f.number(Number(a.count))} پیام.`,
};
export const tree = { expand: 'باز کردن', collapse: 'بستن' };
export const components = {
  selectPlaceholder: 'انتخاب کنید',
  tableResizer: 'تغییر اندازه',
  dropzoneLabel: 'محل رها کردن پرونده',
  colorSwatchPicker: 'نمونهٔ رنگ‌ها',
};
