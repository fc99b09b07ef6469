-- Lists what is wrong with the ledger; no row means that every balance is where its ledger ends, and every row begins where
-- the one before it ended. For PostgreSQL, MySQL 8, MariaDB and SQLite. Run it after each restored backup. Where members
-- spend the balance of an organization, partition by that.
with entries as (
  select
    user_id,
    id,
    balance_before,
    balance_after,
    lag(balance_after) over (partition by user_id order by created_at, id) as earlier_balance,
    row_number() over (partition by user_id order by created_at desc, id desc) as age
  from transactions
)
select user_id, id as transaction_id, 'does not begin where the row before it ended' as problem
from entries
where earlier_balance <> balance_before
union all
select entries.user_id, entries.id, 'does not end at the balance'
from entries
join users on users.id = entries.user_id
where entries.age = 1
and users.credits <> entries.balance_after
