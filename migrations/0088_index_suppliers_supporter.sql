-- no transaction
-- expand
create index concurrently suppliers_supporter on suppliers (province_id, supporter_case_id);
