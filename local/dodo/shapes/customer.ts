import { newId } from '../ids.ts'
import type { DodoPayments } from '../types.ts'
import { BUSINESS_ID } from './business.ts'

export function newCustomer(email: string, name: string): DodoPayments.Customer {
  return {
    customer_id: newId('cus'),
    business_id: BUSINESS_ID,
    created_at: new Date().toISOString(),
    email,
    name,
    phone_number: null,
    metadata: {},
  }
}

export function toCustomerDetails(customer: DodoPayments.Customer): DodoPayments.CustomerLimitedDetails {
  const { customer_id, email, name, phone_number = null, metadata = {} } = customer
  return { customer_id, email, name, phone_number, metadata }
}
