/** The sign: an iwan, the arch of a workshop's door, with a turquoise tile in it. */
export function Mark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 36 36" className="size-9 shrink-0 text-accent">
      <path
        fill="currentColor"
        d="M18 1c1 3 3.500 4.500 6 6.500C29 11.500 34 15 34 22v12H2V22C2 15 7 11.500 12 7.500 14.500 5.500 17 4 18 1z"
      />
      <path
        className="fill-sheet"
        d="M18 12c.6 1.800 2 2.700 3.500 3.900C24.500 18.300 27 20.500 27 25v9H9v-9c0-4.500 2.500-6.700 5.500-9.100C16 14.700 17.400 13.800 18 12z"
      />
      <path
        fill="currentColor"
        d="M18 20.500l1.500 3 3.300.5-2.400 2.300.6 3.300-3-1.600-3 1.600.6-3.300-2.400-2.300 3.300-.5z"
      />
    </svg>
  );
}
