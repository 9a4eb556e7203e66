import { ask, RefusalNotice, useText } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { api } from '../../session'
import { contacts as texts } from '../../texts/contacts'

/** Lets a version that somebody else proposed be sent from a day on. */
export function ApproveText({ name, version }: { name: string; version: number }) {
  const text = useText(texts)
  const queries = useQueryClient()
  const [from, setFrom] = useState('')
  const approve = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/staff/templates/{name}/{version}/approval', {
          params: { path: { name, version } },
          body: { effective_from: from },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['templates'] }),
  })
  return (
    <div className="page-tools">
      <Input
        type="date"
        aria-label={text('approveFrom', { name, version })}
        value={from}
        onChange={(event) => setFrom(event.target.value)}
      />
      <Button disabled={!from} loading={approve.isPending} onClick={() => approve.mutate()}>
        {text('approve')}
      </Button>
      {approve.isError && <RefusalNotice error={approve.error} />}
    </div>
  )
}
