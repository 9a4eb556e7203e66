import { Broken } from '@fenqi/ui'
import { createBrowserRouter } from 'react-router'
import { Frame } from './frame'
import { CheckoutPage } from './pages/checkout/checkout'

export const router = createBrowserRouter(
  [
    {
      element: <Frame />,
      errorElement: <Broken />,
      children: [{ path: 'checkouts/:checkoutId', element: <CheckoutPage /> }],
    },
  ],
  { basename: '/h5' },
)
