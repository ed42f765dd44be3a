/** Under which address messages of the story were told: it is told before anybody knows where it will be served. */
export const toldUrl = 'http://localhost:8080';

/** A message of the outbox as it reads where the house is served now, whatever port that is. */
export function readHere(text: string, publicUrl: string): string {
  return text.replaceAll(`${toldUrl}/`, `${publicUrl}/`);
}
