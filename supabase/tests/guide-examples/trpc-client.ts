import { trpc } from "@/lib/trpc";

export async function purchaseCredits() {
  // Get available packages
  const { data: products } = await trpc.marketplace.getProducts.useQuery();

  // Create checkout session
  const { data } = await trpc.marketplace.createCheckout.useMutation({
    packageId: 1,
    successUrl: "https://myapp.com/success",
    cancelUrl: "https://myapp.com/marketplace",
  });

  // Redirect to Stripe Checkout
  window.location.href = data.checkoutUrl;
  return products;
}

export async function checkBalance() {
  // Get all balances
  const { data: balances } = await trpc.credits.getBalances.useQuery();
  console.log(balances.enrichment.balance); // 100

  // Check if user has enough credits
  const { data: check } = await trpc.credits.checkBalance.useQuery({
    creditType: "enrichment",
    required: 50,
  });

  if (!check.hasSufficient) {
    alert(`Need ${check.shortfall} more credits`);
  }
  return balances.enrichment.balance;
}

// #region admin
export async function createPackage() {
  await trpc.credits.createPackage.mutate({
    name: "Starter Pack - 100 Enrichment Credits",
    description: "Perfect for getting started",
    creditAmount: 100,
    price: 999, // $9.99 in cents
    creditType: "enrichment",
    isActive: true,
    sortOrder: 1,
  });
}

export async function adjustCredits(userId: string | number = 123) {
  // Add bonus credits
  await trpc.credits.adjustCredits.mutate({
    userId,
    amount: 100,
    creditType: "enrichment",
    description: "Bonus credits for feedback",
    metadata: { reason: "user_feedback" },
  });

  // Deduct credits (negative amount)
  await trpc.credits.adjustCredits.mutate({
    userId,
    amount: -50,
    creditType: "enrichment",
    description: "Refund for failed calls",
  });
}

// #endregion

export async function buyNothing() {
  try {
    await trpc.marketplace.createCheckout.mutate({ packageId: 999 });
  } catch (error: any) {
    return error;
  }
}
