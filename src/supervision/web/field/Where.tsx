import { useState } from 'react';
import { useFormats } from '../../../web/format.ts';
import { Button } from '../../../web/ui/Button.tsx';
import type { Place } from '../../checklist-rules.ts';
import type { Answering } from './answering.ts';
import { useSpotWords, whereAmI } from './picture.ts';
import { useWords } from './words.ts';

/** Where the visit is: asked of the phone, again as often as one wants. */
export function WhereField({ value, onAnswer }: Answering<Place>) {
  const t = useWords();
  const { digits } = useFormats();
  const spotWords = useSpotWords();
  const [looking, setLooking] = useState<'no' | 'yes' | 'failed'>('no');
  const look = async () => {
    setLooking('yes');
    const spot = await whereAmI();
    setLooking(spot ? 'no' : 'failed');
    if (spot) onAnswer(spot);
  };
  return (
    <div className="grid gap-2">
      {value ? (
        <p>
          {spotWords(value)} <br />
          {t('where.accuracy', { metres: digits(value.accuracyM) })}
        </p>
      ) : null}
      {looking === 'failed' ? <p className="text-stopped">{t('where.failed')}</p> : null}
      <Button look="secondary" pending={looking === 'yes'} onPress={look}>
        {looking === 'yes' ? t('where.looking') : t(value ? 'where.again' : 'where.take')}
      </Button>
    </div>
  );
}
