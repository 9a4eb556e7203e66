import { ask, Field, RefusalNotice, useText } from '@fenqi/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { api, session } from '../../session'
import { texts } from '../../texts'

type Login = { login: string; password: string }

/** The way in, without any of the console's own parts: they come once somebody is in. */
export function LogInPage() {
  const text = useText(texts)
  const queries = useQueryClient()
  const enter = useMutation({
    mutationFn: (body: Login) => ask(api.POST('/staff/session', { body })),
    onSuccess: (opened) => {
      queries.clear()
      session.begin(opened.token)
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const said = new FormData(event.currentTarget)
    enter.mutate({ login: String(said.get('login')), password: String(said.get('password')) })
  }
  return (
    <form className="way-in" onSubmit={submit}>
      <h1>{text('enter')}</h1>
      <Field label={text('login')} name="login" autoComplete="username" autoFocus required maxLength={64} />
      <Field label={text('password')} name="password" type="password" autoComplete="current-password" required maxLength={200} />
      {enter.isError && <RefusalNotice error={enter.error} />}
      <button className="button" type="submit" disabled={enter.isPending}>
        {text('enter')}
      </button>
    </form>
  )
}
