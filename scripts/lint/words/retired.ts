/** Where a word is looked for: names (identifiers and files) of TypeScript or SQL, and sentences on the screen. */
export type Place = 'code' | 'sql' | 'screen'

export type Retired = {
  /**
   * The parts of a name in order, or words of a sentence; a plural `s` is found too. In lower case they are found in
   * any case, otherwise only as they are written.
   */
  words: string
  say: string
  /** Where it is retired; by default in names of both kinds. */
  in?: readonly Place[]
  /** Whether a name must consist of these words alone. */
  whole?: true
  /** Names, files, and folders with a `/` at their end, where it is the right word. */
  except?: readonly string[]
}

const EVERYWHERE = ['code', 'sql', 'screen'] as const

export const RETIRED: readonly Retired[] = [
  { words: 'lot', say: 'grant' },
  { words: 'settle grant', say: 'claw back' },
  { words: 'grants of', say: 'granting transactions', except: ['supabase/tests/permissions.test.ts'] },
  { words: 'read grant', say: 'read granting transaction', except: ['readGrants'] },
  { words: 'grant id', say: 'transaction id of what was granted', in: ['sql'] },
  { words: 'fact', say: 'payment event' },
  { words: 'inbox', say: 'payment events', except: ['InboxIcon', 'supabase/tests/send-mails.test.ts'] },
  { words: 'standing', say: 'status' },
  { words: 'moment', say: 'timestamp' },
  { words: 'books', say: 'records' },
  { words: 'verb', say: 'audit action', in: ['sql'] },
  { words: 'spendable', say: 'available balance', in: EVERYWHERE },
  { words: 'room', say: 'headroom', except: ['packages/dev-stack/realtime/'] },
  { words: 'take', say: 'debit', in: ['sql'], whole: true },
  { words: 'give', say: 'credit', in: ['sql'], whole: true },
  { words: 'give back', say: 'restore' },
  { words: 'is sound', say: 'is_valid_entry' },
  { words: 'kept answer', say: 'stored response' },
  { words: 'Answer', say: 'response, or what it holds', whole: true },
  { words: 'Told', say: 'stored response', whole: true },
  { words: 'apply answer', say: 'what the call does' },
  { words: 'stands', say: 'request signature' },
  { words: 'fingerprint', say: 'request signature or request hash' },
  { words: 'arena', say: 'cluster' },
  { words: 'hunt', say: 'run mutant' },
  { words: 'interruption', say: 'abort on signal' },
  { words: 'MOST', say: 'MAX_…' },
  { words: 'LONGEST', say: 'MAX_… or …_TIMEOUT_MS' },
  { words: 'clocks ms', say: 'CLOCK_SKEW_MS' },
  { words: 'under way', say: 'in flight' },
  { words: 'patience', say: 'timeout' },
  { words: 'p pause', say: 'the limit that it is', in: ['sql'] },
  { words: 'note low balance', say: 'queue_low_balance_mail' },
  { words: 'why not refund', say: 'refund_rejection' },
  { words: 'is for another', say: 'is_product_mismatch' },
  { words: 'ids in', say: 'extract_provider_ids' },
  { words: 'match periods', say: 'link_periods_to_charges' },
  { words: 'remember customer', say: 'link_customer' },
  { words: 'tell refusal', say: 'classify error' },
  { words: 'ask provider', say: 'refresh subscription' },
  { words: 'own subscription', say: 'current subscription' },
  { words: 'choose low balance mail', say: 'set low balance threshold' },
  { words: 'storable text', say: 'postgres text' },
  { words: 'use leaving', say: 'useRedirectButton' },
  { words: 'plan words', say: 'plan text' },

  // Sentences that a native speaker would not write.
  { words: 'told could not be applied', say: "couldn't process", in: ['screen'] },
  { words: 'undecided', say: 'unresolved', in: ['screen'] },
  { words: 'without an answer', say: 'awaiting confirmation', in: ['screen'] },
  { words: 'waits for somebody', say: 'needs attention', in: ['screen'] },
  { words: 'they owe', say: 'this user owes', in: ['screen'] },
  { words: 'whom', say: 'user', in: ['screen'] },
  { words: 'written down', say: 'created', in: ['screen'] },
  { words: 'known as paid', say: 'paid at', in: ['screen'] },
  { words: 'tells of', say: 'related ID', in: ['screen'] },
  { words: 'done with', say: 'processed', in: ['screen'] },
  { words: 'of them spent', say: 'already spent', in: ['screen'] },
  { words: 'fits', say: 'matching', in: ['screen'] },
  { words: 'said why not', say: 'explained', in: ['screen'] },
  { words: 'no more than', say: 'at most', in: ['screen'] },
  { words: 'proof', say: 'check', in: ['screen'] },
  { words: 'taken off', say: 'net of', in: ['screen'] },
  { words: 'since the beginning', say: 'all time', in: ['screen'] },
  { words: 'to go on', say: 'payment method', in: ['screen'] },
  { words: 'that carry it', say: 'key sentences', in: ['screen'] },
  { words: 'did not work', say: 'what failed, and the next step', in: ['screen'] },
  { words: 'unless told', say: 'by default', in: ['screen'] },
  { words: 'mends', say: 'fixes', in: EVERYWHERE },
  { words: 'by mail', say: 'is emailed', in: ['screen'] },

  // US English.
  { words: 'colour', say: 'color', in: EVERYWHERE },
  { words: 'catalogue', say: 'catalog', in: EVERYWHERE },
  { words: 'summarise', say: 'summarize', in: EVERYWHERE },
  { words: 'capitalise', say: 'capitalize', in: EVERYWHERE },
  { words: 'behaviour', say: 'behavior', in: EVERYWHERE },
  { words: 'licence', say: 'license', in: EVERYWHERE },
  { words: 'grey', say: 'gray', in: EVERYWHERE },
  { words: 'centre', say: 'center', in: EVERYWHERE },
  { words: 'favourite', say: 'favorite', in: EVERYWHERE },
  { words: 'cancelled', say: 'canceled', in: ['screen'] },
]
