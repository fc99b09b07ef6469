import { newId } from '../ids.ts'
import type { DodoPayments } from '../types.ts'
import { BUSINESS_ID } from './business.ts'

type NewCustomer = Required<Pick<DodoPayments.Customer, 'email' | 'name' | 'phone_number' | 'metadata'>>

export function newCustomer(input: NewCustomer): DodoPayments.Customer {
  return {
    customer_id: newId('cus'),
    business_id: BUSINESS_ID,
    created_at: new Date().toISOString(),
    ...input,
  }
}

export function toCustomerDetails(customer: DodoPayments.Customer): DodoPayments.CustomerLimitedDetails {
  const { customer_id, email, name, phone_number = null, metadata = {} } = customer
  return { customer_id, email, name, phone_number, metadata }
}
