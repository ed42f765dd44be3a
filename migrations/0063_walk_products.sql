-- A province's products from the newest on, for searches that look through the newest.
create index products_province on products (province_id, listed_at desc, id desc) where state = 'listed';

-- Place and trade as marks among the words, so that one index knows all that a search asks for. No word begins
-- with such a sign.
update products set words = words || array_to_tsvector(
  array['#p' || province_id, '#c' || county_id, '#o' || occupation_id]);
