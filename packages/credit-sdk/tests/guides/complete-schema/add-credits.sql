-- migrations/20240101000000_init_credits/migration.sql

-- Add credits column with default value
ALTER TABLE "User" ADD COLUMN "credits" INTEGER NOT NULL DEFAULT 0;

-- Initialize credits for existing users: once the ledger is there, through the engine, with `npx credit-sdk import`.
-- `UPDATE "User" SET "credits" = 100 WHERE "credits" = 0` gives again whenever it is repeated, without a ledger row.

-- Add membership columns
ALTER TABLE "User" ADD COLUMN "membershipTier" TEXT;
ALTER TABLE "User" ADD COLUMN "membershipExpiresAt" TIMESTAMP(3);

-- Create index for membership queries
CREATE INDEX "User_membershipTier_idx" ON "User"("membershipTier");
