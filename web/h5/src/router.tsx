import { Loading, useText, useToken } from '@fenqi/ui'
import { lazy, Suspense } from 'react'
import { BrowserRouter, Outlet, Route, Routes } from 'react-router'
import { Frame } from './frame'
import { CheckoutPage } from './pages/checkout/checkout'
import { Enter } from './pages/session/enter'
import { session } from './session'
import { app } from './texts/app'

const LoansPage = lazy(() => import('./pages/loan/list').then((page) => ({ default: page.LoansPage })))
const LoanPage = lazy(() => import('./pages/loan/loan').then((page) => ({ default: page.LoanPage })))

const BillsPage = lazy(() => import('./pages/bill/list').then((page) => ({ default: page.BillsPage })))
const BillPage = lazy(() => import('./pages/bill/bill').then((page) => ({ default: page.BillPage })))
const AutoDebitPage = lazy(() => import('./pages/bill/auto_debit').then((page) => ({ default: page.AutoDebitPage })))

const HardshipPage = lazy(() => import('./pages/hardship/hardship').then((page) => ({ default: page.HardshipPage })))

const ComplaintsPage = lazy(() =>
  import('./pages/complaint/complaints').then((page) => ({ default: page.ComplaintsPage })),
)

const LimitPage = lazy(() => import('./pages/limit/limit').then((page) => ({ default: page.LimitPage })))

const CreditRecordPage = lazy(() =>
  import('./pages/credit_record/credit_record').then((page) => ({ default: page.CreditRecordPage })),
)

const InboxPage = lazy(() => import('./pages/inbox/inbox').then((page) => ({ default: page.InboxPage })))

/** The pages by their addresses; one's own credit comes when it is asked for, so that a checkout opens sooner. */
export function Pages() {
  return (
    <BrowserRouter basename="/h5">
      <Suspense fallback={<Loading />}>
        <Routes>
          <Route element={<Frame />}>
            <Route path="checkouts/:checkoutId" element={<CheckoutPage />} />
            <Route element={<OwnCredit />}>
              <Route index element={<LoansPage />} />
              <Route path="loans" element={<LoansPage />} />
              <Route path="loans/:loanId" element={<LoanPage />} />
              <Route path="limit" element={<LimitPage />} />
              <Route path="hardship" element={<HardshipPage />} />
              <Route path="complaints" element={<ComplaintsPage />} />
              <Route path="credit-record" element={<CreditRecordPage />} />
              <Route path="inbox" element={<InboxPage />} />
              <Route path="bills" element={<BillsPage />} />
              <Route path="bills/:billId" element={<BillPage />} />
              <Route path="auto-debit" element={<AutoDebitPage />} />
            </Route>
            <Route path="*" element={<NotFound />} />
          </Route>
        </Routes>
      </Suspense>
    </BrowserRouter>
  )
}

/** What is one's own; without a session there is the way in, which waits for none of those pages. */
function OwnCredit() {
  return useToken(session) ? <Outlet /> : <Enter />
}

function NotFound() {
  const text = useText(app)
  return <h1 className="placeholder">{text('notFound')}</h1>
}
