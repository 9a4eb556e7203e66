import { ask } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../session'

/** Every merchant of the installation. */
export function useMerchants() {
  return useQuery({ queryKey: ['merchants'], queryFn: () => ask(api.GET('/staff/merchants')) })
}
