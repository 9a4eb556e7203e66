import { lazy, type ComponentType } from 'react'
import { BrowserRouter, useRoutes, type RouteObject } from 'react-router'
import { Frame } from './frame'

/* Each page is a chunk of its own, fetched when somebody who is in opens it: the way in waits for none of them. */
function page(load: () => Promise<ComponentType>) {
  return lazy(async () => ({ default: await load() }))
}

const ROUTES: RouteObject[] = [
  {
    element: <Frame />,
    children: [
      { index: true, Component: page(async () => (await import('./pages/session/me')).MePage) },
      { path: 'search', Component: page(async () => (await import('./pages/search/found')).FoundPage) },
      { path: 'decisions', Component: page(async () => (await import('./pages/decisions/list')).DecisionsPage) },
      {
        path: 'decisions/:decision_id',
        Component: page(async () => (await import('./pages/decisions/detail')).DecisionPage),
      },
      { path: 'cases', Component: page(async () => (await import('./pages/cases/list')).CasesPage) },
      { path: 'cases/:case_id', Component: page(async () => (await import('./pages/cases/detail')).CasePage) },
      { path: 'closed-cases', Component: page(async () => (await import('./pages/cases/closed')).ClosedCasesPage) },
      { path: 'case-figures', Component: page(async () => (await import('./pages/cases/figures')).CaseFiguresPage) },
      { path: 'loans', Component: page(async () => (await import('./pages/loans/list')).LoansPage) },
      { path: 'loan-changes', Component: page(async () => (await import('./pages/loans/waiting')).WaitingChangesPage) },
      { path: 'loans/:loan_id', Component: page(async () => (await import('./pages/loans/detail')).LoanPage) },
      { path: 'hardship', Component: page(async () => (await import('./pages/hardship/list')).HardshipListPage) },
      {
        path: 'answered-hardship',
        Component: page(async () => (await import('./pages/hardship/answered')).AnsweredHardshipPage),
      },
      {
        path: 'customers/:customer_id/hardship',
        Component: page(async () => (await import('./pages/hardship/ask')).AskForHardshipPage),
      },
      { path: 'hardship/:request_id', Component: page(async () => (await import('./pages/hardship/detail')).HardshipPage) },
      { path: 'complaints', Component: page(async () => (await import('./pages/complaints/list')).ComplaintsPage) },
      {
        path: 'complaints/:complaint_id',
        Component: page(async () => (await import('./pages/complaints/detail')).ComplaintPage),
      },
      {
        path: 'customers/:customer_id/complaint',
        Component: page(async () => (await import('./pages/complaints/open')).OpenComplaintPage),
      },
      {
        path: 'complaint-figures',
        Component: page(async () => (await import('./pages/complaints/figures')).ComplaintFiguresPage),
      },
      {
        path: 'credit-records',
        Component: page(async () => (await import('./pages/credit_reports/records')).CreditRecordsPage),
      },
      {
        path: 'credit-files',
        Component: page(async () => (await import('./pages/credit_reports/files')).CreditFilesPage),
      },
      {
        path: 'credit-enquiries',
        Component: page(async () => (await import('./pages/credit_reports/enquiries')).CreditEnquiriesPage),
      },
      { path: 'collection-cases', Component: page(async () => (await import('./pages/collection/list')).WorklistPage) },
      {
        path: 'collection-cases/:case_id',
        Component: page(async () => (await import('./pages/collection/detail')).CollectionCasePage),
      },
      {
        path: 'collection-figures',
        Component: page(async () => (await import('./pages/collection/figures')).CollectionFiguresPage),
      },
      { path: 'agencies', Component: page(async () => (await import('./pages/agencies/list')).AgenciesPage) },
      { path: 'contacts', Component: page(async () => (await import('./pages/contacts/list')).ContactsPage) },
      { path: 'templates', Component: page(async () => (await import('./pages/templates/list')).TemplatesPage) },
      { path: 'warnings', Component: page(async () => (await import('./pages/warnings/list')).WarningsPage) },
      { path: 'warnings/:warning_id', Component: page(async () => (await import('./pages/warnings/detail')).WarningPage) },
      {
        path: 'warning-rules',
        Component: page(async () => (await import('./pages/warnings/rules')).WarningRulesPage),
      },
      { path: 'limits', Component: page(async () => (await import('./pages/limits/list')).LimitsPage) },
      { path: 'limits/:change_id', Component: page(async () => (await import('./pages/limits/detail')).LimitChangePage) },
      { path: 'limit-rules', Component: page(async () => (await import('./pages/limits/rules')).LimitRulesPage) },
      { path: 'special-limits', Component: page(async () => (await import('./pages/limits/specials')).SpecialLimitsPage) },
      { path: 'strategies', Component: page(async () => (await import('./pages/strategies/list')).StrategiesPage) },
      {
        path: 'strategies/:version',
        Component: page(async () => (await import('./pages/strategies/detail')).StrategyPage),
      },
      { path: 'snoozes', Component: page(async () => (await import('./pages/snoozes/list')).SnoozesPage) },
      { path: 'shadows/:use_id', Component: page(async () => (await import('./pages/strategies/shadow')).ShadowPage) },
      {
        path: 'back-tests/:back_test_id',
        Component: page(async () => (await import('./pages/strategies/back_test')).BackTestPage),
      },
      {
        path: 'customers/:customer_id',
        Component: page(async () => (await import('./pages/customers/detail')).CustomerPage),
      },
      { path: 'portfolio', Component: page(async () => (await import('./pages/portfolio/detail')).PortfolioPage) },
      { path: 'merchants', Component: page(async () => (await import('./pages/merchants/list')).MerchantsPage) },
      {
        path: 'merchants/:merchant_id',
        Component: page(async () => (await import('./pages/merchants/detail')).MerchantPage),
      },
      {
        path: 'ledger/trial-balance',
        Component: page(async () => (await import('./pages/ledger/trial_balance')).TrialBalancePage),
      },
      { path: 'ledger/accounts', Component: page(async () => (await import('./pages/ledger/accounts')).AccountsPage) },
      { path: 'ledger/journal', Component: page(async () => (await import('./pages/ledger/journal')).JournalPage) },
      {
        path: 'ledger/transactions/:transaction_id',
        Component: page(async () => (await import('./pages/ledger/transaction')).TransactionPage),
      },
      {
        path: 'ledger/verification',
        Component: page(async () => (await import('./pages/ledger/verification')).VerificationPage),
      },
      {
        path: 'reconciliation',
        Component: page(async () => (await import('./pages/reconciliation/list')).ReconciliationPage),
      },
      { path: 'days', Component: page(async () => (await import('./pages/days/close')).DaysPage) },
      { path: 'audit', Component: page(async () => (await import('./pages/audit/list')).AuditPage) },
      { path: '*', Component: page(async () => (await import('./pages/session/unknown')).UnknownPage) },
    ],
  },
]

/** The console's pages by their addresses. */
export function Pages() {
  return (
    <BrowserRouter basename="/staff">
      <Routed />
    </BrowserRouter>
  )
}

function Routed() {
  return useRoutes(ROUTES)
}
