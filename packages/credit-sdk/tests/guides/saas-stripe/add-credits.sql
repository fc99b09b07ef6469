-- Migration: Add credits field
ALTER TABLE users ADD COLUMN credits INTEGER NOT NULL DEFAULT 0;
