import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, answer, api } from '../../../web/api.ts';
import { useFormats } from '../../../web/format.ts';
import { Sheet } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
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

/** What makers of one's county paid for a material, month by month. */
export function PricesSheet({ it }: { it: Mine }) {
  const t = useWords();
  const [code, setCode] = useState(it.needs[0]?.material.code ?? it.materials[0]?.code);
  const county = it.permits[0]?.county.id;
  const material = it.materials.find((one) => one.code === code);
  if (!material || !county) return null;
  return (
    <Sheet title={t('prices.title')} id="prices">
      <p className="pb-3 text-soft">{t('prices.about')}</p>
      <label className="block pb-4">
        <span className="block font-semibold">{t('mine.material')}</span>
        <select className="field-box" value={code} onChange={({ target }) => setCode(target.value)}>
          {it.materials.map((one) => (
            <option key={one.code} value={one.code}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      <Prices material={material} county={county} />
    </Sheet>
  );
}
