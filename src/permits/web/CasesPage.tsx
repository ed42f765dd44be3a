import { useSearch } from '@tanstack/react-router';
import { CaseList } from './CaseList.tsx';
import { EntryList } from './EntryList.tsx';

/** The list of cases; with `measure` in its address, exactly the entries behind that number. */
export function CasesPage() {
  const search = useSearch({ from: '/office/cases' });
  return search.measure ? <EntryList search={search} /> : <CaseList search={search} />;
}
