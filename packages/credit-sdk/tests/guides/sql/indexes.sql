-- Add composite index for user + date queries
CREATE INDEX idx_transactions_user_date ON transactions(user_id, created_at DESC);

-- Add index for action filtering
CREATE INDEX idx_transactions_action ON transactions(action);
