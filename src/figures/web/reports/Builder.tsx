import { useQuery } from '@tanstack/react-query';
import { Filter } from '../../../web/form/Filter.tsx';
import { useFormats } from '../../../web/format.ts';
import { referenceQuery } from '../../../web/session.ts';
import { Segments } from '../../../web/ui/Segments.tsx';
import { type ColumnDimension, columnDimensions } from '../../dimension-rules.ts';
import { spans } from '../../reports/rules.ts';
import { measuresQuery } from '../queries.ts';
import type { Question } from './question.ts';
import { useReportWords } from './words.ts';

type Props = { readonly question: Question; readonly onChange: (question: Question) => void };

/** All measures as boxes to tick; one at least stays ticked. */
function Boxes({ question, onChange }: Props) {
  const t = useReportWords();
  const { label } = useFormats();
  const { data = [] } = useQuery(measuresQuery);
  const { measures } = question;
  const toggle = (name: string) => {
    const next = measures.includes(name)
      ? measures.filter((one) => one !== name)
      : [...measures, name];
    if (next.length > 0) onChange({ ...question, measures: next });
  };
  return (
    <fieldset>
      <legend className="pb-1 text-sm font-semibold">{t('measures')}</legend>
      <div className="grid max-h-72 gap-x-6 overflow-y-auto rounded-md border border-line p-3 sm:grid-cols-2 lg:grid-cols-3">
        {data.map(({ name, label: named }) => (
          <label key={name} className="flex min-h-9 cursor-pointer items-center gap-2">
            <input
              type="checkbox"
              className="size-5 shrink-0 accent-accent"
              checked={measures.includes(name)}
              onChange={() => toggle(name)}
            />
            {label(named)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** The measures to count: boxes to tick for sums, one of a list for rows. */
function Measures({ question, onChange }: Props) {
  const t = useReportWords();
  const { label } = useFormats();
  const { data = [] } = useQuery(measuresQuery);
  const { measures } = question;
  if (question.kind === 'entries') {
    return (
      <Filter
        label={t('measure')}
        all={label(data[0]?.label)}
        options={data.map(({ name, label: named }) => ({ id: name, name: label(named) }))}
        value={measures[0]}
        onChange={(name) => onChange({ ...question, measures: [name ?? data[0]?.name ?? ''] })}
      />
    );
  }
  return <Boxes question={question} onChange={onChange} />;
}

/** How sums are cut: by a column, and over time. */
function Cuts({ question, onChange }: Props) {
  const t = useReportWords();
  if (question.kind === 'entries') return <p className="text-sm text-soft">{t('entriesHint')}</p>;
  const { by: _by, over: _over, ...rest } = question;
  const named = (ids: readonly (ColumnDimension | 'month' | 'season')[]) =>
    ids.map((id) => ({ id, name: t(`columns.${id}`) }));
  return (
    <div className="grid grid-cols-2 gap-3">
      <Filter
        label={t('by')}
        all={t('none')}
        options={named(columnDimensions)}
        value={question.by}
        onChange={(by) =>
          onChange({
            ...rest,
            ...(question.over ? { over: question.over } : {}),
            ...(by ? { by: by as ColumnDimension } : {}),
          })
        }
      />
      <Filter
        label={t('over')}
        all={t('noOver')}
        options={named(['month', 'season'])}
        value={question.over}
        onChange={(over) =>
          onChange({
            ...rest,
            ...(question.by ? { by: question.by } : {}),
            ...(over ? { over: over as 'month' | 'season' } : {}),
          })
        }
      />
    </div>
  );
}

/** What the report is limited to. */
function Only({ question, onChange }: Props) {
  const t = useReportWords();
  const { label, collator } = useFormats();
  const { data } = useQuery(referenceQuery);
  const named = (rows: readonly { id: string; label: { fa: string; en: string } }[] = []) =>
    rows
      .map((row) => ({ id: row.id, name: label(row.label) }))
      .sort((a, b) => collator.compare(a.name, b.name));
  const lists = { agency: data?.agencies, county: data?.counties, bank: data?.banks } as const;
  const scope = question.scope as { readonly [key: string]: string | undefined };
  const set = (name: string, value: string | undefined) => {
    const { [name]: _gone, ...others } = scope;
    onChange({ ...question, scope: (value ? { ...others, [name]: value } : others) as never });
  };
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      <Filter
        label={t('span')}
        all={t('spans.thisYear')}
        options={spans.map((id) => ({ id, name: t(`spans.${id}`) }))}
        value={question.span}
        onChange={(span) =>
          onChange({ ...question, span: spans.find((one) => one === span) ?? 'thisYear' })
        }
      />
      {(['agency', 'county', 'bank'] as const).map((name) => (
        <Filter
          key={name}
          label={`${t('only')} ${t(`columns.${name}`)}`}
          all={t('everything')}
          options={named(lists[name])}
          value={scope[name]}
          onChange={(value) => set(name, value)}
        />
      ))}
    </div>
  );
}

/** Puts a report's question together. */
export function Builder(props: Props) {
  const t = useReportWords();
  const { question, onChange } = props;
  return (
    <div className="grid gap-4">
      <div>
        <Segments
          label={t('kind')}
          value={question.kind}
          onChange={(kind) => onChange({ ...question, kind })}
          options={(['totals', 'entries'] as const).map((id) => ({ id, name: t(`kinds.${id}`) }))}
        />
      </div>
      <Measures {...props} />
      <Cuts {...props} />
      <Only {...props} />
    </div>
  );
}
