/** The public looks at every province's market as the country does: nothing but what is on show. */
export const publicLook = { province: 'all', organisation: '', person: '' } as const;
