import { type FormEvent, useState } from 'react';
import { parseJalali } from '../../kit/jalali.ts';
import { TextField } from '../../web/form/Form.tsx';
import { useFormats } from '../../web/format.ts';
import { useToday } from '../../web/session.ts';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { buttonClass } from '../../web/ui/Button.tsx';
import { DayField } from './ActForm.tsx';
import { useWords } from './words.ts';

/** The label of a food, of the day it was made and with what is in the package. */
export function LabelSheet({ product }: { product: string }) {
  const t = useWords();
  const { day } = useFormats();
  const today = useToday();
  const [typed, setTyped] = useState({ madeOn: day(today, 'short'), weight: '' });
  const take = (event: FormEvent<HTMLDivElement>) => {
    const { name, value } = event.target as HTMLInputElement;
    setTyped((before) => ({ ...before, [name]: value }));
  };
  const madeOn = parseJalali(typed.madeOn);
  const query = new URLSearchParams({ madeOn: madeOn ?? '', weight: typed.weight.trim() });
  const href = `/api/products/${product}/label?${query}`;
  return (
    <Sheet title={t('product.labelTitle')} id="label">
      <div className="grid gap-4" onChange={take}>
        <p className="text-soft">{t('product.labelHint')}</p>
        <div className="grid gap-4 sm:grid-cols-2">
          <DayField name="madeOn" label={t('product.madeOn')} />
          <TextField
            name="weight"
            label={t('product.weight')}
            hint={t('product.weightHint')}
            maxLength={40}
            optional
          />
        </div>
        <p role="status">
          {madeOn ? (
            <a className={buttonClass('secondary')} href={href}>
              {t('product.label')}
            </a>
          ) : (
            <b className="text-stopped">{t('product.wrongDay')}</b>
          )}
        </p>
      </div>
    </Sheet>
  );
}
