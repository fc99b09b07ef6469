import { creditManager } from './credit-manager'

/**
 * Compares what this tab shows with the database, corrects it with a warning in the console, and gives the true balance
 * of a wallet in whole credits. Throws when it cannot be read.
 */
export async function verifyCreditBalance(userId: string, creditType?: string): Promise<number> {
  const cache = creditManager.findBalance(userId, creditType)
  const database = await creditManager.refresh(userId, creditType)
  if (cache !== null && cache !== database) {
    // biome-ignore lint/suspicious/noConsole: it is for the person who debugs in this tab.
    console.warn('Credit balance mismatch:', { userId, database, cache })
  }
  return database
}
