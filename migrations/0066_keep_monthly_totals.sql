-- The first day of the Jalali month in which a day lies: the arithmetic of src/kit/jalali.ts, for the years it knows.
create function jalali_month_on(day date) returns date
  language plpgsql immutable strict parallel safe as $$
declare
  days integer := (day - date '1970-01-01') + 492268;
  years integer := (33 * days + 3) / 12053;
  day_of_year integer := days - 365 * years - (8 * years + 29) / 33;
begin
  return day - case when day_of_year < 186 then day_of_year % 31 else (day_of_year - 6) % 30 end;
end $$;

-- What daily_totals sums to in whole Jalali months, so that a long period costs no more than its months.
create table monthly_totals (
  province_id integer not null,
  dimension text not null,
  month_on date not null,
  key text not null,
  measure text not null,
  value bigint not null,
  primary key (province_id, dimension, month_on, key, measure)
);
insert into monthly_totals (province_id, dimension, month_on, key, measure, value)
  select t.province_id, t.dimension, m.month_on, t.key, t.measure, sum(t.value)
  from daily_totals t
  join (select day, jalali_month_on(day) as month_on
    from (select distinct happened_on as day from daily_totals) d) m on m.day = t.happened_on
  group by 1, 2, 3, 4, 5;

grant select on monthly_totals
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person, karkhaneh_country;
grant insert, update on monthly_totals to karkhaneh_province;
alter table monthly_totals enable row level security;
create policy monthly_totals_country on monthly_totals for select to karkhaneh_country using (true);
create policy monthly_totals_province on monthly_totals
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
