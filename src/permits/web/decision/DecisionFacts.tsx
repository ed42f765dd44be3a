import { useFormats } from '../../../web/format.ts';
import type { Case } from '../case.ts';
import { useWords, wordFor } from '../words.ts';

type Line = Case['history'][number];

function List({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <div>
      <p className="text-sm text-soft">{title}</p>
      <ul className="list-disc ps-6">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </div>
  );
}

/** What a decision says besides its reason: numbers, items to correct, conditions, bodies. */
export function DecisionFacts({ line }: { line: Line }) {
  const t = useWords();
  const { label, digits, line: joined } = useFormats();
  const unmet = line.unmet.map((one) => `${digits(one.number)}. ${label(one.label)}`);
  const items = line.items.map(({ number, label: words, field, note }) => {
    const named =
      number === null ? wordFor(t, 'field', field ?? '') : `${digits(number)}. ${label(words)}`;
    return t('decision.toldItem', { label: named, note });
  });
  return (
    <>
      <List title={t('decision.toldUnmet')} items={unmet} />
      <List title={t('decision.toldItems')} items={items} />
      <List title={t('decision.toldConditions')} items={line.conditions} />
      {line.bodies.length > 0 ? (
        <p>
          {t('decision.toldBodies', {
            bodies: joined(...line.bodies.map((body) => label(body.label))),
          })}
        </p>
      ) : null}
      {line.reference ? <p>{t('decision.toldReference', { reference: line.reference })}</p> : null}
    </>
  );
}
