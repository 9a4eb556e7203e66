import { Loading, useText } from '@fenqi/ui'
import { lazy, Suspense } from 'react'
import { BrowserRouter, Route, Routes } from 'react-router'
import { Frame } from './frame'
import { CheckoutPage } from './pages/checkout/checkout'
import { app } from './texts/app'

const LoansPage = lazy(() => import('./pages/loan/list').then((page) => ({ default: page.LoansPage })))
const LoanPage = lazy(() => import('./pages/loan/loan').then((page) => ({ default: page.LoanPage })))

const BillsPage = lazy(() => import('./pages/bill/list').then((page) => ({ default: page.BillsPage })))
const BillPage = lazy(() => import('./pages/bill/bill').then((page) => ({ default: page.BillPage })))
const AutoDebitPage = lazy(() => import('./pages/bill/auto_debit').then((page) => ({ default: page.AutoDebitPage })))

/** The pages by their addresses; one's own credit comes when it is asked for, so that a checkout opens sooner. */
export function Pages() {
  return (
    <BrowserRouter basename="/h5">
      <Suspense fallback={<Loading />}>
        <Routes>
          <Route element={<Frame />}>
            <Route path="checkouts/:checkoutId" element={<CheckoutPage />} />
            <Route index element={<LoansPage />} />
            <Route path="loans" element={<LoansPage />} />
            <Route path="loans/:loanId" element={<LoanPage />} />
            <Route path="bills" element={<BillsPage />} />
            <Route path="bills/:billId" element={<BillPage />} />
            <Route path="auto-debit" element={<AutoDebitPage />} />
            <Route path="*" element={<NotFound />} />
          </Route>
        </Routes>
      </Suspense>
    </BrowserRouter>
  )
}

function NotFound() {
  const text = useText(app)
  return <h1 className="placeholder">{text('notFound')}</h1>
}
