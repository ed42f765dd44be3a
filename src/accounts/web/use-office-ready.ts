import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { casePath, deskPath, queuePath } from '../../web/paths.ts';

/** Long enough for the page itself to be drawn and used first, milliseconds. */
const afterMs = 1500;

/**
 * Brings the office's first pages while somebody types their password, so that a slow line is not waited for twice.
 * Only for staff: an applicant's phone has no use for them.
 */
export function useOfficeReady(): void {
  const router = useRouter();
  useEffect(() => {
    const timer = setTimeout(async () => {
      for (const path of [deskPath(), queuePath(), casePath('$code')]) {
        const route = Object.values(router.routesById).find(({ fullPath }) => fullPath === path);
        // Whatever does not come now comes when the page is gone to.
        if (route) await router.loadRouteChunk(route)?.catch(() => {});
      }
    }, afterMs);
    return () => clearTimeout(timer);
  }, [router]);
}
