import { Type } from 'typebox';
import { IsoDay, Nullable } from '../../accounts/contract.ts';
import { AnswersShape, ChecklistShape } from '../contract.ts';

/** What the caller is asked about their own plans. */
export const AsksAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      code: Type.String({ description: 'Of the visit' }),
      caseCode: Type.String(),
      stage: Type.String(),
      dueOn: IsoDay,
      answeredAt: Nullable(Type.String({ format: 'date-time' })),
      questions: ChecklistShape.properties.questions,
    }),
  ),
});
export const AskAnswerBody = Type.Object(
  { answers: AnswersShape },
  { additionalProperties: false },
);
