import { RefusalNotice } from '@fenqi/ui'
import { Button, Input } from 'antd'
import { useId, useState } from 'react'

const TEXT_LENGTH_MIN = 5

type Props = {
  label: string
  button: string
  error: unknown
  isPending: boolean
  isDangerous?: boolean
  act: (reason: string) => void
}

/** A command that needs its reason in words. */
export function WithReason({ label, button, error, isPending, isDangerous = false, act }: Props) {
  const id = useId()
  const [why, say] = useState('')
  return (
    <div className="ask">
      <label htmlFor={id}>{label}</label>
      <Input.TextArea id={id} rows={2} maxLength={1000} value={why} onChange={(event) => say(event.target.value)} />
      {error !== null && <RefusalNotice error={error} />}
      <div className="page-tools">
        <Button
          danger={isDangerous}
          disabled={why.trim().length < TEXT_LENGTH_MIN}
          loading={isPending}
          onClick={() => act(why.trim())}
        >
          {button}
        </Button>
      </div>
    </div>
  )
}
