import { queryOptions } from '@tanstack/react-query';
import { type Answer, answer, api, fileForm, withKey } from '../../../web/api.ts';

export type BankFile = Answer<'/api/bank-files'>['items'][number];
export type WaitingLine = Answer<'/api/bank-lines'>['items'][number];
export type Batch = Answer<'/api/payment-orders'>['items'][number];
export type BookDay = Answer<'/api/books'>['items'][number];

/** How often the list is asked for again while a file is being read; milliseconds. */
const whileReading = 1_500;

/** The banks' files, newest first; asked for again while one of them is being read. */
export const filesQuery = queryOptions({
  queryKey: ['bank-files'],
  queryFn: ({ signal }) => answer(api.GET('/api/bank-files', { signal })),
  refetchInterval: (query) =>
    query.state.data?.items.some(({ state }) => state === 'waiting') ? whileReading : false,
});

/** The lines that wait for a person. */
export const linesQuery = queryOptions({
  queryKey: ['bank-lines'],
  queryFn: ({ signal }) => answer(api.GET('/api/bank-lines', { signal })),
});

/** The batches of payment orders. */
export const ordersQuery = queryOptions({
  queryKey: ['payment-orders'],
  queryFn: ({ signal }) => answer(api.GET('/api/payment-orders', { signal })),
});

/** The books of the last days. */
export const booksQuery = queryOptions({
  queryKey: ['books'],
  queryFn: ({ signal }) => answer(api.GET('/api/books', { signal })),
});

/** Sends a bank's file in; `bank` where the sender is not that bank itself. */
export async function sendFile(
  { file, bank }: { readonly file: File; readonly bank: string },
  opId: string,
): Promise<string> {
  const fields: Record<string, string> = bank ? { bank } : {};
  const { code } = await answer(
    api.POST('/api/bank-files', {
      body: { ...fields, file: file.name },
      bodySerializer: () => fileForm(fields, file),
      headers: withKey(opId),
    }),
  );
  return code;
}
