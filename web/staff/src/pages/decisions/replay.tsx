import { ask, RefusalNotice, useText } from '@fenqi/ui'
import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { api } from '../../session'
import { decisions as texts } from '../../texts/decisions'

/** Decide again from the stored facts, and say whether every byte is the same. */
export function Replay({ decision_id }: { decision_id: string }) {
  const text = useText(texts)
  const replay = useMutation({
    mutationFn: () => ask(api.GET('/staff/decisions/{decision_id}/replay', { params: { path: { decision_id } } })),
  })
  return (
    <>
      <span role="status">
        {replay.data &&
          (replay.data.same_bytes ? `✓ ${text('same', { count: replay.data.byte_count })}` : `✕ ${text('differs')}`)}
      </span>
      {replay.isError && <RefusalNotice error={replay.error} />}
      <Button loading={replay.isPending} onClick={() => replay.mutate()}>
        {text('replay')}
      </Button>
    </>
  )
}
