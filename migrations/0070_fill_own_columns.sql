-- Each row takes over what the row it hangs on says. Nothing here holds up a reader.
update permit_versions v set bank_id = c.bank_id, clearing_ids = c.clearing_ids from cases c
  where c.province_id = v.province_id and c.id = v.case_id
    and (c.bank_id is not null or c.clearing_ids is not null);
update ceiling_revisions r set agency_id = c.agency_id, bank_id = c.bank_id from ceilings c
  where c.province_id = r.province_id and c.id = r.ceiling_id;
update visit_asks a set agency_id = v.agency_id, bank_id = v.bank_id from visits v
  where v.province_id = a.province_id and v.id = a.visit_id;
update product_photos f set person_id = p.person_id from products p
  where p.province_id = f.province_id and p.id = f.product_id;
update stock_moves m set person_id = p.person_id from products p
  where p.province_id = m.province_id and p.id = m.product_id;
update order_lines l set person_id = o.person_id from orders o
  where o.province_id = l.province_id and o.id = l.order_id;
update market_transfers t set person_id = s.person_id from stalls s
  where s.province_id = t.province_id and s.id = t.stall_id;
