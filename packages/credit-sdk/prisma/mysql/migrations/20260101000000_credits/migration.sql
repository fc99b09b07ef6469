-- Credits, with the names of the field guides.
CREATE TABLE `User` (
    `id` VARCHAR(191) NOT NULL,
    `credits` INTEGER NOT NULL DEFAULT 0,
    `membershipTier` VARCHAR(191) NULL,
    `membershipExpiresAt` DATETIME(3) NULL,
    `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    `updatedAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (`id`),
    CONSTRAINT `User_credits_not_negative` CHECK (`credits` >= 0)
);
CREATE INDEX `User_membershipTier_idx` ON `User` (`membershipTier`);

CREATE TABLE `Transaction` (
    `id` VARCHAR(191) NOT NULL,
    `userId` VARCHAR(191) NOT NULL,
    `action` VARCHAR(191) NOT NULL,
    `amount` INTEGER NOT NULL,
    `balanceBefore` INTEGER NOT NULL,
    `balanceAfter` INTEGER NOT NULL,
    `refundOf` VARCHAR(191) NULL,
    `metadata` JSON NOT NULL DEFAULT ('{}'),
    `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (`id`),
    CONSTRAINT `Transaction_adds_up` CHECK (`balanceBefore` + `amount` = `balanceAfter`),
    FOREIGN KEY (`userId`) REFERENCES `User` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX `Transaction_userId_createdAt_idx` ON `Transaction` (`userId`, `createdAt` DESC);
CREATE INDEX `Transaction_action_idx` ON `Transaction` (`action`);
CREATE INDEX `Transaction_refundOf_idx` ON `Transaction` (`refundOf`);

CREATE TABLE `TransactionArchive` (
    `id` VARCHAR(191) NOT NULL,
    `userId` VARCHAR(191) NOT NULL,
    `action` VARCHAR(191) NOT NULL,
    `amount` INTEGER NOT NULL,
    `balanceBefore` INTEGER NOT NULL,
    `balanceAfter` INTEGER NOT NULL,
    `refundOf` VARCHAR(191) NULL,
    `metadata` JSON NOT NULL DEFAULT ('{}'),
    `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (`id`),
    CONSTRAINT `TransactionArchive_adds_up` CHECK (`balanceBefore` + `amount` = `balanceAfter`),
    FOREIGN KEY (`userId`) REFERENCES `User` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX `TransactionArchive_userId_createdAt_idx` ON `TransactionArchive` (`userId`, `createdAt` DESC);

CREATE TABLE `AuditLog` (
    `id` VARCHAR(191) NOT NULL,
    `userId` VARCHAR(191) NOT NULL,
    `action` VARCHAR(191) NOT NULL,
    `status` VARCHAR(191) NOT NULL,
    `metadata` JSON NOT NULL DEFAULT ('{}'),
    `errorMessage` TEXT NULL,
    `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    PRIMARY KEY (`id`),
    FOREIGN KEY (`userId`) REFERENCES `User` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX `AuditLog_userId_createdAt_idx` ON `AuditLog` (`userId`, `createdAt` DESC);
CREATE INDEX `AuditLog_status_idx` ON `AuditLog` (`status`);

CREATE TABLE `IdempotencyRecord` (
    `key` VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `result` JSON NOT NULL,
    `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    `expiresAt` DATETIME(3) NOT NULL,
    PRIMARY KEY (`key`)
);
CREATE INDEX `IdempotencyRecord_expiresAt_idx` ON `IdempotencyRecord` (`expiresAt`);
