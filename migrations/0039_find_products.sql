-- The words by which products are found, each once: a word that was mistyped is taken for the nearest of these.
create table catalogue_words (
  province_id integer not null,
  word text not null,
  primary key (province_id, word)
);
grant select, insert on catalogue_words to karkhaneh_province, karkhaneh_person;
grant select on catalogue_words to karkhaneh_country;
alter table catalogue_words enable row level security;
create policy catalogue_words_country on catalogue_words for select to karkhaneh_country using (true);
create policy catalogue_words_province on catalogue_words to karkhaneh_province, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer);

-- A small copy of a photo, for lists: made by the maker's own browser, like the photo.
alter table product_photos add column thumb_of text;
