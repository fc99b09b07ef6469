import { CreditService } from "@/server/services/credit.service";
import { cacheService } from "@/server/services/cache.service";

const creditService = new CreditService();

export async function addAndSpend(userId: string) {
  // Add credits
  await creditService.addCredits(
    userId,
    100,
    "enrichment",
    "Test purchase",
    "purchase"
  );

  // Check balance
  const balance = await creditService.getBalance(userId, "enrichment");
  console.log(`Balance: ${balance}`); // 100

  // Deduct credits for enrichment
  await creditService.deductCredits(
    userId,
    10, // amount
    "enrichment",
    "Enriched 10 leads from list #123",
    "123", // referenceId (lead list ID)
    "lead_list",
    {
      leadListId: 123,
      leadsProcessed: 10,
    }
  );

  // Get transaction history
  const history = await creditService.getTransactionHistory(userId);
  console.log(history);

  // Get usage stats
  const stats = await creditService.getUsageStats(
    userId,
    "enrichment",
    new Date("2025-01-01"),
    new Date()
  );
  console.log({
    totalUsed: stats.totalUsed,
    totalPurchased: stats.totalPurchased,
    currentBalance: stats.balance,
    averageDaily: stats.averageDaily,
    transactionCount: stats.transactions,
  });
  await cacheService.invalidate(`user_credits:${userId}:enrichment`);
  return { balance, history, stats };
}

export async function spendTooMuch(userId: string) {
  try {
    await creditService.deductCredits(userId, 1000, "enrichment", "test");
  } catch (error: any) {
    return error;
  }
}

export async function addNothing(userId: string) {
  try {
    await creditService.addCredits(userId, -10, "enrichment", "test", "purchase");
  } catch (error: any) {
    return error;
  }
}

export async function refundTwice(transactionId: number) {
  try {
    await creditService.refundCredits(transactionId);
    await creditService.refundCredits(transactionId); // Second attempt
  } catch (error: any) {
    return error;
  }
}
