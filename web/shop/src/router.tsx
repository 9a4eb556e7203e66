import { Broken } from '@fenqi/ui'
import { createBrowserRouter } from 'react-router'
import { Frame } from './frame'
import { CartPage } from './pages/order/cart'
import { OrderPage } from './pages/order/order'
import { PhonesPage } from './pages/phone/list'
import { PhonePage } from './pages/phone/phone'

export const router = createBrowserRouter(
  [
    {
      element: <Frame />,
      errorElement: <Broken />,
      hydrateFallbackElement: <></>,
      children: [
        { index: true, element: <PhonesPage /> },
        { path: 'phones/:sku', element: <PhonePage /> },
        { path: 'cart', element: <CartPage /> },
        { path: 'orders/:checkoutId', element: <OrderPage /> },
        {
          path: 'desk',
          lazy: () => import('./pages/desk/desk').then((page) => ({ Component: page.DeskPage })),
          children: [
            { index: true, lazy: () => import('./pages/desk/orders').then((page) => ({ Component: page.OrdersPage })) },
            {
              path: 'orders/:checkoutId',
              lazy: () => import('./pages/desk/order').then((page) => ({ Component: page.DeskOrderPage })),
            },
            {
              path: 'settlements',
              lazy: () => import('./pages/desk/settlements').then((page) => ({ Component: page.SettlementsPage })),
            },
            {
              path: 'settlements/:settlementId',
              lazy: () => import('./pages/desk/settlement').then((page) => ({ Component: page.SettlementPage })),
            },
            { path: 'events', lazy: () => import('./pages/desk/events').then((page) => ({ Component: page.EventsPage })) },
          ],
        },
      ],
    },
  ],
  { basename: '/shop' },
)
