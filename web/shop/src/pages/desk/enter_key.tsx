import { ask, Field, hasCode, RefusalNotice, useText } from '@fenqi/ui'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, key } from '../../api'
import { desk } from '../../texts/desk'

/** The way in: a key is tried once before it is kept. */
export function EnterKey() {
  const text = useText(desk)
  const [typed, setTyped] = useState('')
  const entering = useMutation({
    mutationFn: (token: string) =>
      ask(api.GET('/v1/checkouts', { params: { header: { authorization: `Bearer ${token}` }, query: { limit: 1 } } })),
    onSuccess: (_found, token) => key.begin(token),
  })
  const isWrong = hasCode(entering.error, 'api_key_invalid', 'api_key_missing')
  return (
    <form
      className="panel enter"
      onSubmit={(event) => {
        event.preventDefault()
        entering.mutate(typed.trim())
      }}
    >
      <title>{text('desk')}</title>
      <h1>{text('desk')}</h1>
      <p>{text('enterHelp')}</p>
      <Field
        label={text('key')}
        hint={text('demoKey')}
        error={isWrong ? text('wrongKey') : undefined}
        type="password"
        autoComplete="off"
        required
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {entering.isError && !isWrong && <RefusalNotice error={entering.error} />}
      <button type="submit" className="button" data-wide disabled={entering.isPending}>
        {text('enter')}
      </button>
    </form>
  )
}
