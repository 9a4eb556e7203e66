import { Broken } from '@fenqi/ui'
import { createBrowserRouter } from 'react-router'
import { Frame } from './frame'

/* Each page is a chunk of its own, fetched when it is opened. */
export const router = createBrowserRouter(
  [
    {
      element: <Frame />,
      errorElement: <Broken />,
      hydrateFallbackElement: <span />,
      children: [
        { index: true, lazy: async () => ({ Component: (await import('./pages/session/me')).MePage }) },
        { path: 'search', lazy: async () => ({ Component: (await import('./pages/search/found')).FoundPage }) },
        { path: 'decisions', lazy: async () => ({ Component: (await import('./pages/decisions/list')).DecisionsPage }) },
        {
          path: 'decisions/:decision_id',
          lazy: async () => ({ Component: (await import('./pages/decisions/detail')).DecisionPage }),
        },
        { path: 'loans', lazy: async () => ({ Component: (await import('./pages/loans/list')).LoansPage }) },
        { path: 'loans/:loan_id', lazy: async () => ({ Component: (await import('./pages/loans/detail')).LoanPage }) },
        {
          path: 'customers/:customer_id',
          lazy: async () => ({ Component: (await import('./pages/customers/detail')).CustomerPage }),
        },
        { path: 'merchants', lazy: async () => ({ Component: (await import('./pages/merchants/list')).MerchantsPage }) },
        {
          path: 'merchants/:merchant_id',
          lazy: async () => ({ Component: (await import('./pages/merchants/detail')).MerchantPage }),
        },
        {
          path: 'ledger/trial-balance',
          lazy: async () => ({ Component: (await import('./pages/ledger/trial_balance')).TrialBalancePage }),
        },
        { path: 'ledger/accounts', lazy: async () => ({ Component: (await import('./pages/ledger/accounts')).AccountsPage }) },
        { path: 'ledger/journal', lazy: async () => ({ Component: (await import('./pages/ledger/journal')).JournalPage }) },
        {
          path: 'ledger/transactions/:transaction_id',
          lazy: async () => ({ Component: (await import('./pages/ledger/transaction')).TransactionPage }),
        },
        {
          path: 'ledger/verification',
          lazy: async () => ({ Component: (await import('./pages/ledger/verification')).VerificationPage }),
        },
        { path: 'days', lazy: async () => ({ Component: (await import('./pages/days/close')).DaysPage }) },
        { path: 'audit', lazy: async () => ({ Component: (await import('./pages/audit/list')).AuditPage }) },
        { path: '*', lazy: async () => ({ Component: (await import('./pages/session/unknown')).UnknownPage }) },
      ],
    },
  ],
  { basename: '/staff' },
)
