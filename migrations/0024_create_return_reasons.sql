-- Why banks return plans. Reference data, filled from src/accounts/data/return_reasons.csv.
create table return_reasons (
  id text primary key,
  name_fa text not null,
  name_en text not null,
  from_on date,
  to_on date,
  assumed boolean not null default true
);
grant select on return_reasons
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person, karkhaneh_country;
