import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { casePath, deskPath, queuePath } from '../../web/paths.ts';

/**
 * Brings the office's first pages from when somebody comes into a field, and so while they type their password:
 * a slow line is not waited for twice. Only for staff: an applicant's phone has no use for them.
 */
export function useOfficeReady(): void {
  const router = useRouter();
  useEffect(() => {
    const bring = async () => {
      for (const path of [deskPath(), queuePath(), casePath('$code')]) {
        const route = Object.values(router.routesById).find(({ fullPath }) => fullPath === path);
        // Whatever does not come now comes when the page is gone to.
        if (route) await router.loadRouteChunk(route)?.catch(() => {});
      }
    };
    addEventListener('focusin', bring, { once: true });
    return () => removeEventListener('focusin', bring);
  }, [router]);
}
