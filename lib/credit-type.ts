/** The credit type of every product; others are rows of `credit_types`. */
export const GENERAL = 'general'
