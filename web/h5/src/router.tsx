import { Broken, useText } from '@fenqi/ui'
import { createBrowserRouter } from 'react-router'
import { Frame } from './frame'
import { CheckoutPage } from './pages/checkout/checkout'
import { app } from './texts/app'

export const router = createBrowserRouter(
  [
    {
      element: <Frame />,
      errorElement: <Broken />,
      children: [
        { path: 'checkouts/:checkoutId', element: <CheckoutPage /> },
        { index: true, lazy: () => import('./pages/loan/list').then((page) => ({ Component: page.LoansPage })) },
        { path: 'loans', lazy: () => import('./pages/loan/list').then((page) => ({ Component: page.LoansPage })) },
        { path: 'loans/:loanId', lazy: () => import('./pages/loan/loan').then((page) => ({ Component: page.LoanPage })) },
        { path: '*', element: <NotFound /> },
      ],
      hydrateFallbackElement: <></>,
    },
  ],
  { basename: '/h5' },
)

function NotFound() {
  const text = useText(app)
  return <h1 className="placeholder">{text('notFound')}</h1>
}
