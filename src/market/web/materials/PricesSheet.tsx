import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, answer, api } from '../../../web/api.ts';
import { useFormats } from '../../../web/format.ts';
import { Sheet } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { useCounties } from '../counties.ts';
import type { Mine } from './mine.ts';
import { useQuantity, useWords } from './words.ts';

type Material = Mine['materials'][number];

type Cell = Answer<'/api/material-prices'>['items'][number];
const heads = ['month', 'each', 'quantity', 'makers'] as const;

function Table({ items, unit }: { items: readonly Cell[]; unit: string }) {
  const t = useWords();
  const { count, digits, toman } = useFormats();
  const quantity = useQuantity();
  return (
    <div className="overflow-x-auto">
      <table className="table w-full">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" className={head === 'month' ? '' : 'num'}>
                {t(`prices.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((row) => (
            <tr key={row.month}>
              <th scope="row" className="ltr">
                {digits(row.month.replace('-', '/'))}
              </th>
              <td className="num font-semibold">{toman(row.unitRial)}</td>
              <td className="num">{quantity(row.quantity, unit)}</td>
              <td className="num">{count(row.makers)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Prices({ material, county }: { material: Material; county: string }) {
  const t = useWords();
  const query = useQuery({
    queryKey: ['material-prices', material.code, county],
    queryFn: () =>
      answer(
        api.GET('/api/material-prices', { params: { query: { material: material.code, county } } }),
      ),
  });
  return (
    <Loaded query={query} shape="line">
      {({ items }) =>
        items.length === 0 ? (
          <p>{t('prices.none')}</p>
        ) : (
          <Table items={items} unit={material.unit} />
        )
      }
    </Loaded>
  );
}

type Choice = { readonly id: string; readonly name: string };

function Choose({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: readonly Choice[];
  onChange: (value: string) => void;
}) {
  return (
    <label className="block">
      <span className="block font-semibold">{label}</span>
      <select className="field-box" value={value} onChange={({ target }) => onChange(target.value)}>
        {options.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What makers paid for a material, by county, month by month; it begins with what the reader is likely to ask. */
export function PricesSheet({
  materials,
  first,
}: {
  materials: readonly Material[];
  first?: { readonly material?: string | undefined; readonly county?: string | undefined };
}) {
  const t = useWords();
  const counties = useCounties();
  const [code, setCode] = useState(first?.material);
  const [chosen, setChosen] = useState(first?.county);
  const material = materials.find((one) => one.code === code) ?? materials[0];
  const county = chosen ?? counties[0]?.id;
  if (!material || !county) return null;
  const named = materials.map((one) => ({ id: one.code, name: one.name }));
  return (
    <Sheet title={t('prices.title')} id="prices">
      <p className="pb-3 text-soft">{t('prices.about')}</p>
      <div className="grid gap-4 pb-4 sm:grid-cols-2">
        <Choose
          label={t('mine.material')}
          value={material.code}
          options={named}
          onChange={setCode}
        />
        <Choose label={t('prices.county')} value={county} options={counties} onChange={setChosen} />
      </div>
      <Prices material={material} county={county} />
    </Sheet>
  );
}
