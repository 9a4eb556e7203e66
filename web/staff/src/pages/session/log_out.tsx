import { ask, useText } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useMe } from '../../parts/me'
import { api, session } from '../../session'
import { texts } from '../../texts'

/** Who is here, and the way out. */
export function LogOut() {
  const text = useText(texts)
  const queries = useQueryClient()
  const { me } = useMe()
  const leave = useMutation({
    mutationFn: () => ask(api.DELETE('/staff/session', { params: { header: { authorization: '' } } })),
    onSettled: () => {
      session.end()
      queries.clear()
    },
  })
  return (
    <span className="who">
      <span>{me.data?.login}</span>
      <Button size="small" loading={leave.isPending} onClick={() => leave.mutate()}>
        {text('leave')}
      </Button>
    </span>
  )
}
