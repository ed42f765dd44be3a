import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app.css';
import { LocaleProvider } from './locale.tsx';
import { RequestFailed } from './problem.ts';
import { makeRouter } from './routes.tsx';
import { applyTheme } from './theme.ts';

applyTheme();

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // What the server has answered is an answer; only a broken connection is worth asking again.
      retry: (failures, error) => failures < 3 && !(error instanceof RequestFailed),
    },
  },
});
const router = makeRouter(queries);

const place = document.getElementById('root');
if (place) {
  // The face that index.html draws goes when something stands in its place, and before both are seen.
  new MutationObserver((_, observer) => {
    if (!place.firstElementChild) return;
    document.querySelector('.first-look')?.remove();
    observer.disconnect();
  }).observe(place, { childList: true });
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <LocaleProvider>
          <RouterProvider router={router} />
        </LocaleProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
