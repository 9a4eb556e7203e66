import { ask, RefusalNotice, useText } from '@fenqi/ui'
import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { Labelled } from '../../parts/labelled'
import { api } from '../../session'
import { backTests as texts } from '../../texts/back_tests'

const FIELDS = [
  ['from_on', 'from', 'date'],
  ['until_on', 'until', 'date'],
  ['loss_percent', 'loss', 'number'],
] as const

/** Over which days, and what a bad loan is taken to lose; then to the test itself. */
export function AskForBackTest({ version }: { version: string }) {
  const text = useText(texts)
  const navigate = useNavigate()
  const [said, say] = useState({ from_on: '', until_on: '', loss_percent: '60' })
  const start = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/staff/strategies/{version}/back-tests', {
          params: { path: { version } },
          body: { ...said, loss_percent: Number(said.loss_percent) },
        }),
      ),
    onSuccess: (test) => navigate(`/back-tests/${test.back_test_id}`),
  })
  return (
    <>
      <p>{text('lossTold')}</p>
      <div className="list-tools">
        {FIELDS.map(([name, label, type]) => (
          <Labelled key={name} label={text(label)}>
            {(id) => (
              <Input id={id} type={type} value={said[name]} onChange={(event) => say({ ...said, [name]: event.target.value })} />
            )}
          </Labelled>
        ))}
        <Button
          disabled={Object.values(said).some((value) => !value)}
          loading={start.isPending}
          onClick={() => start.mutate()}
        >
          {text('ask')}
        </Button>
      </div>
      {start.isError && <RefusalNotice error={start.error} />}
    </>
  )
}
