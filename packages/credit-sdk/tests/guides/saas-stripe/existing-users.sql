-- The existing schema of the guide.
create table users (
  id text primary key,
  email text not null unique,
  "stripeCustomerId" text unique,
  "stripeSubscriptionId" text,
  plan text not null default 'free',
  "planExpiresAt" timestamp(3)
);
