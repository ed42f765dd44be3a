import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../../web/api.ts';
import { Form, TextField } from '../../../web/form/Form.tsx';
import { useFormats } from '../../../web/format.ts';
import { EmptyState, Sheet } from '../../../web/ui/Blocks.tsx';
import { Button } from '../../../web/ui/Button.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { About } from './About.tsx';
import { Choice } from './Choice.tsx';
import type { Answers, About as Told } from './draft.ts';
import { useApplyWords } from './words.ts';

type What = NonNullable<Answers['what']>;

function useFound(query: { q?: string; id?: string; kind?: What['kind'] }) {
  return useQuery({
    queryKey: ['occupations', query],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/occupations/search', { params: { query }, signal })),
    enabled: Boolean(query.q ?? query.id),
  });
}

function Results({ q, onChoose }: { q: string; onChoose: (id: string) => void }) {
  const t = useApplyWords();
  const { label } = useFormats();
  return (
    <Loaded query={useFound({ q })} shape="figure">
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState icon="search" title={t('find.nothing')}>
            {t('find.nothingHint')}
          </EmptyState>
        ) : (
          <Sheet title={t('find.found')} id="found">
            <ul>
              {items.map((item: Told) => (
                <li
                  key={item.id}
                  className="flex flex-wrap items-center justify-between gap-2 border-b border-line py-3 last:border-b-0"
                >
                  <span className="min-w-0">
                    <span className="block font-semibold">{label(item.label)}</span>
                    <span className="block text-sm text-soft">
                      {t('find.decides', { agency: label(item.agency.label) })}
                    </span>
                  </span>
                  <Button
                    look="secondary"
                    aria-label={`${t('find.choose')}: ${label(item.label)}`}
                    onPress={() => onChoose(item.id)}
                  >
                    {t('find.choose')}
                  </Button>
                </li>
              ))}
            </ul>
          </Sheet>
        )
      }
    </Loaded>
  );
}

type Write = Parameters<typeof Form>[0]['write'];

/** The occupation in the applicant's own words, then the kind; with all that it will ask for. */
export function Finder({
  first,
  write,
  submit,
}: {
  first?: What | undefined;
  write: Write;
  submit: string;
}) {
  const t = useApplyWords();
  const [q, setQ] = useState('');
  const [id, setId] = useState(first?.occupationId);
  if (id) {
    return <Chosen id={id} first={first} write={write} submit={submit} onOther={() => setId('')} />;
  }
  const look = {
    isPending: false,
    error: null,
    mutate: (values: { [name: string]: string }) => setQ(values.q ?? ''),
    reset: () => {},
  };
  return (
    <div className="grid gap-6">
      <Form write={look} submit={t('find.search')}>
        <TextField name="q" label={t('find.label')} hint={t('find.hint')} maxLength={100} />
      </Form>
      {q ? <Results q={q} onChoose={setId} /> : null}
    </div>
  );
}

function Chosen({
  id,
  first,
  write,
  submit,
  onOther,
}: {
  id: string;
  first: What | undefined;
  write: Write;
  submit: string;
  onOther: () => void;
}) {
  const t = useApplyWords();
  const { label } = useFormats();
  const [kind, setKind] = useState<What['kind']>(first?.kind ?? 'independent');
  const other = (
    <Button look="quiet" onPress={onOther}>
      {t('find.other')}
    </Button>
  );
  return (
    <Loaded query={useFound({ id, kind })} shape="page">
      {({ items: [about] }) =>
        about ? (
          <Form write={write} submit={submit} end={other}>
            <Sheet title={label(about.label)} id="about">
              <About about={about} />
            </Sheet>
            <input type="hidden" name="occupationId" value={id} />
            <Kind kind={kind} onChange={setKind} />
          </Form>
        ) : null
      }
    </Loaded>
  );
}

function Kind({ kind, onChange }: { kind: What['kind']; onChange: (kind: What['kind']) => void }) {
  const t = useApplyWords();
  const kinds = (['independent', 'supporter', 'covered'] as const).map((one) => ({
    id: one,
    name: t(`find.${one}`),
  }));
  return (
    <Choice
      name="kind"
      label={t('find.kind')}
      options={kinds}
      first={kind}
      onChange={(chosen) => onChange(chosen as What['kind'])}
    />
  );
}
