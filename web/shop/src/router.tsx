import { Loading } from '@fenqi/ui'
import { lazy, Suspense } from 'react'
import { BrowserRouter, Route, Routes } from 'react-router'
import { Frame } from './frame'
import { CartPage } from './pages/order/cart'
import { OrderPage } from './pages/order/order'
import { PhonesPage } from './pages/phone/list'
import { PhonePage } from './pages/phone/phone'

const DeskPage = lazy(() => import('./pages/desk/desk').then((page) => ({ default: page.DeskPage })))
const OrdersPage = lazy(() => import('./pages/desk/orders').then((page) => ({ default: page.OrdersPage })))
const DeskOrderPage = lazy(() => import('./pages/desk/order').then((page) => ({ default: page.DeskOrderPage })))
const SettlementsPage = lazy(() => import('./pages/desk/settlements').then((page) => ({ default: page.SettlementsPage })))
const SettlementPage = lazy(() => import('./pages/desk/settlement').then((page) => ({ default: page.SettlementPage })))
const EventsPage = lazy(() => import('./pages/desk/events').then((page) => ({ default: page.EventsPage })))

/** The pages by their addresses; the merchant's desk comes when it is asked for, so that the shop opens sooner. */
export function Pages() {
  return (
    <BrowserRouter basename="/shop">
      <Suspense fallback={<Loading />}>
        <Routes>
          <Route element={<Frame />}>
            <Route index element={<PhonesPage />} />
            <Route path="phones/:sku" element={<PhonePage />} />
            <Route path="cart" element={<CartPage />} />
            <Route path="orders/:checkoutId" element={<OrderPage />} />
            <Route path="desk" element={<DeskPage />}>
              <Route index element={<OrdersPage />} />
              <Route path="orders/:checkoutId" element={<DeskOrderPage />} />
              <Route path="settlements" element={<SettlementsPage />} />
              <Route path="settlements/:settlementId" element={<SettlementPage />} />
              <Route path="events" element={<EventsPage />} />
            </Route>
          </Route>
        </Routes>
      </Suspense>
    </BrowserRouter>
  )
}
