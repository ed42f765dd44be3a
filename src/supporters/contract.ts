import { Type } from 'typebox';
import { IsoDay, Nullable } from '../accounts/contract.ts';
import type { ProblemTable } from '../kit/problem.ts';

/** The people named under a case's plan, when the case is a supporter's. */
export const MemberList = Type.Object({
  members: Type.Array(
    Type.Object({
      name: Type.String(),
      nationalId: Type.String(),
      since: IsoDay,
      caseCode: Nullable(Type.String()),
    }),
  ),
});

/** Who covers the person of a case, when the case is a covered person's. */
export const CoversOfCase = Type.Object({
  items: Type.Array(
    Type.Object({
      code: Type.String(),
      state: Type.String({ description: 'named, covered, seeking, moved or ended' }),
      since: IsoDay,
      supporter: Type.String(),
      supporterState: Type.String(),
      contract: Nullable(Type.String({ description: 'The state of the newest version' })),
      others: Nullable(
        Type.Integer({ description: 'Supporters with a place, for who is looking for one' }),
      ),
    }),
  ),
});

/** Problem codes of this slice and their statuses. */
export const supporterProblems: ProblemTable = {
  'supporters.already_covered': 409,
  'supporters.not_a_supporter': 422,
  'supporters.applied_already': 409,
  'supporters.wrong_legal_id': 422,
  'supporters.firm_incomplete': 422,
  'supporters.too_young': 422,
  'supporters.trade_short': 422,
  'supporters.record_twice': 409,
  'supporters.record_short': 422,
  'supporters.capacity_short': 422,
  'supporters.no_place': 409,
  'supporters.themselves': 422,
  'supporters.covered_elsewhere': 409,
  'supporters.in_default': 409,
  'supporters.not_approved': 409,
  'supporters.no_application': 409,
  'supporters.contract_open': 409,
  'supporters.no_lines': 422,
  'supporters.no_offer': 409,
  'supporters.pay_too_late': 422,
  'supporters.no_contract': 409,
  'supporters.not_covered': 409,
  'supporters.not_agreed': 422,
  'supporters.under_rate': 422,
  'supporters.wrong_amount': 422,
  'supporters.not_exact': 422,
  'supporters.material_short': 422,
  'supporters.other_unit': 409,
  'supporters.no_recipe': 422,
  'supporters.product_twice': 409,
  'supporters.order_number_twice': 409,
  'supporters.due_before_today': 422,
  'supporters.not_listed': 422,
  'supporters.over_limit': 422,
  'supporters.over_due': 422,
  'supporters.no_month': 404,
  'supporters.reason_missing': 422,
  'supporters.future_day': 422,
  'supporters.too_long_ago': 422,
  'supporters.taken_back': 409,
  'supporters.answered': 409,
  'supporters.sum_missing': 422,
  'supporters.no_enquiry': 409,
  'supporters.no_default': 409,
  'supporters.in_cluster': 409,
  'supporters.cluster_twice': 409,
  'supporters.step_order': 409,
  'supporters.firm_missing': 422,
  'supporters.unknown_person': 422,
  'supporters.unknown_product': 422,
  'supporters.number_differs': 409,
  'supporters.number_missing': 422,
  'supporters.no_column': 422,
  'supporters.too_many_rows': 422,
  'supporters.wrong_day': 422,
  'supporters.wrong_quality': 422,
};

/** Named constraints of this slice's tables and the problems they stand for. */
export const supporterConstraints: Readonly<Record<string, string>> = {
  memberships_person_once: 'supporters.already_covered',
  trade_records_number_once: 'supporters.record_twice',
  covers_person_once: 'supporters.covered_elsewhere',
  contracts_one_open: 'supporters.contract_open',
  work_products_name_once: 'supporters.product_twice',
  work_orders_number_once: 'supporters.order_number_twice',
  material_balances_law: 'supporters.material_short',
  material_balances_not_negative: 'supporters.material_short',
  cluster_supporters_pkey: 'supporters.in_cluster',
  clusters_name_once: 'supporters.cluster_twice',
};
