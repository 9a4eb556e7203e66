import { ask, Field, RefusalNotice, useText } from '@fenqi/ui'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { merchant } from '../../api'
import { desk } from '../../texts/desk'

/** Where events go; the secret that signs them is shown once. */
export function Webhook() {
  const text = useText(desk)
  const [url, setUrl] = useState('')
  const setting = useMutation({ mutationFn: () => ask(merchant.PUT('/v1/webhook', { body: { url } })) })
  return (
    <details className="panel webhook">
      <summary>{text('webhook')}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          setting.mutate()
        }}
      >
        <p className="soft">{text('webhookHelp')}</p>
        <Field
          label={text('url')}
          type="url"
          required
          pattern="https?://.*"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
        {setting.isError && <RefusalNotice error={setting.error} />}
        <button type="submit" className="button" data-look="quiet" disabled={setting.isPending}>
          {text('save')}
        </button>
        {setting.data && (
          <p className="notice" data-tone="good" role="status">
            <strong>{text('secret')}</strong>
            <code>{setting.data.secret}</code>
          </p>
        )}
      </form>
    </details>
  )
}
