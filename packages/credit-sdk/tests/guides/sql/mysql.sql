-- Step 1: Add credits columns
ALTER TABLE users
  ADD COLUMN credits INT NOT NULL DEFAULT 0,
  ADD COLUMN membership_tier VARCHAR(50),
  ADD COLUMN membership_expires_at DATETIME;

-- Step 3: Create SDK tables
CREATE TABLE IF NOT EXISTS transactions (
  id VARCHAR(255) PRIMARY KEY,
  user_id VARCHAR(255) NOT NULL,
  action VARCHAR(255) NOT NULL,
  amount INT NOT NULL,
  balance_before INT NOT NULL,
  balance_after INT NOT NULL,
  refund_of VARCHAR(255),
  metadata JSON,
  created_at DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6),
  FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  INDEX idx_transactions_user_created (user_id, created_at DESC)
);

CREATE TABLE IF NOT EXISTS audit_logs (
  id VARCHAR(255) PRIMARY KEY,
  user_id VARCHAR(255) NOT NULL,
  action VARCHAR(255) NOT NULL,
  status VARCHAR(50) NOT NULL,
  metadata JSON,
  error_message TEXT,
  created_at DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6),
  FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  INDEX idx_audit_logs_user_created (user_id, created_at DESC)
);

CREATE TABLE IF NOT EXISTS idempotency_records (
  `key` VARCHAR(255) PRIMARY KEY,
  result JSON NOT NULL,
  created_at DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6),
  expires_at DATETIME(6) NOT NULL,
  INDEX idx_idempotency_expires (expires_at)
);

-- Step 2, after the tables: Initialize credits, for each user once and with a ledger row
START TRANSACTION;

INSERT INTO transactions (id, user_id, action, amount, balance_before, balance_after, metadata)
SELECT CONCAT('initial-grant:', u.id), u.id, 'initial-grant', 100, u.credits, u.credits + 100, '{"pending": true}'
FROM users u
LEFT JOIN transactions t ON t.id = CONCAT('initial-grant:', u.id)
WHERE t.id IS NULL
FOR UPDATE;

UPDATE users u
JOIN transactions t ON t.id = CONCAT('initial-grant:', u.id)
SET u.credits = u.credits + 100, t.metadata = '{}'
WHERE JSON_EXTRACT(t.metadata, '$.pending') = true;

COMMIT;
