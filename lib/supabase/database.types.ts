export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  public: {
    Tables: {
      api_key_usage: {
        Row: {
          api_key_id: number
          credit_type: string
          day: string
          used: number
        }
        ComputedFields: never
        Insert: {
          api_key_id: number
          credit_type: string
          day: string
          used: number
        }
        Update: {
          api_key_id?: number
          credit_type?: string
          day?: string
          used?: number
        }
        Relationships: [
          {
            foreignKeyName: 'api_key_usage_api_key_id_fkey'
            columns: ['api_key_id']
            isOneToOne: false
            referencedRelation: 'api_key_budgets'
            referencedColumns: ['api_key_id']
          },
          {
            foreignKeyName: 'api_key_usage_api_key_id_fkey'
            columns: ['api_key_id']
            isOneToOne: false
            referencedRelation: 'api_keys'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'api_key_usage_credit_type_fkey'
            columns: ['credit_type']
            isOneToOne: false
            referencedRelation: 'api_key_budgets'
            referencedColumns: ['credit_type']
          },
          {
            foreignKeyName: 'api_key_usage_credit_type_fkey'
            columns: ['credit_type']
            isOneToOne: false
            referencedRelation: 'credit_types'
            referencedColumns: ['id']
          },
        ]
      }
      api_keys: {
        Row: {
          allowed_addresses: string[]
          allowed_origins: string[]
          budget_per_day: number | null
          budget_per_month: number | null
          budget_total: number | null
          created_at: string
          expires_at: string | null
          id: number
          last_used_at: string | null
          name: string
          owner_id: string
          prefix: string
          revoked_at: string | null
          rotated_at: string | null
          scopes: string[]
        }
        ComputedFields: never
        Insert: {
          allowed_addresses?: string[]
          allowed_origins?: string[]
          budget_per_day?: number | null
          budget_per_month?: number | null
          budget_total?: number | null
          created_at?: string
          expires_at?: string | null
          id?: never
          last_used_at?: string | null
          name: string
          owner_id: string
          prefix: string
          revoked_at?: string | null
          rotated_at?: string | null
          scopes: string[]
        }
        Update: {
          allowed_addresses?: string[]
          allowed_origins?: string[]
          budget_per_day?: number | null
          budget_per_month?: number | null
          budget_total?: number | null
          created_at?: string
          expires_at?: string | null
          id?: never
          last_used_at?: string | null
          name?: string
          owner_id?: string
          prefix?: string
          revoked_at?: string | null
          rotated_at?: string | null
          scopes?: string[]
        }
        Relationships: [
          {
            foreignKeyName: 'api_keys_owner_id_fkey'
            columns: ['owner_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
        ]
      }
      audit_logs: {
        Row: {
          action: string
          actor_id: string | null
          created_at: string
          details: NonNullable<Json>
          id: number
          outcome: string
          reason: string | null
          target_user_id: string | null
        }
        ComputedFields: never
        Insert: {
          action: string
          actor_id?: string | null
          created_at?: string
          details?: NonNullable<Json>
          id?: never
          outcome: string
          reason?: string | null
          target_user_id?: string | null
        }
        Update: {
          action?: string
          actor_id?: string | null
          created_at?: string
          details?: NonNullable<Json>
          id?: never
          outcome?: string
          reason?: string | null
          target_user_id?: string | null
        }
        Relationships: []
      }
      audit_refusals: {
        Row: {
          action: string
          code: string
          hour: string
          last_refused_at: string
          reason: string
          repeats: number
          target_user_id: string
        }
        ComputedFields: never
        Insert: {
          action: string
          code: string
          hour: string
          last_refused_at?: string
          reason: string
          repeats?: number
          target_user_id: string
        }
        Update: {
          action?: string
          code?: string
          hour?: string
          last_refused_at?: string
          reason?: string
          repeats?: number
          target_user_id?: string
        }
        Relationships: []
      }
      credit_days: {
        Row: {
          amount: number
          credit_type: string
          day: string
          debt_change: number
          people: number
          transactions: number
          type: string
        }
        ComputedFields: never
        Insert: {
          amount: number
          credit_type: string
          day: string
          debt_change: number
          people: number
          transactions: number
          type: string
        }
        Update: {
          amount?: number
          credit_type?: string
          day?: string
          debt_change?: number
          people?: number
          transactions?: number
          type?: string
        }
        Relationships: [
          {
            foreignKeyName: 'credit_days_credit_type_fkey'
            columns: ['credit_type']
            isOneToOne: false
            referencedRelation: 'api_key_budgets'
            referencedColumns: ['credit_type']
          },
          {
            foreignKeyName: 'credit_days_credit_type_fkey'
            columns: ['credit_type']
            isOneToOne: false
            referencedRelation: 'credit_types'
            referencedColumns: ['id']
          },
        ]
      }
      credit_grants: {
        Row: {
          amount: number
          created_at: string
          credit_type: string
          expires_at: string
          id: number
          priority: number
          remaining: number
          source: string | null
          transaction_id: number
          user_id: string
        }
        ComputedFields: never
        Insert: {
          amount: number
          created_at?: string
          credit_type: string
          expires_at: string
          id?: never
          priority?: number
          remaining: number
          source?: string | null
          transaction_id: number
          user_id: string
        }
        Update: {
          amount?: number
          created_at?: string
          credit_type?: string
          expires_at?: string
          id?: never
          priority?: number
          remaining?: number
          source?: string | null
          transaction_id?: number
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'credit_grants_transaction_id_fkey'
            columns: ['transaction_id']
            isOneToOne: true
            referencedRelation: 'credit_transactions'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'credit_grants_wallet_exists'
            columns: ['user_id', 'credit_type']
            isOneToOne: false
            referencedRelation: 'credits'
            referencedColumns: ['user_id', 'credit_type']
          },
        ]
      }
      credit_holds: {
        Row: {
          action: string
          amount: number
          created_at: string
          credit_type: string
          expires_at: string
          finished_at: string | null
          has_slices: boolean
          reason: string | null
          run_id: number
          settled_amount: number | null
          status: string
          transaction_id: number
          user_id: string
        }
        ComputedFields: never
        Insert: {
          action: string
          amount: number
          created_at?: string
          credit_type: string
          expires_at: string
          finished_at?: string | null
          has_slices?: boolean
          reason?: string | null
          run_id: number
          settled_amount?: number | null
          status?: string
          transaction_id: number
          user_id: string
        }
        Update: {
          action?: string
          amount?: number
          created_at?: string
          credit_type?: string
          expires_at?: string
          finished_at?: string | null
          has_slices?: boolean
          reason?: string | null
          run_id?: number
          settled_amount?: number | null
          status?: string
          transaction_id?: number
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'credit_holds_run_id_fkey'
            columns: ['run_id']
            isOneToOne: false
            referencedRelation: 'runs'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'credit_holds_transaction_id_fkey'
            columns: ['transaction_id']
            isOneToOne: true
            referencedRelation: 'credit_transactions'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'credit_holds_wallet_exists'
            columns: ['user_id', 'credit_type']
            isOneToOne: false
            referencedRelation: 'credits'
            referencedColumns: ['user_id', 'credit_type']
          },
        ]
      }
      credit_packages: {
        Row: {
          active: boolean
          billing_interval: string | null
          created_at: string
          credit_type: string
          credits: number
          currency: string
          description: string
          id: string
          kind: string
          metadata: NonNullable<Json>
          name: string
          popular: boolean
          price: number
          sort_order: number
          tier: string | null
          trial_days: number
          unused_credits: string
          updated_at: string
          version: number
        }
        ComputedFields: never
        Insert: {
          active?: boolean
          billing_interval?: string | null
          created_at?: string
          credit_type?: string
          credits: number
          currency?: string
          description?: string
          id: string
          kind?: string
          metadata?: NonNullable<Json>
          name: string
          popular?: boolean
          price: number
          sort_order?: number
          tier?: string | null
          trial_days?: number
          unused_credits?: string
          updated_at?: string
          version?: number
        }
        Update: {
          active?: boolean
          billing_interval?: string | null
          created_at?: string
          credit_type?: string
          credits?: number
          currency?: string
          description?: string
          id?: string
          kind?: string
          metadata?: NonNullable<Json>
          name?: string
          popular?: boolean
          price?: number
          sort_order?: number
          tier?: string | null
          trial_days?: number
          unused_credits?: string
          updated_at?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: 'credit_packages_credit_type_fkey'
            columns: ['credit_type']
            isOneToOne: false
            referencedRelation: 'api_key_budgets'
            referencedColumns: ['credit_type']
          },
          {
            foreignKeyName: 'credit_packages_credit_type_fkey'
            columns: ['credit_type']
            isOneToOne: false
            referencedRelation: 'credit_types'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'credit_packages_tier_fkey'
            columns: ['tier']
            isOneToOne: false
            referencedRelation: 'membership_tiers'
            referencedColumns: ['id']
          },
        ]
      }
      credit_transactions: {
        Row: {
          action: string | null
          actor_id: string | null
          amount: number
          balance_after: number
          balance_before: number
          burned_grants: Json | null
          created_at: string
          credit_type: string
          debt_change: number | null
          description: string | null
          id: number
          idempotency_key: string | null
          metadata: NonNullable<Json>
          reference_id: string | null
          reference_type: string | null
          request_hash: string | null
          reverses: number | null
          seq: number
          type: string
          user_id: string
        }
        ComputedFields: never
        Insert: {
          action?: string | null
          actor_id?: string | null
          amount: number
          balance_after: number
          balance_before: number
          burned_grants?: Json | null
          created_at?: string
          credit_type: string
          debt_change?: number | null
          description?: string | null
          id?: never
          idempotency_key?: string | null
          metadata?: NonNullable<Json>
          reference_id?: string | null
          reference_type?: string | null
          request_hash?: string | null
          reverses?: number | null
          seq: number
          type: string
          user_id: string
        }
        Update: {
          action?: string | null
          actor_id?: string | null
          amount?: number
          balance_after?: number
          balance_before?: number
          burned_grants?: Json | null
          created_at?: string
          credit_type?: string
          debt_change?: number | null
          description?: string | null
          id?: never
          idempotency_key?: string | null
          metadata?: NonNullable<Json>
          reference_id?: string | null
          reference_type?: string | null
          request_hash?: string | null
          reverses?: number | null
          seq?: number
          type?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'credit_transactions_reverses_fkey'
            columns: ['reverses']
            isOneToOne: false
            referencedRelation: 'credit_transactions'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'credit_transactions_wallet_exists'
            columns: ['user_id', 'credit_type']
            isOneToOne: false
            referencedRelation: 'credits'
            referencedColumns: ['user_id', 'credit_type']
          },
        ]
      }
      credit_types: {
        Row: {
          color: string
          created_at: string
          id: string
          name: string
          rate_requests: number | null
          rate_seconds: number | null
          signup_bonus: number
          sort_order: number
          unit: string | null
          unit_plural: string | null
        }
        ComputedFields: never
        Insert: {
          color?: string
          created_at?: string
          id: string
          name: string
          rate_requests?: number | null
          rate_seconds?: number | null
          signup_bonus?: number
          sort_order?: number
          unit?: string | null
          unit_plural?: string | null
        }
        Update: {
          color?: string
          created_at?: string
          id?: string
          name?: string
          rate_requests?: number | null
          rate_seconds?: number | null
          signup_bonus?: number
          sort_order?: number
          unit?: string | null
          unit_plural?: string | null
        }
        Relationships: []
      }
      credits: {
        Row: {
          balance: number
          created_at: string
          credit_type: string
          debt: number
          low_balance_threshold: number | null
          lower_thresholds: number[] | null
          next_expiry_at: string | null
          total_purchased: number
          total_used: number
          updated_at: string
          user_id: string
          version: number
        }
        ComputedFields: never
        Insert: {
          balance?: number
          created_at?: string
          credit_type?: string
          debt?: number
          low_balance_threshold?: number | null
          lower_thresholds?: number[] | null
          next_expiry_at?: string | null
          total_purchased?: number
          total_used?: number
          updated_at?: string
          user_id: string
          version?: number
        }
        Update: {
          balance?: number
          created_at?: string
          credit_type?: string
          debt?: number
          low_balance_threshold?: number | null
          lower_thresholds?: number[] | null
          next_expiry_at?: string | null
          total_purchased?: number
          total_used?: number
          updated_at?: string
          user_id?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: 'credits_credit_type_fkey'
            columns: ['credit_type']
            isOneToOne: false
            referencedRelation: 'api_key_budgets'
            referencedColumns: ['credit_type']
          },
          {
            foreignKeyName: 'credits_credit_type_fkey'
            columns: ['credit_type']
            isOneToOne: false
            referencedRelation: 'credit_types'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'credits_user_id_fkey'
            columns: ['user_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
        ]
      }
      gift_batch_rows: {
        Row: {
          amount: number
          batch_id: string
          code: string | null
          status: string
          user_id: string
        }
        ComputedFields: never
        Insert: {
          amount: number
          batch_id: string
          code?: string | null
          status?: string
          user_id: string
        }
        Update: {
          amount?: number
          batch_id?: string
          code?: string | null
          status?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'gift_batch_rows_batch_id_fkey'
            columns: ['batch_id']
            isOneToOne: false
            referencedRelation: 'gift_batches'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'gift_batch_rows_user_id_fkey'
            columns: ['user_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
        ]
      }
      gift_batches: {
        Row: {
          actor_id: string
          created_at: string
          credit_type: string
          expires_at: string | null
          id: string
          reason: string
        }
        ComputedFields: never
        Insert: {
          actor_id: string
          created_at?: string
          credit_type: string
          expires_at?: string | null
          id: string
          reason: string
        }
        Update: {
          actor_id?: string
          created_at?: string
          credit_type?: string
          expires_at?: string | null
          id?: string
          reason?: string
        }
        Relationships: [
          {
            foreignKeyName: 'gift_batches_credit_type_fkey'
            columns: ['credit_type']
            isOneToOne: false
            referencedRelation: 'api_key_budgets'
            referencedColumns: ['credit_type']
          },
          {
            foreignKeyName: 'gift_batches_credit_type_fkey'
            columns: ['credit_type']
            isOneToOne: false
            referencedRelation: 'credit_types'
            referencedColumns: ['id']
          },
        ]
      }
      job_runs: {
        Row: {
          error: string | null
          job: string
          ran_at: string
          result: Json | null
        }
        ComputedFields: never
        Insert: {
          error?: string | null
          job: string
          ran_at?: string
          result?: Json | null
        }
        Update: {
          error?: string | null
          job?: string
          ran_at?: string
          result?: Json | null
        }
        Relationships: []
      }
      mails: {
        Row: {
          attempts: number
          business_key: string
          created_at: string
          data: NonNullable<Json>
          error: string | null
          id: number
          kind: string
          next_attempt_at: string
          recipient: string | null
          sent_at: string | null
          status: string
          user_id: string
        }
        ComputedFields: never
        Insert: {
          attempts?: number
          business_key: string
          created_at?: string
          data: NonNullable<Json>
          error?: string | null
          id?: never
          kind: string
          next_attempt_at?: string
          recipient?: string | null
          sent_at?: string | null
          status?: string
          user_id: string
        }
        Update: {
          attempts?: number
          business_key?: string
          created_at?: string
          data?: NonNullable<Json>
          error?: string | null
          id?: never
          kind?: string
          next_attempt_at?: string
          recipient?: string | null
          sent_at?: string | null
          status?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'mails_user_id_fkey'
            columns: ['user_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
        ]
      }
      membership_tiers: {
        Row: {
          id: string
          level: number
          name: string
        }
        ComputedFields: never
        Insert: {
          id: string
          level: number
          name: string
        }
        Update: {
          id?: string
          level?: number
          name?: string
        }
        Relationships: []
      }
      package_products: {
        Row: {
          package_id: string
          price_id: string | null
          product_id: string
          provider: string
          retired_at: string | null
        }
        ComputedFields: never
        Insert: {
          package_id: string
          price_id?: string | null
          product_id: string
          provider: string
          retired_at?: string | null
        }
        Update: {
          package_id?: string
          price_id?: string | null
          product_id?: string
          provider?: string
          retired_at?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'package_products_package_id_fkey'
            columns: ['package_id']
            isOneToOne: false
            referencedRelation: 'credit_packages'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'package_products_package_id_fkey'
            columns: ['package_id']
            isOneToOne: false
            referencedRelation: 'package_metrics'
            referencedColumns: ['package_id']
          },
        ]
      }
      package_syncs: {
        Row: {
          error: string | null
          finished_at: string | null
          package_id: string
          product_id: string | null
          provider: string
          started_at: string
          status: string
        }
        ComputedFields: never
        Insert: {
          error?: string | null
          finished_at?: string | null
          package_id: string
          product_id?: string | null
          provider: string
          started_at?: string
          status: string
        }
        Update: {
          error?: string | null
          finished_at?: string | null
          package_id?: string
          product_id?: string | null
          provider?: string
          started_at?: string
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: 'package_syncs_package_id_fkey'
            columns: ['package_id']
            isOneToOne: false
            referencedRelation: 'credit_packages'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'package_syncs_package_id_fkey'
            columns: ['package_id']
            isOneToOne: false
            referencedRelation: 'package_metrics'
            referencedColumns: ['package_id']
          },
        ]
      }
      payment_customers: {
        Row: {
          created_at: string
          email: string | null
          provider: string
          provider_customer_id: string
          user_id: string
        }
        ComputedFields: never
        Insert: {
          created_at?: string
          email?: string | null
          provider: string
          provider_customer_id: string
          user_id: string
        }
        Update: {
          created_at?: string
          email?: string | null
          provider?: string
          provider_customer_id?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'payment_customers_user_id_fkey'
            columns: ['user_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
        ]
      }
      payment_disputes: {
        Row: {
          amount: number
          created_at: string
          currency: string
          id: string
          payment_id: string
          provider: string
          provider_dispute_id: string
          respond_by: string | null
          status: string
          status_at: string
          updated_at: string
        }
        ComputedFields: never
        Insert: {
          amount: number
          created_at?: string
          currency: string
          id?: string
          payment_id: string
          provider: string
          provider_dispute_id: string
          respond_by?: string | null
          status: string
          status_at: string
          updated_at?: string
        }
        Update: {
          amount?: number
          created_at?: string
          currency?: string
          id?: string
          payment_id?: string
          provider?: string
          provider_dispute_id?: string
          respond_by?: string | null
          status?: string
          status_at?: string
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: 'payment_disputes_payment_id_fkey'
            columns: ['payment_id']
            isOneToOne: false
            referencedRelation: 'payment_overview'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'payment_disputes_payment_id_fkey'
            columns: ['payment_id']
            isOneToOne: false
            referencedRelation: 'payments'
            referencedColumns: ['id']
          },
        ]
      }
      payment_events: {
        Row: {
          attempts: number
          error: string | null
          id: string
          payload: NonNullable<Json>
          processed_at: string | null
          provider: string
          provider_ids: string[]
          received_at: string
          source: string
          status: string
          type: string
        }
        ComputedFields: never
        Insert: {
          attempts?: number
          error?: string | null
          id: string
          payload: NonNullable<Json>
          processed_at?: string | null
          provider: string
          provider_ids?: string[]
          received_at?: string
          source?: string
          status?: string
          type: string
        }
        Update: {
          attempts?: number
          error?: string | null
          id?: string
          payload?: NonNullable<Json>
          processed_at?: string | null
          provider?: string
          provider_ids?: string[]
          received_at?: string
          source?: string
          status?: string
          type?: string
        }
        Relationships: []
      }
      payment_refunds: {
        Row: {
          amount: number | null
          created_at: string
          currency: string | null
          error: string | null
          id: string
          idempotency_key: string | null
          payment_id: string
          provider: string
          provider_refund_id: string | null
          reason: string | null
          requested_by: string | null
          status: string
          updated_at: string
          whole: boolean
        }
        ComputedFields: never
        Insert: {
          amount?: number | null
          created_at?: string
          currency?: string | null
          error?: string | null
          id?: string
          idempotency_key?: string | null
          payment_id: string
          provider: string
          provider_refund_id?: string | null
          reason?: string | null
          requested_by?: string | null
          status?: string
          updated_at?: string
          whole?: boolean
        }
        Update: {
          amount?: number | null
          created_at?: string
          currency?: string | null
          error?: string | null
          id?: string
          idempotency_key?: string | null
          payment_id?: string
          provider?: string
          provider_refund_id?: string | null
          reason?: string | null
          requested_by?: string | null
          status?: string
          updated_at?: string
          whole?: boolean
        }
        Relationships: [
          {
            foreignKeyName: 'payment_refunds_payment_id_fkey'
            columns: ['payment_id']
            isOneToOne: false
            referencedRelation: 'payment_overview'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'payment_refunds_payment_id_fkey'
            columns: ['payment_id']
            isOneToOne: false
            referencedRelation: 'payments'
            referencedColumns: ['id']
          },
        ]
      }
      payments: {
        Row: {
          amount: number
          charged_amount: number | null
          charged_at: string | null
          charged_currency: string | null
          charged_tax: number | null
          checked_at: string | null
          checkout_session_id: string | null
          created_at: string
          credit_type: string
          credits: number
          currency: string
          dispute_status: string | null
          failure_reason: string | null
          id: string
          package_id: string
          paid_at: string | null
          provider: string
          provider_payment_id: string | null
          provider_product_id: string | null
          refunded_amount: number
          status: string
          subscription_id: string | null
          transaction_id: number | null
          updated_at: string
          user_id: string
        }
        ComputedFields: never
        Insert: {
          amount: number
          charged_amount?: number | null
          charged_at?: string | null
          charged_currency?: string | null
          charged_tax?: number | null
          checked_at?: string | null
          checkout_session_id?: string | null
          created_at?: string
          credit_type: string
          credits: number
          currency: string
          dispute_status?: string | null
          failure_reason?: string | null
          id?: string
          package_id: string
          paid_at?: string | null
          provider: string
          provider_payment_id?: string | null
          provider_product_id?: string | null
          refunded_amount?: number
          status?: string
          subscription_id?: string | null
          transaction_id?: number | null
          updated_at?: string
          user_id: string
        }
        Update: {
          amount?: number
          charged_amount?: number | null
          charged_at?: string | null
          charged_currency?: string | null
          charged_tax?: number | null
          checked_at?: string | null
          checkout_session_id?: string | null
          created_at?: string
          credit_type?: string
          credits?: number
          currency?: string
          dispute_status?: string | null
          failure_reason?: string | null
          id?: string
          package_id?: string
          paid_at?: string | null
          provider?: string
          provider_payment_id?: string | null
          provider_product_id?: string | null
          refunded_amount?: number
          status?: string
          subscription_id?: string | null
          transaction_id?: number | null
          updated_at?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'payments_credit_type_fkey'
            columns: ['credit_type']
            isOneToOne: false
            referencedRelation: 'api_key_budgets'
            referencedColumns: ['credit_type']
          },
          {
            foreignKeyName: 'payments_credit_type_fkey'
            columns: ['credit_type']
            isOneToOne: false
            referencedRelation: 'credit_types'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'payments_package_id_fkey'
            columns: ['package_id']
            isOneToOne: false
            referencedRelation: 'credit_packages'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'payments_package_id_fkey'
            columns: ['package_id']
            isOneToOne: false
            referencedRelation: 'package_metrics'
            referencedColumns: ['package_id']
          },
          {
            foreignKeyName: 'payments_subscription_id_fkey'
            columns: ['subscription_id']
            isOneToOne: false
            referencedRelation: 'subscription_overview'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'payments_subscription_id_fkey'
            columns: ['subscription_id']
            isOneToOne: false
            referencedRelation: 'subscriptions'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'payments_transaction_id_fkey'
            columns: ['transaction_id']
            isOneToOne: false
            referencedRelation: 'credit_transactions'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'payments_user_id_fkey'
            columns: ['user_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
        ]
      }
      profiles: {
        Row: {
          closed_at: string | null
          created_at: string
          email: string
          id: string
          membership_expires_at: string | null
          membership_subscription_id: string | null
          membership_tier: string | null
          name: string
          time_zone: string | null
          unwanted_mails: string[]
          updated_at: string
        }
        ComputedFields: never
        Insert: {
          closed_at?: string | null
          created_at?: string
          email: string
          id: string
          membership_expires_at?: string | null
          membership_subscription_id?: string | null
          membership_tier?: string | null
          name?: string
          time_zone?: string | null
          unwanted_mails?: string[]
          updated_at?: string
        }
        Update: {
          closed_at?: string | null
          created_at?: string
          email?: string
          id?: string
          membership_expires_at?: string | null
          membership_subscription_id?: string | null
          membership_tier?: string | null
          name?: string
          time_zone?: string | null
          unwanted_mails?: string[]
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: 'profiles_membership_subscription_id_fkey'
            columns: ['membership_subscription_id']
            isOneToOne: false
            referencedRelation: 'subscription_overview'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'profiles_membership_subscription_id_fkey'
            columns: ['membership_subscription_id']
            isOneToOne: false
            referencedRelation: 'subscriptions'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'profiles_membership_tier_fkey'
            columns: ['membership_tier']
            isOneToOne: false
            referencedRelation: 'membership_tiers'
            referencedColumns: ['id']
          },
        ]
      }
      reconciliations: {
        Row: {
          actor_id: string | null
          checked: NonNullable<Json>
          created_at: string
          differences: NonNullable<Json>
          id: number
          since: string
          until: string
        }
        ComputedFields: never
        Insert: {
          actor_id?: string | null
          checked: NonNullable<Json>
          created_at?: string
          differences: NonNullable<Json>
          id?: never
          since: string
          until: string
        }
        Update: {
          actor_id?: string | null
          checked?: NonNullable<Json>
          created_at?: string
          differences?: NonNullable<Json>
          id?: never
          since?: string
          until?: string
        }
        Relationships: []
      }
      runs: {
        Row: {
          api_key_id: number | null
          cancel_requested_at: string | null
          charged: number
          created_at: string
          credit_type: string
          deleted_at: string | null
          earliest_purge_at: string | null
          finished_at: string | null
          full_input: Json | null
          id: number
          input: Json | null
          progress: Json | null
          purge_at: string | null
          retention: string
          source: string
          status: string
          stored_response: Json | null
          tool: string
          user_id: string
        }
        ComputedFields: never
        Insert: {
          api_key_id?: number | null
          cancel_requested_at?: string | null
          charged?: number
          created_at?: string
          credit_type: string
          deleted_at?: string | null
          earliest_purge_at?: string | null
          finished_at?: string | null
          full_input?: Json | null
          id?: never
          input?: Json | null
          progress?: Json | null
          purge_at?: string | null
          retention?: string
          source?: string
          status?: string
          stored_response?: Json | null
          tool: string
          user_id: string
        }
        Update: {
          api_key_id?: number | null
          cancel_requested_at?: string | null
          charged?: number
          created_at?: string
          credit_type?: string
          deleted_at?: string | null
          earliest_purge_at?: string | null
          finished_at?: string | null
          full_input?: Json | null
          id?: never
          input?: Json | null
          progress?: Json | null
          purge_at?: string | null
          retention?: string
          source?: string
          status?: string
          stored_response?: Json | null
          tool?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'runs_api_key_id_fkey'
            columns: ['api_key_id']
            isOneToOne: false
            referencedRelation: 'api_key_budgets'
            referencedColumns: ['api_key_id']
          },
          {
            foreignKeyName: 'runs_api_key_id_fkey'
            columns: ['api_key_id']
            isOneToOne: false
            referencedRelation: 'api_keys'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'runs_wallet_exists'
            columns: ['user_id', 'credit_type']
            isOneToOne: false
            referencedRelation: 'credits'
            referencedColumns: ['user_id', 'credit_type']
          },
        ]
      }
      signup_bonuses: {
        Row: {
          client_network: string | null
          created_at: string
          mailbox_hash: string
          released_at: string | null
          status: string
          user_id: string | null
        }
        ComputedFields: never
        Insert: {
          client_network?: string | null
          created_at?: string
          mailbox_hash: string
          released_at?: string | null
          status: string
          user_id?: string | null
        }
        Update: {
          client_network?: string | null
          created_at?: string
          mailbox_hash?: string
          released_at?: string | null
          status?: string
          user_id?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'signup_bonuses_user_id_fkey'
            columns: ['user_id']
            isOneToOne: true
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
        ]
      }
      subscription_periods: {
        Row: {
          package_id: string
          payment_id: string | null
          period_end: string
          period_start: string
          subscription_id: string
          transaction_id: number
        }
        ComputedFields: never
        Insert: {
          package_id: string
          payment_id?: string | null
          period_end: string
          period_start: string
          subscription_id: string
          transaction_id: number
        }
        Update: {
          package_id?: string
          payment_id?: string | null
          period_end?: string
          period_start?: string
          subscription_id?: string
          transaction_id?: number
        }
        Relationships: [
          {
            foreignKeyName: 'subscription_periods_package_id_fkey'
            columns: ['package_id']
            isOneToOne: false
            referencedRelation: 'credit_packages'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'subscription_periods_package_id_fkey'
            columns: ['package_id']
            isOneToOne: false
            referencedRelation: 'package_metrics'
            referencedColumns: ['package_id']
          },
          {
            foreignKeyName: 'subscription_periods_payment_id_fkey'
            columns: ['payment_id']
            isOneToOne: true
            referencedRelation: 'payment_overview'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'subscription_periods_payment_id_fkey'
            columns: ['payment_id']
            isOneToOne: true
            referencedRelation: 'payments'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'subscription_periods_subscription_id_fkey'
            columns: ['subscription_id']
            isOneToOne: false
            referencedRelation: 'subscription_overview'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'subscription_periods_subscription_id_fkey'
            columns: ['subscription_id']
            isOneToOne: false
            referencedRelation: 'subscriptions'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'subscription_periods_transaction_id_fkey'
            columns: ['transaction_id']
            isOneToOne: true
            referencedRelation: 'credit_transactions'
            referencedColumns: ['id']
          },
        ]
      }
      subscriptions: {
        Row: {
          cancel_at_period_end: boolean
          card_at: string
          card_brand: string | null
          card_expires_on: string | null
          card_last_four: string | null
          created_at: string
          current_period_end: string | null
          current_period_start: string | null
          details_at: string
          id: string
          package_id: string
          plan_change_at: string | null
          provider: string
          provider_subscription_id: string
          scheduled_package_id: string | null
          status: string
          status_at: string
          surplus: string | null
          trial: boolean
          updated_at: string
          user_id: string
        }
        ComputedFields: never
        Insert: {
          cancel_at_period_end?: boolean
          card_at?: string
          card_brand?: string | null
          card_expires_on?: string | null
          card_last_four?: string | null
          created_at?: string
          current_period_end?: string | null
          current_period_start?: string | null
          details_at?: string
          id?: string
          package_id: string
          plan_change_at?: string | null
          provider: string
          provider_subscription_id: string
          scheduled_package_id?: string | null
          status?: string
          status_at?: string
          surplus?: string | null
          trial?: boolean
          updated_at?: string
          user_id: string
        }
        Update: {
          cancel_at_period_end?: boolean
          card_at?: string
          card_brand?: string | null
          card_expires_on?: string | null
          card_last_four?: string | null
          created_at?: string
          current_period_end?: string | null
          current_period_start?: string | null
          details_at?: string
          id?: string
          package_id?: string
          plan_change_at?: string | null
          provider?: string
          provider_subscription_id?: string
          scheduled_package_id?: string | null
          status?: string
          status_at?: string
          surplus?: string | null
          trial?: boolean
          updated_at?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'subscriptions_package_id_fkey'
            columns: ['package_id']
            isOneToOne: false
            referencedRelation: 'credit_packages'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'subscriptions_package_id_fkey'
            columns: ['package_id']
            isOneToOne: false
            referencedRelation: 'package_metrics'
            referencedColumns: ['package_id']
          },
          {
            foreignKeyName: 'subscriptions_scheduled_package_id_fkey'
            columns: ['scheduled_package_id']
            isOneToOne: false
            referencedRelation: 'credit_packages'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'subscriptions_scheduled_package_id_fkey'
            columns: ['scheduled_package_id']
            isOneToOne: false
            referencedRelation: 'package_metrics'
            referencedColumns: ['package_id']
          },
          {
            foreignKeyName: 'subscriptions_user_id_fkey'
            columns: ['user_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
        ]
      }
      terms_acceptances: {
        Row: {
          accepted_at: string
          user_id: string
          version: string
        }
        ComputedFields: never
        Insert: {
          accepted_at?: string
          user_id: string
          version: string
        }
        Update: {
          accepted_at?: string
          user_id?: string
          version?: string
        }
        Relationships: [
          {
            foreignKeyName: 'terms_acceptances_user_id_fkey'
            columns: ['user_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
        ]
      }
      tool_switches: {
        Row: {
          message: string
          switched_at: string
          tool: string
        }
        ComputedFields: never
        Insert: {
          message: string
          switched_at?: string
          tool: string
        }
        Update: {
          message?: string
          switched_at?: string
          tool?: string
        }
        Relationships: []
      }
      user_roles: {
        Row: {
          created_at: string
          role: string
          user_id: string
        }
        ComputedFields: never
        Insert: {
          created_at?: string
          role: string
          user_id: string
        }
        Update: {
          created_at?: string
          role?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'user_roles_user_id_fkey'
            columns: ['user_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
        ]
      }
    }
    Views: {
      api_key_budgets: {
        Row: {
          api_key_id: number
          budget: number | null
          credit_type: string
          owner_id: string
          period: string | null
          remaining: number | null
          resets_at: string | null
          used: number | null
        }
        ComputedFields: never
        Relationships: [
          {
            foreignKeyName: 'api_keys_owner_id_fkey'
            columns: ['owner_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
        ]
      }
      audit_trail: {
        Row: {
          action: string | null
          actor_id: string | null
          created_at: string | null
          details: Json | null
          id: string | null
          number: number | null
          outcome: string | null
          reason: string | null
          source: string | null
          target_user_id: string | null
        }
        ComputedFields: never
        Relationships: []
      }
      credit_metrics: {
        Row: {
          average_daily_per_user: number | null
          charged: number | null
          credit_type: string | null
          refund_rate: number | null
          refunded: number | null
          sold: number | null
          taken_back: number | null
          transactions: number | null
          used: number | null
        }
        ComputedFields: never
        Relationships: []
      }
      credit_metrics_daily: {
        Row: {
          active_users: number | null
          adjusted: number | null
          change: number | null
          charged: number | null
          credit_type: string | null
          day: string | null
          expired: number | null
          given: number | null
          owed: number | null
          refunded: number | null
          sold: number | null
          taken_back: number | null
          transactions: number | null
          used: number | null
        }
        ComputedFields: never
        Relationships: []
      }
      credit_sums: {
        Row: {
          amount: number | null
          credit_type: string
          day: string | null
          debt_change: number | null
          people: number | null
          transactions: number | null
          type: string
        }
        ComputedFields: never
        Relationships: []
      }
      package_metrics: {
        Row: {
          active: boolean
          buyers: number | null
          credit_type: string
          credits: number | null
          kind: string
          name: string
          package_id: string
          popularity: number | null
          recent_sales: number | null
          refund_rate: number | null
          sales: number | null
        }
        ComputedFields: never
        Relationships: [
          {
            foreignKeyName: 'credit_packages_credit_type_fkey'
            columns: ['credit_type']
            isOneToOne: false
            referencedRelation: 'api_key_budgets'
            referencedColumns: ['credit_type']
          },
          {
            foreignKeyName: 'credit_packages_credit_type_fkey'
            columns: ['credit_type']
            isOneToOne: false
            referencedRelation: 'credit_types'
            referencedColumns: ['id']
          },
        ]
      }
      payment_metrics: {
        Row: {
          amount: number | null
          currency: string | null
          lost_disputes: number | null
          payments: number | null
          refund_rate: number | null
          refunded_amount: number | null
          refunded_payments: number | null
          refunded_share: number | null
        }
        ComputedFields: never
        Relationships: []
      }
      payment_metrics_daily: {
        Row: {
          amount: number | null
          buyers: number | null
          currency: string | null
          day: string | null
          disputed_payments: number | null
          lost_disputes: number | null
          payments: number | null
          refunded_amount: number | null
          refunded_payments: number | null
        }
        ComputedFields: never
        Relationships: []
      }
      payment_overview: {
        Row: {
          amount: number | null
          charged_at: string | null
          created_at: string
          credit_type: string
          credits_granted: number | null
          credits_taken_back: number | null
          currency: string | null
          email: string
          id: string
          kind: string
          package_id: string
          package_name: string
          refund_pending: boolean | null
          refunded_amount: number
          search_text: string | null
          state: string | null
          status: string
          subscription_id: string | null
          user_id: string
          was_disputed: boolean | null
        }
        ComputedFields: never
        Relationships: [
          {
            foreignKeyName: 'payments_credit_type_fkey'
            columns: ['credit_type']
            isOneToOne: false
            referencedRelation: 'api_key_budgets'
            referencedColumns: ['credit_type']
          },
          {
            foreignKeyName: 'payments_credit_type_fkey'
            columns: ['credit_type']
            isOneToOne: false
            referencedRelation: 'credit_types'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'payments_package_id_fkey'
            columns: ['package_id']
            isOneToOne: false
            referencedRelation: 'credit_packages'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'payments_package_id_fkey'
            columns: ['package_id']
            isOneToOne: false
            referencedRelation: 'package_metrics'
            referencedColumns: ['package_id']
          },
          {
            foreignKeyName: 'payments_subscription_id_fkey'
            columns: ['subscription_id']
            isOneToOne: false
            referencedRelation: 'subscription_overview'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'payments_subscription_id_fkey'
            columns: ['subscription_id']
            isOneToOne: false
            referencedRelation: 'subscriptions'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'payments_user_id_fkey'
            columns: ['user_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
        ]
      }
      subscription_overview: {
        Row: {
          cancel_at_period_end: boolean
          created_at: string
          current_period_end: string | null
          current_period_start: string | null
          email: string
          id: string
          package_id: string
          package_name: string
          provider_subscription_id: string
          scheduled_package_name: string | null
          search_text: string | null
          status: string
          surplus: string | null
          trial: boolean
          user_id: string
        }
        ComputedFields: never
        Relationships: [
          {
            foreignKeyName: 'subscriptions_package_id_fkey'
            columns: ['package_id']
            isOneToOne: false
            referencedRelation: 'credit_packages'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'subscriptions_package_id_fkey'
            columns: ['package_id']
            isOneToOne: false
            referencedRelation: 'package_metrics'
            referencedColumns: ['package_id']
          },
          {
            foreignKeyName: 'subscriptions_user_id_fkey'
            columns: ['user_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
        ]
      }
    }
    Functions: {
      abandon_checkout: {
        Args: { p_package_id: string; p_provider: string; p_user_id: string }
        Returns: Json
      }
      accept_terms: { Args: { p_user_id: string; p_version: string }; Returns: undefined }
      add_credits: {
        Args: {
          p_action?: string
          p_amount: number
          p_credit_type?: string
          p_description?: string
          p_expires_at?: string
          p_idempotency_key?: string
          p_metadata?: Json
          p_priority?: number
          p_reference_id?: string
          p_reference_type?: string
          p_request_hash?: string
          p_type?: string
          p_user_id: string
        }
        Returns: Json
      }
      add_many: { Args: { p_entries: Json }; Returns: Json }
      adjust_credits: {
        Args: {
          p_actor_id: string
          p_amount: number
          p_credit_type?: string
          p_idempotency_key?: string
          p_metadata?: Json
          p_reason: string
          p_user_id: string
        }
        Returns: Json
      }
      apply_payment_event: { Args: { p_event: Json; p_event_id: string }; Returns: Json }
      appoint_admin: { Args: { p_actor_id: string; p_reason: string; p_user_id: string }; Returns: Json }
      balance_parts: { Args: { p_credit_type: string; p_user_id: string }; Returns: Json }
      ban_user: { Args: { p_actor_id: string; p_reason: string; p_user_id: string }; Returns: Json }
      begin_account_view: {
        Args: { p_actor_id: string; p_reason: string; p_session_id: string; p_user_id: string }
        Returns: Json
      }
      begin_checkout: {
        Args: {
          p_caller: Json
          p_package_id: string
          p_provider: string
          p_reuse?: string
          p_timeout?: string
          p_user_id: string
        }
        Returns: Json
      }
      begin_plan_change: {
        Args: { p_from_package_id: string; p_subscription_id: string; p_timeout?: string; p_user_id: string }
        Returns: Json
      }
      begin_product_sync: {
        Args: { p_actor_id?: string; p_package_id: string; p_provider: string; p_timeout?: string }
        Returns: Json
      }
      business_figures: {
        Args: { p_since: string; p_until: string }
        Returns: {
          amount: number
          amount_before: number
          figure: string
          subject: string
        }[]
      }
      cancel_run: { Args: { p_caller: Json; p_run_id: number; p_user_id: string }; Returns: Json }
      check_api_key: {
        Args: { p_caller: Json; p_rate_requests?: number; p_rate_seconds?: number; p_scope?: string }
        Returns: Json
      }
      check_ledger: { Args: Record<PropertyKey, never>; Returns: Json }
      check_rate_limits: { Args: { p_action: string; p_limits: Json }; Returns: Json }
      claim_mails: {
        Args: { p_limit?: number }
        Returns: {
          data: Json
          email: string
          id: number
          kind: string
          name: string
          time_zone: string
        }[]
      }
      claim_payment_check: { Args: { p_min_interval?: string; p_user_id: string }; Returns: Json }
      claim_run: { Args: { p_lease_ms: number; p_max_in_all: number; p_max_per_user: number }; Returns: Json }
      close_account: {
        Args: {
          p_actor_id: string
          p_caller: Json
          p_confirmation: string
          p_reason?: string
          p_user_id: string
        }
        Returns: Json
      }
      confirm_surplus: { Args: { p_subscription_id: string }; Returns: Json }
      create_api_key: {
        Args: {
          p_allowed_addresses?: string[]
          p_allowed_origins?: string[]
          p_budget_per_day?: number
          p_budget_per_month?: number
          p_budget_total?: number
          p_caller: Json
          p_expires_at?: string
          p_name: string
          p_prefix: string
          p_scopes: string[]
          p_secret_hash: string
          p_user_id: string
        }
        Returns: Json
      }
      create_package: { Args: { p_actor_id: string; p_package: Json }; Returns: Json }
      current_subscription: { Args: { p_caller: Json; p_user_id: string }; Returns: Json }
      deduct_credits: {
        Args: {
          p_action?: string
          p_amount: number
          p_credit_type?: string
          p_description?: string
          p_idempotency_key?: string
          p_metadata?: Json
          p_reference_id?: string
          p_reference_type?: string
          p_request_hash?: string
          p_user_id: string
        }
        Returns: Json
      }
      deduct_many: { Args: { p_entries: Json }; Returns: Json }
      delete_run: { Args: { p_caller: Json; p_run_id: number; p_user_id: string }; Returns: Json }
      dismiss_admin: { Args: { p_actor_id: string; p_reason: string; p_user_id: string }; Returns: Json }
      end_account_view: { Args: { p_session_id: string; p_user_id: string }; Returns: Json }
      end_plan_change: { Args: { p_subscription_id: string }; Returns: Json }
      end_product_sync: {
        Args: {
          p_actor_id?: string
          p_done?: string[]
          p_error?: string
          p_package_id: string
          p_price_id?: string
          p_product_id?: string
          p_provider: string
          p_version: number
        }
        Returns: Json
      }
      end_sessions: { Args: { p_caller: Json; p_session_id?: string; p_user_id: string }; Returns: Json }
      expire_grants: { Args: { p_limit?: number }; Returns: Json }
      export_account: { Args: { p_caller: Json; p_user_id: string }; Returns: Json }
      extend_hold: { Args: { p_lease?: string; p_total: number; p_transaction_id: number }; Returns: Json }
      fail_payment_refund: { Args: { p_error: string; p_refund_id: string }; Returns: Json }
      find_customer: { Args: { p_caller: Json; p_provider: string; p_user_id: string }; Returns: Json }
      finish_mail: { Args: { p_error?: string; p_id: number }; Returns: Json }
      finish_payment_event: { Args: { p_error?: string; p_id: string; p_status: string }; Returns: Json }
      give_credits: {
        Args: {
          p_actor_id: string
          p_amount: number
          p_credit_type?: string
          p_expires_at?: string
          p_idempotency_key?: string
          p_reason: string
          p_user_id: string
        }
        Returns: Json
      }
      give_existing_users: {
        Args: {
          p_after?: string
          p_amount: number
          p_created_before?: string
          p_credit_type?: string
          p_key: string
          p_limit?: number
        }
        Returns: Json
      }
      initialize_credits: {
        Args: { p_credit_type?: string; p_initial_amount?: number; p_user_id: string }
        Returns: Json
      }
      is_live_admin: { Args: { p_session_id: string; p_user_id: string }; Returns: boolean }
      ledger_page: {
        Args: {
          p_action?: string
          p_after_seq?: number
          p_before_seq?: number
          p_credit_type?: string
          p_from?: string
          p_limit?: number
          p_to?: string
          p_types?: string[]
          p_until_seq?: number
          p_user_id: string
          p_words?: string[]
        }
        Returns: Json
      }
      link_customer: {
        Args: { p_customer_id: string; p_email?: string; p_provider: string; p_user_id: string }
        Returns: Json
      }
      list_gift_batches: { Args: { p_limit?: number }; Returns: Json }
      list_sessions: {
        Args: { p_user_id: string }
        Returns: {
          address: string
          created_at: string
          id: string
          last_used_at: string
          user_agent: string
        }[]
      }
      list_surplus_subscriptions: { Args: { p_limit?: number }; Returns: Json }
      live_mode: { Args: Record<PropertyKey, never>; Returns: string }
      needs_attention: {
        Args: { p_app_live_mode?: string; p_jobs: Json; p_limit?: number }
        Returns: {
          details: Json
          email: string
          kind: string
          respond_by: string
          since: string
          subject: string
          user_id: string
        }[]
      }
      order_packages: { Args: { p_actor_id: string; p_ids: string[] }; Returns: Json }
      prepare_gift_batch: {
        Args: {
          p_actor_id: string
          p_amount?: number
          p_credit_type: string
          p_expires_at?: string
          p_filter?: Json
          p_id: string
          p_reason: string
          p_rows?: Json
        }
        Returns: Json
      }
      preview_payment_refund: { Args: { p_amount?: number; p_payment_id: string }; Returns: Json }
      purge_event_payloads: { Args: { p_limit?: number; p_older_than?: string }; Returns: Json }
      purge_rate_limits: { Args: { p_idle?: string }; Returns: Json }
      purge_stored_responses: { Args: { p_limit?: number }; Returns: Json }
      queue_expiring_mails: { Args: { p_limit?: number }; Returns: Json }
      read_account: { Args: { p_user_id: string }; Returns: Json }
      read_account_view: {
        Args: { p_actor_id: string; p_session_id: string; p_user_id: string }
        Returns: string
      }
      record_checkout: {
        Args: {
          p_checkout_session_id: string
          p_package_id: string
          p_package_version?: number
          p_provider: string
          p_url?: string
          p_user_id: string
        }
        Returns: Json
      }
      record_customer_email: {
        Args: {
          p_actor_id?: string
          p_email: string
          p_provider: string
          p_reason?: string
          p_user_id: string
        }
        Returns: Json
      }
      record_event_replay: {
        Args: { p_actor_id: string; p_error?: string; p_id: string; p_outcome: string }
        Returns: Json
      }
      record_job_run: { Args: { p_error?: string; p_job: string; p_result?: Json }; Returns: Json }
      record_pending_confirmation: {
        Args: { p_email: string; p_network: string; p_terms_version?: string }
        Returns: undefined
      }
      record_reconciliation: {
        Args: { p_actor_id?: string; p_checked: Json; p_differences: Json; p_since: string; p_until: string }
        Returns: Json
      }
      refund_transaction: {
        Args: {
          p_actor_id?: string
          p_amount?: number
          p_idempotency_key?: string
          p_reason?: string
          p_transaction_id: number
        }
        Returns: Json
      }
      release_expired_holds: { Args: { p_limit?: number }; Returns: Json }
      release_hold: {
        Args: {
          p_cost?: number
          p_lease?: string
          p_reason?: string
          p_response?: Json
          p_run_status?: string
          p_transaction_id: number
        }
        Returns: Json
      }
      release_signup_bonus: { Args: { p_actor_id: string; p_user_id: string }; Returns: Json }
      report_run: {
        Args: { p_lease?: string; p_lease_ms?: number; p_progress?: Json; p_run_id: number }
        Returns: Json
      }
      request_payment_refund: {
        Args: {
          p_actor_id: string
          p_amount?: number
          p_idempotency_key: string
          p_payment_id: string
          p_reason: string
        }
        Returns: Json
      }
      request_surplus_refunds: { Args: { p_subscription_id: string }; Returns: Json }
      requeue_run: { Args: { p_delay_ms: number; p_lease: string; p_run_id: number }; Returns: Json }
      reserve_credits: {
        Args: {
          p_action: string
          p_caller: Json
          p_credit_type?: string
          p_description?: string
          p_hold_ms: number
          p_idempotency_key?: string
          p_input?: Json
          p_metadata?: Json
          p_prices: Json
          p_rate_requests?: number
          p_rate_seconds?: number
          p_request_hash?: string
          p_required_tier?: string
          p_run?: Json
          p_user_id: string
        }
        Returns: Json
      }
      reserve_many: { Args: { p_entries: Json }; Returns: Json }
      revoke_api_key: { Args: { p_api_key_id: number; p_caller: Json; p_user_id: string }; Returns: Json }
      revoke_api_keys: { Args: { p_caller: Json; p_user_id: string }; Returns: Json }
      rotate_api_key: {
        Args: {
          p_api_key_id: number
          p_caller: Json
          p_overlap_seconds: number
          p_prefix: string
          p_secret_hash: string
          p_user_id: string
        }
        Returns: Json
      }
      run_gift_batch: { Args: { p_actor_id: string; p_id: string; p_limit?: number }; Returns: Json }
      search_users: {
        Args: {
          p_backwards?: boolean
          p_filter: Json
          p_id?: string
          p_key?: string
          p_limit?: number
          p_sort?: string
        }
        Returns: Json
      }
      set_api_key_budgets: {
        Args: {
          p_api_key_id: number
          p_budget_per_day?: number
          p_budget_per_month?: number
          p_budget_total?: number
          p_caller: Json
          p_user_id: string
        }
        Returns: Json
      }
      set_live_mode: { Args: { p_mode: string }; Returns: string }
      set_low_balance_threshold: {
        Args: { p_credit_type?: string; p_threshold?: number; p_user_id: string }
        Returns: Json
      }
      set_low_balance_thresholds: {
        Args: { p_credit_type?: string; p_thresholds: number[]; p_user_id: string }
        Returns: Json
      }
      set_mail_wanted: { Args: { p_choice: string; p_user_id: string; p_wanted: boolean }; Returns: Json }
      set_membership: {
        Args: {
          p_actor_id?: string
          p_expires_at?: string
          p_reason?: string
          p_tier?: string
          p_user_id: string
        }
        Returns: Json
      }
      set_tool_switch: { Args: { p_actor_id: string; p_message?: string; p_tool: string }; Returns: Json }
      settle_hold: {
        Args: {
          p_amount?: number
          p_cost?: number
          p_lease?: string
          p_reason?: string
          p_response?: Json
          p_run_status?: string
          p_transaction_id: number
        }
        Returns: Json
      }
      settle_many: { Args: { p_entries: Json }; Returns: Json }
      sign_out_user: { Args: { p_actor_id: string; p_reason: string; p_user_id: string }; Returns: Json }
      store_payment_event: {
        Args: { p_id: string; p_payload: Json; p_provider: string; p_source?: string; p_type: string }
        Returns: Json
      }
      sum_up_days: { Args: { p_limit?: number }; Returns: Json }
      tool_figures: {
        Args: { p_since: string }
        Returns: {
          below_cost: number
          charged: number
          cost_micros: number
          credit_type: string
          runs: number
          tool: string
        }[]
      }
      transaction_history: {
        Args: {
          p_action?: string
          p_before_seq?: number
          p_credit_type?: string
          p_from?: string
          p_limit?: number
          p_offset?: number
          p_to?: string
          p_types?: string[]
          p_user_id: string
        }
        Returns: {
          action: string | null
          actor_id: string | null
          amount: number
          balance_after: number
          balance_before: number
          burned_grants: Json | null
          created_at: string
          credit_type: string
          debt_change: number | null
          description: string | null
          id: number
          idempotency_key: string | null
          metadata: NonNullable<Json>
          reference_id: string | null
          reference_type: string | null
          request_hash: string | null
          reverses: number | null
          seq: number
          type: string
          user_id: string
        }[]
        SetofOptions: {
          from: '*'
          to: 'credit_transactions'
          isOneToOne: false
          isSetofReturn: true
        }
      }
      unban_user: { Args: { p_actor_id: string; p_reason: string; p_user_id: string }; Returns: Json }
      update_package: {
        Args: { p_actor_id: string; p_changes: Json; p_id: string; p_version: number }
        Returns: Json
      }
      usage_by_day: {
        Args: {
          p_credit_type: string
          p_days: number
          p_last_day?: string
          p_time_zone?: string
          p_user_id: string
        }
        Returns: Json
      }
      usage_stats: {
        Args: { p_credit_type?: string; p_from?: string; p_to?: string; p_user_id: string }
        Returns: Json
      }
      verify_ledger: {
        Args: { p_user_id?: string }
        Returns: {
          credit_type: string
          detail: string
          invariant: string
          transaction_id: number
          user_id: string
        }[]
      }
      wallet_totals: { Args: { p_credit_type: string; p_user_id: string }; Returns: Json }
    }
    Enums: {
      [_ in never]: never
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, 'public'>]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema['Tables'] & DefaultSchema['Views'])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views'])
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views'])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema['Tables'] & DefaultSchema['Views'])
    ? (DefaultSchema['Tables'] & DefaultSchema['Views'])[DefaultSchemaTableNameOrOptions] extends {
        Row: infer R
      }
      ? R
      : never
    : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema['Tables']
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
        Insert: infer I
      }
      ? I
      : never
    : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema['Tables']
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
        Update: infer U
      }
      ? U
      : never
    : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema['Enums']
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums']
    : never = never,
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums'][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema['Enums']
    ? DefaultSchema['Enums'][DefaultSchemaEnumNameOrOptions]
    : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema['CompositeTypes']
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes']
    : never = never,
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes'][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema['CompositeTypes']
    ? DefaultSchema['CompositeTypes'][PublicCompositeTypeNameOrOptions]
    : never

export const Constants = {
  public: {
    Enums: {},
  },
} as const
