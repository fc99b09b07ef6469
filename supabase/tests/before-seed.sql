-- What a product gives to new users is its own: tests give 100 general credits and know no other kind.
delete from public.credit_types where id <> 'general';
update public.credit_types set signup_bonus = 100 where id = 'general';
