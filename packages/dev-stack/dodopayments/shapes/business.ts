export const BUSINESS_ID = 'bus_sandbox'
export const BRAND_ID = 'brnd_sandbox'
