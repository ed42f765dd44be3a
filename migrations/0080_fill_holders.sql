-- no transaction
-- Rows that were there take over whose they are, some thousands at a time, each batch a transaction of its own;
-- province by province, and with constants, so that a coordinator sends each to one machine.
do $$
declare
  of_province integer;
  one record;
  below uuid;
  upto uuid;
begin
  for of_province in select id from provinces order by id loop
    for one in select * from (values
      ('households', 'person_id', 'cases', 'f.household_id = r.id'),
      ('tranches', 'holder_id', 'plans', 'f.id = r.plan_id'),
      ('memberships', 'holder_id', 'plans', 'f.id = r.plan_id'),
      ('jobs', 'holder_id', 'plans', 'f.id = r.plan_id')
    ) as fills(filled, owner, followed, on_key) loop
      below := '00000000-0000-0000-0000-000000000000';
      loop
        execute format(
          'select id from (select id from %I where province_id = %s and id > %L order by id limit 5000) b
           order by id desc limit 1',
          one.filled, of_province, below) into upto;
        exit when upto is null;
        execute format(
          'update %I r set %I = f.person_id from %I f
           where r.province_id = %s and f.province_id = %4$s and %s
             and r.id > %L and r.id <= %L and r.%2$I is null',
          one.filled, one.owner, one.followed, of_province, one.on_key, below, upto);
        commit;
        below := upto;
      end loop;
    end loop;
  end loop;
end $$;
