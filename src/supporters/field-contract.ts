import { Type } from 'typebox';

/** Rial on the wire. */
export const Rial = Type.String({ pattern: '^[0-9]+$', description: 'Rial' });
/** An amount of material or goods on the wire. */
export const Amount = Type.String({ description: 'An exact decimal in the unit beside it' });
/** The units that amounts are given in. */
export const Unit = Type.Union([
  Type.Literal('kg'),
  Type.Literal('g'),
  Type.Literal('tonne'),
  Type.Literal('m'),
  Type.Literal('cm'),
  Type.Literal('yard'),
  Type.Literal('m2'),
  Type.Literal('cm2'),
  Type.Literal('piece'),
  Type.Literal('pair'),
  Type.Literal('dozen'),
]);
/** The id of something inside a supporter's books. */
export const Id = Type.String({ format: 'uuid' });
