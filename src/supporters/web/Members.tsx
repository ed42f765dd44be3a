import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../web/api.ts';
import { casePath } from '../../web/paths.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Code } from '../../web/ui/Values.tsx';
import { useWords } from './words.ts';

/** The people whom a supporter's plan covers, by name. */
export function Members({ code }: { code: string }) {
  const t = useWords();
  const members = useQuery({
    queryKey: ['case', code, 'members'],
    queryFn: () => answer(api.GET('/api/cases/{code}/members', { params: { path: { code } } })),
  });
  return (
    <Sheet title={t('home.members')} id="members">
      <Loaded query={members} shape="line">
        {({ members: found }) => (
          <ul className="grid gap-x-8 sm:grid-cols-2">
            {found.map((member) => (
              <li
                // A masked national ID alone may be two people's.
                key={`${member.nationalId} ${member.name} ${member.since}`}
                className="flex flex-wrap justify-between gap-x-4 border-b border-line py-2"
              >
                {member.caseCode ? (
                  <AppLink href={casePath(member.caseCode)} className="link">
                    {member.name}
                  </AppLink>
                ) : (
                  member.name
                )}
                <span className="text-soft">
                  <Code>{member.nationalId}</Code>
                </span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Sheet>
  );
}
