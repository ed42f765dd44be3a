export { answerFigures } from './answer.ts';
export { type CheckReport, checkProvince } from './checks.ts';
export { figureProblems } from './contract.ts';
export { type Cell, type Question, readCells, recordCells } from './cube.ts';
export { foldAll, foldProvince } from './fold.ts';
export { counts, findMeasure, measures } from './measures.ts';
export { readAsOf, readDimension, readPeriod, readProvince, readScope } from './question.ts';
export { figureRoutes } from './routes.ts';
