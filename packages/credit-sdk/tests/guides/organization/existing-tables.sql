-- The existing schema of the guide.
create table organizations (
  id text primary key,
  name text not null,
  plan text not null,
  "createdAt" timestamp(3) not null default now(),
  "updatedAt" timestamp(3) not null default now()
);
create table "User" (
  id text primary key,
  email text not null unique,
  "organizationId" text not null references organizations (id)
);
