/** The fields of the form that takes the thresholds of a wallet, as many as there may be. */
export const THRESHOLD_FIELDS = ['threshold', 'threshold2', 'threshold3'] as const
