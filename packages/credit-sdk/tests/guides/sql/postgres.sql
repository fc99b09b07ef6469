-- Step 1: Add credits columns to existing user table
ALTER TABLE users
  ADD COLUMN IF NOT EXISTS credits INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS membership_tier VARCHAR(50),
  ADD COLUMN IF NOT EXISTS membership_expires_at TIMESTAMPTZ;

-- Step 3: Create SDK tables
CREATE TABLE IF NOT EXISTS transactions (
  id VARCHAR(255) PRIMARY KEY DEFAULT gen_random_uuid()::text,
  user_id VARCHAR(255) NOT NULL,
  action VARCHAR(255) NOT NULL,
  amount INTEGER NOT NULL,
  balance_before INTEGER NOT NULL,
  balance_after INTEGER NOT NULL,
  refund_of VARCHAR(255),
  metadata JSONB DEFAULT '{}',
  created_at TIMESTAMPTZ DEFAULT NOW(),
  FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

CREATE INDEX IF NOT EXISTS idx_transactions_user_created
ON transactions(user_id, created_at DESC);

CREATE TABLE IF NOT EXISTS audit_logs (
  id VARCHAR(255) PRIMARY KEY DEFAULT gen_random_uuid()::text,
  user_id VARCHAR(255) NOT NULL,
  action VARCHAR(255) NOT NULL,
  status VARCHAR(50) NOT NULL,
  metadata JSONB DEFAULT '{}',
  error_message TEXT,
  created_at TIMESTAMPTZ DEFAULT NOW(),
  FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

CREATE INDEX IF NOT EXISTS idx_audit_logs_user_created
ON audit_logs(user_id, created_at DESC);

CREATE TABLE IF NOT EXISTS idempotency_records (
  key VARCHAR(255) PRIMARY KEY,
  result JSONB NOT NULL,
  created_at TIMESTAMPTZ DEFAULT NOW(),
  expires_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX IF NOT EXISTS idx_idempotency_expires
ON idempotency_records(expires_at);

-- Step 2, after the tables: Initialize credits for existing users, each once and with a ledger row
WITH granted AS (
  INSERT INTO transactions (id, user_id, action, amount, balance_before, balance_after)
  SELECT 'initial-grant:' || u.id, u.id, 'initial-grant', 100, u.credits, u.credits + 100
  FROM (SELECT id, credits FROM users ORDER BY id FOR NO KEY UPDATE) u
  ON CONFLICT (id) DO NOTHING
  RETURNING user_id
)
UPDATE users
SET credits = credits + 100
FROM granted
WHERE users.id = granted.user_id;

-- Step 4: Create cleanup job for expired idempotency records
CREATE OR REPLACE FUNCTION cleanup_expired_idempotency_records()
RETURNS void AS $$
BEGIN
  DELETE FROM idempotency_records WHERE expires_at < NOW();
END;
$$ LANGUAGE plpgsql;

-- Optional: Schedule cleanup (requires pg_cron extension)
-- SELECT cron.schedule('cleanup-idempotency', '0 * * * *', 'SELECT cleanup_expired_idempotency_records()');
