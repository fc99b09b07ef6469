/** The day since which the terms read as they do. Change it with their text; what people accept is kept with it. */
export const TERMS_VERSION = '2026-11-01'
