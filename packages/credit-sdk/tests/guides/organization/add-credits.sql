ALTER TABLE organizations ADD COLUMN credits INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organizations ADD COLUMN membership_tier VARCHAR(50);
ALTER TABLE organizations ADD COLUMN membership_expires_at TIMESTAMP;
