import { Asked, Loading, RefusalNotice, useToken } from '@fenqi/ui'
import { lazy, Suspense } from 'react'
import { useParams } from 'react-router'
import { session } from '../../session'
import { useTold } from '../../texts/refusal'
import { Enter } from '../session/enter'
import { Order } from './order'
import { useCheckout } from './progress'

const Steps = lazy(() => import('./steps').then((page) => ({ default: page.Steps })))

/** A checkout from whatever step the service says it has come to; the way in does not wait for the order. */
export function CheckoutPage() {
  const { checkoutId = '' } = useParams()
  const token = useToken(session)
  const checkout = useCheckout(checkoutId)
  const told = useTold(checkout.error)
  if (checkout.isError && !checkout.data) {
    return <RefusalNotice error={checkout.error} told={told} again={() => void checkout.refetch()} />
  }
  return (
    <>
      <div className="order-place">
        <Asked query={checkout}>{(found) => <Order checkout={found} />}</Asked>
      </div>
      {token ? (
        <Suspense fallback={<Loading />}>{checkout.data && <Steps checkoutId={checkoutId} />}</Suspense>
      ) : (
        <Enter checkoutId={checkoutId} />
      )}
    </>
  )
}
