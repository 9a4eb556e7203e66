import { ask, Asked, Money } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { api } from '../../session'

export function CheckoutPage() {
  const { checkoutId = '' } = useParams()
  const checkout = useQuery({
    queryKey: ['checkout', checkoutId],
    queryFn: () => ask(api.GET('/h5/checkouts/{checkout_id}', { params: { path: { checkout_id: checkoutId } } })),
  })
  return <Asked query={checkout}>{(found) => <Money minor={found.amount_minor} />}</Asked>
}
