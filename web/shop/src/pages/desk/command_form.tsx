import { hasCode, RefusalNotice, useText } from '@fenqi/ui'
import type { UseMutationResult } from '@tanstack/react-query'
import { useId, type ReactNode } from 'react'
import { desk } from '../../texts/desk'

type Form = {
  name: 'capture' | 'void' | 'refund'
  command: Pick<UseMutationResult<unknown, Error, never>, 'isPending' | 'isError' | 'error'>
  /** Send it, if everything needed is there. */
  send: () => void
  children: ReactNode
}

/** One thing to do with an order: what it does, what it needs, and what was said against it. */
export function CommandForm({ name, command, send, children }: Form) {
  const text = useText(desk)
  const id = useId()
  const told = hasCode(command.error, 'idempotency_key_reused') ? text('reused') : undefined
  return (
    <form
      className="panel"
      aria-labelledby={id}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <h2 id={id}>{text(name)}</h2>
      <p className="soft">{text(`${name}Help`)}</p>
      {children}
      {command.isError && <RefusalNotice error={command.error} told={told} />}
      <button type="submit" className="button" data-look={name === 'void' ? 'quiet' : undefined} disabled={command.isPending}>
        {text(command.isPending ? 'doing' : name)}
      </button>
    </form>
  )
}
