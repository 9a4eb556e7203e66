import { ask, RefusalNotice, useText } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../session'
import { limit as texts } from '../../texts/limit'

/** Whether one's line may be raised at all. */
export function Rises({ isOn }: { isOn: boolean }) {
  const text = useText(texts)
  const queries = useQueryClient()
  const change = useMutation({
    mutationFn: (wanted: boolean) => ask(api.POST('/h5/limit/rises', { body: { wanted } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['limit'] }),
  })
  return (
    <section className="card">
      <h2>{text('switchTitle')}</h2>
      <label className="tick">
        <input type="checkbox" checked={isOn} disabled={change.isPending} onChange={() => change.mutate(!isOn)} />
        <span>{text('switch')}</span>
      </label>
      <small className="soft">{text('switchHelp')}</small>
      {change.isError && <RefusalNotice error={change.error} />}
    </section>
  )
}
