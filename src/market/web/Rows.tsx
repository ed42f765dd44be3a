import { type ReactNode, useState } from 'react';
import type { Values } from '../../web/form/Form.tsx';
import { Button } from '../../web/ui/Button.tsx';
import { useWords } from './words.ts';

/** The numbers of the rows in which a field was filled in, in their order; a field of row 2 is called `name2`. */
export function rowsOf(values: Values, name: string): number[] {
  return Object.entries(values)
    .flatMap(([key, value]) => {
      const number = key.startsWith(name) ? key.slice(name.length) : '';
      return /^[0-9]+$/.test(number) && value.trim() !== '' ? [Number(number)] : [];
    })
    .sort((one, other) => one - other);
}

type RowsProps = {
  readonly legend: string;
  /** How many there may be. */
  readonly most: number;
  readonly add: string;
  /** The fields of a row, by its number. */
  readonly children: (number: number) => ReactNode;
};

/** Fields that a form has as often as somebody needs them, once at least. */
export function Rows({ legend, most, add, children }: RowsProps) {
  const t = useWords();
  const [numbers, setNumbers] = useState<readonly number[]>([1]);
  const remove = (number: number) => setNumbers((all) => all.filter((one) => one !== number));
  return (
    <fieldset className="grid gap-4">
      <legend className="pb-2 font-semibold">{legend}</legend>
      {numbers.map((number, at) => (
        <div key={number} className="grid gap-3 border-s-2 border-line ps-3">
          {children(number)}
          {at === 0 ? null : (
            <div>
              <Button look="quiet" compact onPress={() => remove(number)}>
                {t('rows.remove')}
              </Button>
            </div>
          )}
        </div>
      ))}
      {numbers.length < most ? (
        <div>
          <Button
            look="secondary"
            compact
            onPress={() => setNumbers((all) => [...all, Math.max(...all) + 1])}
          >
            {add}
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}
