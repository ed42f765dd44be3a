import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, answer, api, withKey } from '../../web/api.ts';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { casePath } from '../../web/paths.ts';
import { EmptyState, SummaryList } from '../../web/ui/Blocks.tsx';
import { Button } from '../../web/ui/Button.tsx';
import { Loaded, LoadFailed } from '../../web/ui/Loaded.tsx';
import { Code, Day, Money } from '../../web/ui/Values.tsx';
import { useWords } from './words.ts';

type Match = Answer<'/api/matches'>['items'][number];

function useDecision(id: string) {
  const queries = useQueryClient();
  return useWrite(
    (caseCode: string | null, opId) =>
      caseCode === null
        ? answer(
            api.POST('/api/matches/{id}/dismiss', {
              params: { path: { id } },
              body: {},
              headers: withKey(opId),
            }),
          )
        : answer(
            api.POST('/api/matches/{id}/accept', {
              params: { path: { id } },
              body: { caseCode },
              headers: withKey(opId),
            }),
          ),
    () => queries.invalidateQueries(),
  );
}

function Facts({ match }: { match: Match }) {
  const t = useWords();
  const { label } = useFormats();
  return (
    <SummaryList
      rows={[
        [t('import.faults'), match.reason],
        [t('import.kind'), t(`import.kinds.${match.kind as 'permits'}`)],
        [
          t('matches.number'),
          match.permitNumber ? <Code key="n">{match.permitNumber}</Code> : null,
        ],
        [t('overview.occupation'), label(match.occupation?.label)],
        [t('matches.happenedOn'), match.happenedOn ? <Day key="d" iso={match.happenedOn} /> : null],
        [t('matches.rial'), match.rial ? <Money key="r" rials={match.rial} /> : null],
      ]}
    />
  );
}

type Candidate = Match['candidates'][number];

type ChoiceProps = {
  readonly candidate: Candidate;
  readonly group: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
};

function CandidateChoice({ candidate, group, chosen, onChoose }: ChoiceProps) {
  const t = useWords();
  const { label, line, digits } = useFormats();
  const { permitNumber } = candidate;
  const about = line(
    label(candidate.occupation),
    label(candidate.county),
    permitNumber && `\u2066${digits(permitNumber)}\u2069`,
  );
  return (
    <label className="grid cursor-pointer grid-cols-[auto_1fr_auto] items-center gap-x-3 border-b border-line py-2">
      <input
        type="radio"
        className="size-5 accent-accent"
        name={group}
        checked={chosen}
        onChange={onChoose}
      />
      <span>
        <span className="font-semibold">{candidate.name}</span>
        <span className="block text-sm text-soft">{about}</span>
      </span>
      <a
        className="link text-sm"
        href={casePath(candidate.caseCode)}
        target="_blank"
        rel="noreferrer"
      >
        {t('matches.open')}
      </a>
    </label>
  );
}

function Candidates({
  match,
  chosen,
  onChoose,
}: {
  match: Match;
  chosen: string;
  onChoose: (caseCode: string) => void;
}) {
  const t = useWords();
  return (
    <fieldset>
      <legend className="font-semibold">{t('matches.candidates')}</legend>
      {match.candidates.length === 0 ? <p className="text-soft">{t('matches.none')}</p> : null}
      {match.candidates.map((candidate) => (
        <CandidateChoice
          key={candidate.caseCode}
          candidate={candidate}
          group={match.id}
          chosen={chosen === candidate.caseCode}
          onChoose={() => onChoose(candidate.caseCode)}
        />
      ))}
    </fieldset>
  );
}

function Decision({ match }: { match: Match }) {
  const t = useWords();
  const [chosen, setChosen] = useState('');
  const decide = useDecision(match.id);
  return (
    <div>
      <Candidates match={match} chosen={chosen} onChoose={setChosen} />
      {decide.error ? (
        <LoadFailed error={decide.error} onRetry={() => decide.mutate(chosen || null)} />
      ) : null}
      <div className="flex flex-wrap gap-3 pt-4">
        <Button
          compact
          pending={decide.isPending}
          isDisabled={!chosen}
          onPress={() => decide.mutate(chosen)}
        >
          {t('matches.accept')}
        </Button>
        <Button look="danger" compact onPress={() => decide.mutate(null)}>
          {t('matches.dismiss')}
        </Button>
      </div>
    </div>
  );
}

function Item({ match }: { match: Match }) {
  const t = useWords();
  const { count } = useFormats();
  return (
    <li className="sheet grid gap-4 p-4 sm:p-6 lg:grid-cols-2">
      <div>
        <h2>{match.name}</h2>
        <p className="text-sm text-soft">
          {t('matches.row', { row: count(match.row), file: `\u2068${match.fileName}\u2069` })}
        </p>
        <Facts match={match} />
      </div>
      <Decision match={match} />
    </li>
  );
}

/** Rows that fit several cases or none: a person points at the right one, or puts the row aside. */
export function Matches() {
  const t = useWords();
  const matches = useQuery({
    queryKey: ['matches'],
    queryFn: () => answer(api.GET('/api/matches')),
  });
  return (
    <Loaded query={matches} shape="table">
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState icon="check" title={t('matches.empty')}>
            {t('matches.emptyNext')}
          </EmptyState>
        ) : (
          <>
            <h2>{t('matches.title')}</h2>
            <p className="pb-4 text-soft">{t('matches.lede')}</p>
            <ul className="grid gap-4">
              {items.map((match) => (
                <Item key={match.id} match={match} />
              ))}
            </ul>
          </>
        )
      }
    </Loaded>
  );
}
