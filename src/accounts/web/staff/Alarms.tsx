import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, answer, api, withKey } from '../../../web/api.ts';
import { useWrite } from '../../../web/form/use-write.ts';
import { useFormats } from '../../../web/format.ts';
import { Sheet } from '../../../web/ui/Blocks.tsx';
import { Button } from '../../../web/ui/Button.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { useStaffWords } from './words.ts';

type Alarm = Answer<'/api/alarms'>['alarms'][number];

function OneAlarm({ alarm }: { alarm: Alarm }) {
  const t = useStaffWords();
  const { label, line, instant } = useFormats();
  const queries = useQueryClient();
  const see = useWrite(
    (code: string, opId) =>
      answer(
        api.POST('/api/alarms/{code}/see', { params: { path: { code } }, headers: withKey(opId) }),
      ),
    () => queries.invalidateQueries({ queryKey: ['alarms'] }),
  );
  const { day, time } = instant(alarm.raisedAt);
  const by = alarm.raisedBy ? t('by', { name: label(alarm.raisedBy) }) : '';
  return (
    <li className="flex flex-wrap items-start justify-between gap-4 border-b border-line py-3 last:border-b-0">
      <span className="min-w-0">
        <span className="font-semibold">{label(alarm.account)}</span>
        <span className="block text-sm text-soft">{line(by, day, time, alarm.reason)}</span>
        <Status meaning="late">{t(`alarm.${alarm.kind as 'emergency'}`)}</Status>
      </span>
      {alarm.mayClose ? (
        <Button look="secondary" pending={see.isPending} onPress={() => see.mutate(alarm.code)}>
          {t('seen')}
        </Button>
      ) : null}
    </li>
  );
}

/** What was done out of the ordinary, until another person has looked at it. */
export function Alarms() {
  const t = useStaffWords();
  const query = useQuery({
    queryKey: ['alarms'],
    queryFn: () => answer(api.GET('/api/alarms')),
  });
  return (
    <Sheet title={t('alarms')} id="alarms">
      <Loaded query={query} shape="line">
        {({ alarms }) =>
          alarms.length === 0 ? (
            <p className="text-soft">{t('noAlarms')}</p>
          ) : (
            <ul>
              {alarms.map((alarm) => (
                <OneAlarm key={alarm.code} alarm={alarm} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Sheet>
  );
}
