import { formatJalali, type IsoDate, isIsoDate, parseJalali } from '../../kit/jalali.ts';
import { TextField, type Values } from '../../web/form/Form.tsx';
import { useLang } from '../../web/locale.tsx';
import { refusedHere } from '../../web/problem.ts';
import { useToday } from '../../web/session.ts';
import { useWords } from './words.ts';

/** A day as it is typed, Jalali; today unless another is typed. */
export function DayField({ name, label, first }: { name: string; label: string; first?: string }) {
  const t = useWords();
  const lang = useLang();
  const today = useToday();
  const day = (first && isIsoDate(first) ? first : today) as IsoDate;
  return (
    <TextField
      name={name}
      label={label}
      hint={t('form.dayHint')}
      defaultValue={formatJalali(day, lang, 'short')}
      maxLength={20}
      ltr
    />
  );
}

/** The typed day in ISO. @throws what a form shows beside the field, when it is no day */
export function dayIn(values: Values, name: string, wrong: string): IsoDate {
  const iso = parseJalali(values[name] ?? '');
  if (!iso) throw refusedHere(wrong, { field: name });
  return iso;
}
