import { useQueryClient } from '@tanstack/react-query';
import type { Answer } from '../../web/api.ts';
import { useFormats } from '../../web/format.ts';

/** A bulletin as the office works on it. */
export type Office = Answer<'/api/bulletins/{code}'>;
export type Draft = NonNullable<Office['draft']>;

/** An instant in words: the day, then the time. */
export function useMoment() {
  const { instant, line } = useFormats();
  return (at: string) => {
    const { day, time } = instant(at);
    return line(day, time);
  };
}

/** Puts the bulletin that an act answered with in the place of the one that is shown. */
export function useShowBulletin(code: string) {
  const queries = useQueryClient();
  return (office: Office) => {
    queries.setQueryData(['bulletins', code], office);
    void queries.invalidateQueries({ queryKey: ['bulletins'], exact: true });
  };
}
